/** Texts as they may be shown in a terminal: nothing that is said there moves its cursor, colours it or turns its lines. */

/** C0 but tab and line feed, DEL, C1, and the signs that turn the direction of a line. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not get through.
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

function caret(sign: string): string {
  const code = sign.charCodeAt(0)
  if (code < 0x20) return `^${String.fromCharCode(code + 0x40)}`
  if (code === 0x7f) return '^?'
  return `<${code.toString(16).padStart(4, '0')}>`
}

/** Control characters as one reads them: `^[` for escape. Line ends of other systems become ours. */
export const visible = (text: string): string => text.replaceAll('\r\n', '\n').replaceAll(CONTROL, caret)

/** A typed or pasted text without what no keyboard types. */
export const typeable = (text: string): string =>
  text.replaceAll(/\r\n?/g, '\n').replaceAll('\t', ' ').replaceAll(CONTROL, '')
