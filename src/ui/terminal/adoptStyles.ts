/**
 * Lets a part that writes `<style>` elements run under a policy that forbids them: while it is put together, it gets
 * elements whose text becomes a style sheet of the document, which the policy allows.
 */

type Create = typeof document.createElement

function styleLike(create: Create, sheets: CSSStyleSheet[]): HTMLElement {
  const element = create.call(document, 'span')
  element.hidden = true
  const sheet = new CSSStyleSheet()
  sheets.push(sheet)
  let text = ''
  Object.defineProperty(element, 'textContent', {
    get: () => text,
    set: (css: string) => {
      text = css
      sheet.replaceSync(css)
    },
  })
  return element
}

/**
 * The document as xterm may have it: elements that it makes take a style attribute through their style object, which the
 * policy allows. It writes such attributes on selected letters.
 */
export function documentWithStyles(): Document {
  const createElement = (name: string, options?: ElementCreationOptions) => {
    const element = document.createElement(name, options)
    element.setAttribute = (attribute: string, value: string) => {
      if (attribute === 'style') element.style.cssText = value
      else Element.prototype.setAttribute.call(element, attribute, value)
    }
    return element
  }
  return new Proxy(document, {
    get: (target, name) => {
      if (name === 'createElement') return createElement
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

/** Runs `make`; returns how to take the styles away again. */
export function withAdoptedStyles(make: () => void): () => void {
  const sheets: CSSStyleSheet[] = []
  const create: Create = document.createElement
  document.createElement = ((name: string, options?: ElementCreationOptions) =>
    name === 'style' ? styleLike(create, sheets) : create.call(document, name, options)) as Create
  try {
    make()
  } finally {
    document.createElement = create
  }
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, ...sheets]
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => !sheets.includes(sheet))
  }
}
