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
 * From here on a style attribute that is set on a span goes through its style object, which the policy allows: xterm sets
 * such ones on selected letters. Returns what ends that.
 */
export function withStyledSpans(): () => void {
  const { prototype } = HTMLSpanElement
  prototype.setAttribute = function (this: HTMLSpanElement, name: string, value: string) {
    if (name === 'style') this.style.cssText = value
    else Element.prototype.setAttribute.call(this, name, value)
  }
  return () => void Reflect.deleteProperty(prototype, 'setAttribute')
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
