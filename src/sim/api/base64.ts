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
