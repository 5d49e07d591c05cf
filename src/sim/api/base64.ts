/** Base64 of a text's UTF-8 bytes, as the API keeps the data of a Secret. Models: RFC 4648, section 4. */

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Half of a surrogate pair alone has no bytes; it is written as U+FFFD. */
function utf8(text: string): number[] {
  return [...text].flatMap((character) => {
    const given = character.codePointAt(0) as number
    const point = given >= 0xd800 && given <= 0xdfff ? 0xfffd : given
    if (point < 0x80) return [point]
    if (point < 0x800) return [0xc0 | (point >> 6), 0x80 | (point & 63)]
    if (point < 0x1_0000) return [0xe0 | (point >> 12), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63)]
    return [0xf0 | (point >> 18), 0x80 | ((point >> 12) & 63), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63)]
  })
}

/** The character whose bytes begin at an index, and how many they are; bytes that make no character are U+FFFD. */
function characterAt(bytes: readonly number[], at: number): readonly [text: string, length: number] {
  const lead = bytes[at] as number
  const length = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2
  let point = lead & (length === 1 ? 127 : 255 >> (length + 1))
  for (let i = 1; i < length; i++) point = (point << 6) | ((bytes[at + i] ?? 0) & 63)
  return [String.fromCodePoint(point > 0x10_ffff ? 0xfffd : point), length]
}

/** The text whose UTF-8 bytes these are. */
export function textOfBase64(encoded: string): string {
  const bytes: number[] = []
  let bits = 0
  let known = 0
  for (const digit of encoded.replaceAll(/[^A-Za-z0-9+/]/g, '')) {
    bits = ((bits << 6) | DIGITS.indexOf(digit)) & 0xffff
    known += 6
    if (known < 8) continue
    known -= 8
    bytes.push((bits >> known) & 255)
  }
  let text = ''
  for (let at = 0; at < bytes.length; ) {
    const [character, length] = characterAt(bytes, at)
    text += character
    at += length
  }
  return text
}

export function base64(text: string): string {
  const bytes = utf8(text)
  let out = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b, c] = bytes.slice(i, i + 3)
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0)
    out += (DIGITS[bits >> 18] as string) + DIGITS[(bits >> 12) & 63]
    out += (b === undefined ? '=' : (DIGITS[(bits >> 6) & 63] as string)) + (c === undefined ? '=' : DIGITS[bits & 63])
  }
  return out
}
