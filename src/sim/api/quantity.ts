/**
 * Quantities of resources: `1Gi`, `500m`, `4e3`. Read, compared, and brought to the one form that the API server prints.
 * Held exactly, as a whole number of billionths, which is the finest step that Kubernetes keeps (finer ones round up).
 * Models: staging/src/k8s.io/apimachinery/pkg/api/resource/quantity.go, v1.36.
 */

type Form = 'decimal' | 'binary' | 'exponent'

export interface Quantity {
  /** The amount in billionths of one. */
  readonly nanos: bigint
  readonly form: Form
}

export const QUANTITY_ERROR =
  "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"

const NANO = 1_000_000_000n
/** Decimal suffixes by power of ten. */
const DECIMAL: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 }
const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'] as const
const DECIMAL_SUFFIX = new Map(Object.entries(DECIMAL).map(([suffix, power]) => [power, suffix]))

/** Numerator and denominator of a suffix, with the form that it asks for; undefined for an unknown one. */
function scaleOf(suffix: string): { up: bigint; down: bigint; form: Form } | undefined {
  const power = DECIMAL[suffix]
  if (power !== undefined)
    return { up: 10n ** BigInt(Math.max(0, power)), down: 10n ** BigInt(Math.max(0, -power)), form: 'decimal' }
  const binary = BINARY.indexOf(suffix as (typeof BINARY)[number])
  if (binary > 0) return { up: 1024n ** BigInt(binary), down: 1n, form: 'binary' }
  const exponent = /^[eE]([+-]?[0-9]{1,3})$/.exec(suffix)
  if (!exponent) return undefined
  const by = Number(exponent[1])
  return { up: 10n ** BigInt(Math.max(0, by)), down: 10n ** BigInt(Math.max(0, -by)), form: 'exponent' }
}

/** Reads a quantity; undefined when the text is none. */
export function parseQuantity(text: string): Quantity | undefined {
  const m = /^([+-]?)([0-9]*)(?:\.([0-9]*))?([eEinumkKMGTP]*[-+]?[0-9]*)$/.exec(text.length > 64 ? '' : text.trim())
  if (!m) return undefined
  const [, sign, whole = '', fraction = '', suffix = ''] = m
  const scale = scaleOf(suffix)
  if (!scale || whole + fraction === '') return undefined
  const up = BigInt(whole + fraction) * scale.up * NANO
  const down = scale.down * 10n ** BigInt(fraction.length)
  const amount = (up + down - 1n) / down
  return { nanos: sign === '-' ? -amount : amount, form: scale.form }
}

function printDecimal(nanos: bigint, exponent: boolean): string {
  let digits = nanos
  let power = -9
  while (digits % 10n === 0n) {
    digits /= 10n
    power += 1
  }
  // Powers go in steps of three, downwards.
  const step = Math.floor(power / 3) * 3
  digits *= 10n ** BigInt(power - step)
  const suffix = exponent ? undefined : DECIMAL_SUFFIX.get(step)
  return suffix !== undefined ? `${digits}${suffix}` : step === 0 ? `${digits}` : `${digits}e${step}`
}

/** The canonical text: no fraction, no `+`, the largest suffix that loses nothing. */
export function printQuantity({ nanos, form }: Quantity): string {
  if (nanos === 0n) return '0'
  const size = nanos < 0n ? -nanos : nanos
  if (form !== 'binary' || size < 1024n * NANO || nanos % NANO !== 0n) return printDecimal(nanos, form === 'exponent')
  let units = nanos / NANO
  let power = 0
  while (power < BINARY.length - 1 && units % 1024n === 0n) {
    units /= 1024n
    power += 1
  }
  return `${units}${BINARY[power]}`
}

const canonical = new Map<string, string>()

/** `1024Mi` → `1Gi`, `0.5` → `500m`. A text that is no quantity comes back as it is. */
export function canonicalQuantity(text: string | number): string {
  const given = String(text)
  const known = canonical.get(given)
  if (known !== undefined) return known
  const quantity = parseQuantity(given)
  const printed = quantity ? printQuantity(quantity) : given
  if (canonical.size > 1000) canonical.clear()
  canonical.set(given, printed)
  return printed
}

/** Below 0 when `a` is less, 0 when equal; a text that is no quantity counts as 0. */
export function compareQuantities(a: string, b: string): number {
  if (a === b) return 0
  const difference = (parseQuantity(a)?.nanos ?? 0n) - (parseQuantity(b)?.nanos ?? 0n)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** The sum, in the form of the first unless that is zero. A text that is no quantity counts as 0. */
export function addQuantities(a: string, b: string): string {
  const [left, right] = [parseQuantity(a), parseQuantity(b)]
  if (!left || left.nanos === 0n) return right ? printQuantity(right) : '0'
  return printQuantity({ nanos: left.nanos + (right?.nanos ?? 0n), form: left.form })
}

/** What the first is more than the second, in the form of the first. A text that is no quantity counts as 0. */
export function subtractQuantities(a: string, b: string): string {
  const [left, right] = [parseQuantity(a), parseQuantity(b)]
  return printQuantity({ nanos: (left?.nanos ?? 0n) - (right?.nanos ?? 0n), form: left?.form ?? 'decimal' })
}

/** The amount in whole units, rounded up: bytes of memory, pods. */
export const unitsOf = (text: string): number => Number(((parseQuantity(text)?.nanos ?? 0n) + NANO - 1n) / NANO)

/** The amount in thousandths, rounded up: millicores. */
export const milliUnitsOf = (text: string): number =>
  Number(((parseQuantity(text)?.nanos ?? 0n) + 999_999n) / 1_000_000n)

/** Every value of a resource list in its canonical form; the same list when all are already. */
export function canonicalList<T extends Readonly<Record<string, string>>>(list: T): T {
  let changed: Record<string, string> | undefined
  for (const key in list) {
    const given = list[key] as string
    const printed = canonicalQuantity(given)
    if (printed === given) continue
    changed ??= { ...list }
    changed[key] = printed
  }
  return (changed as T | undefined) ?? list
}
