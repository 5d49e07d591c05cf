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
