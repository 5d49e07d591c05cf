/** Under which key the build keeps a manifest that it has read. */

/** Two FNV-1a hashes of text and namespace: the build makes sure that no two manifests share both. */
export function precompiledKey(text: string, namespace: string): string {
  const whole = `${namespace}\n${text}`
  return `${hash(whole, 0x811c9dc5)}${hash(whole, 0x9747b28c)}`
}

function hash(text: string, start: number): string {
  let value = start
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  return (value >>> 0).toString(16).padStart(8, '0')
}
