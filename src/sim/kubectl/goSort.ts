/**
 * Go's `sort.Sort`. It is not stable, and what it does with equals can be seen: describe sorts events by whole seconds.
 * Models: sort/zsortinterface.go (pattern-defeating quicksort; Go 1.26). The fallback to heapsort is left out: it needs
 * inputs made to break the quicksort, and those are sorted by insertion here.
 */

type Hint = 'unknown' | 'increasing' | 'decreasing'

const MOST_INSERTION = 12
const SHORTEST_NINTHER = 50
const SHORTEST_SHIFTING = 50
const MOST_STEPS = 5
const MOST_SWAPS = 12

const bits = (n: number): number => (n === 0 ? 0 : Math.floor(Math.log2(n)) + 1)

class GoSort<T> {
  private readonly data: T[]
  private readonly lessThan: (a: T, b: T) => boolean

  constructor(data: T[], lessThan: (a: T, b: T) => boolean) {
    this.data = data
    this.lessThan = lessThan
  }

  private less(i: number, j: number): boolean {
    return this.lessThan(this.data[i] as T, this.data[j] as T)
  }

  private swap(i: number, j: number): void {
    const kept = this.data[i] as T
    this.data[i] = this.data[j] as T
    this.data[j] = kept
  }

  private insertion(a: number, b: number): void {
    for (let i = a + 1; i < b; i++) for (let j = i; j > a && this.less(j, j - 1); j--) this.swap(j, j - 1)
  }

  sort(from: number, to: number, given: number): void {
    let [a, b, limit] = [from, to, given]
    let wasBalanced = true
    let wasPartitioned = true
    for (;;) {
      const length = b - a
      if (length <= MOST_INSERTION || limit === 0) {
        this.insertion(a, b)
        return
      }
      if (!wasBalanced) {
        this.breakPatterns(a, b)
        limit--
      }
      let [pivot, hint] = this.choosePivot(a, b)
      if (hint === 'decreasing') {
        for (let i = a, j = b - 1; i < j; i++, j--) this.swap(i, j)
        pivot = b - 1 - (pivot - a)
        hint = 'increasing'
      }
      if (wasBalanced && wasPartitioned && hint === 'increasing' && this.partialInsertion(a, b)) return
      if (a > 0 && !this.less(a - 1, pivot)) {
        a = this.partitionEqual(a, b, pivot)
        continue
      }
      const [middle, already] = this.partition(a, b, pivot)
      wasPartitioned = already
      const [left, right] = [middle - a, b - middle]
      wasBalanced = Math.min(left, right) >= Math.floor(length / 8)
      if (left < right) {
        this.sort(a, middle, limit)
        a = middle + 1
      } else {
        this.sort(middle + 1, b, limit)
        b = middle
      }
    }
  }

  private partition(a: number, b: number, pivot: number): readonly [number, boolean] {
    this.swap(a, pivot)
    let [i, j] = [a + 1, b - 1]
    for (let first = true; ; first = false) {
      while (i <= j && this.less(i, a)) i++
      while (i <= j && !this.less(j, a)) j--
      if (i > j) {
        this.swap(j, a)
        return [j, first]
      }
      this.swap(i++, j--)
    }
  }

  /** Parts what equals the pivot from what is greater. */
  private partitionEqual(a: number, b: number, pivot: number): number {
    this.swap(a, pivot)
    let [i, j] = [a + 1, b - 1]
    for (;;) {
      while (i <= j && !this.less(a, i)) i++
      while (i <= j && this.less(a, j)) j--
      if (i > j) return i
      this.swap(i++, j--)
    }
  }

  /** Puts a few pairs right; true when all is in order then. */
  private partialInsertion(a: number, b: number): boolean {
    let i = a + 1
    for (let step = 0; step < MOST_STEPS; step++) {
      while (i < b && !this.less(i, i - 1)) i++
      if (i === b) return true
      if (b - a < SHORTEST_SHIFTING) return false
      this.swap(i, i - 1)
      if (i - a >= 2) for (let j = i - 1; j >= 1 && this.less(j, j - 1); j--) this.swap(j, j - 1)
      if (b - i >= 2) for (let j = i + 1; j < b && this.less(j, j - 1); j++) this.swap(j, j - 1)
    }
    return false
  }

  private breakPatterns(a: number, b: number): void {
    const length = b - a
    if (length < 8) return
    let random = BigInt(length)
    const modulus = 1n << BigInt(bits(length))
    const index = a + Math.floor(length / 4) * 2 - 1
    for (let i = 0; i < 3; i++) {
      random ^= BigInt.asUintN(64, random << 13n)
      random ^= random >> 7n
      random ^= BigInt.asUintN(64, random << 17n)
      const other = Number(random & (modulus - 1n))
      this.swap(index - 1 + i, a + (other >= length ? other - length : other))
    }
  }

  private choosePivot(a: number, b: number): [number, Hint] {
    const length = b - a
    const quarter = Math.floor(length / 4)
    let swaps = 0
    const ordered = (x: number, y: number): [number, number] => {
      if (!this.less(y, x)) return [x, y]
      swaps++
      return [y, x]
    }
    const median = (x: number, y: number, z: number): number => {
      const [low, high] = ordered(x, y)
      const [middle] = ordered(high, z)
      return ordered(low, middle)[1]
    }
    let [i, j, k] = [a + quarter, a + quarter * 2, a + quarter * 3]
    if (length >= 8) {
      if (length >= SHORTEST_NINTHER)
        [i, j, k] = [i, j, k].map((at) => median(at - 1, at, at + 1)) as [number, number, number]
      j = median(i, j, k)
    }
    return [j, swaps === 0 ? 'increasing' : swaps === MOST_SWAPS ? 'decreasing' : 'unknown']
  }
}

/** A sorted copy, in which equals stand as Go leaves them. */
export function goSorted<T>(list: readonly T[], lessThan: (a: T, b: T) => boolean): readonly T[] {
  const data = list.slice()
  new GoSort(data, lessThan).sort(0, data.length, bits(data.length))
  return data
}
