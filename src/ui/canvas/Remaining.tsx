/** The time that is left until a moment, in words that follow virtual time; renders only when the words change. */
import { useOrdinal } from '../useOrdinal.ts'
import { remaining } from './format.ts'

export const useRemaining = (until: number): string => useOrdinal(({ now }) => remaining(until - now))

export function Remaining({ until }: { readonly until: number }) {
  return <>{useRemaining(until)}</>
}
