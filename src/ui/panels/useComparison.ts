/** The comparison of two versions, worked out in slices between pictures and given up when it is no longer wanted. */
import { useEffect, useState } from 'react'
import type { Comparison } from '../../store/comparing.ts'
import { comparing } from '../../store/comparing.ts'
import { useOrdinalStore } from '../useOrdinal.ts'

/** Real milliseconds of work in one go. */
const SLICE_MS = 12

export type Compared =
  | { readonly kind: 'working' /** From 0 to 1. */; readonly done: number }
  | { readonly kind: 'done'; readonly comparison: Comparison }
  | { readonly kind: 'failed'; readonly message: string }

const BEGINNING: Compared = { kind: 'working', done: 0 }

/** Works for one slice. */
function worked(steps: Generator<number, Comparison, void>): Compared {
  const end = performance.now() + SLICE_MS
  try {
    let step = steps.next()
    while (!step.done && performance.now() < end) step = steps.next()
    return step.done ? { kind: 'done', comparison: step.value } : { kind: 'working', done: step.value }
  } catch (error) {
    return { kind: 'failed', message: error instanceof Error ? error.message : String(error) }
  }
}

const isSame = (a: Compared, b: Compared): boolean => a.kind === 'working' && b.kind === 'working' && a.done === b.done

/** Compares the run as it is when this begins; anew whenever a version changes. */
export function useComparison(from: string, to: string): Compared {
  const store = useOrdinalStore()
  const [compared, setCompared] = useState<Compared>(BEGINNING)
  useEffect(() => {
    setCompared(BEGINNING)
    const steps = comparing(store.getState().verbs.exportRun(), from, to)
    if ('reason' in steps) {
      setCompared({ kind: 'failed', message: steps.message })
      return
    }
    let timer: ReturnType<typeof setTimeout>
    const slice = () => {
      const next = worked(steps)
      setCompared((before) => (isSame(before, next) ? before : next))
      if (next.kind === 'working') timer = setTimeout(slice)
    }
    timer = setTimeout(slice)
    return () => clearTimeout(timer)
  }, [store, from, to])
  return compared
}
