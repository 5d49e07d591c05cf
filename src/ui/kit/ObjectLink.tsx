/** The name of an object that selects it. */
import type { ReactNode } from 'react'
import type { ObjectKey } from '../../sim/index.ts'
import { useVerbs } from '../useOrdinal.ts'

/** The last part of a key: the object's own name. */
export const nameIn = (key: ObjectKey): string => key.slice(key.lastIndexOf('/') + 1)

type Props = { readonly to: ObjectKey; readonly children?: ReactNode; readonly mono?: boolean }

export function ObjectLink({ to, children, mono }: Props) {
  const { select } = useVerbs()
  return (
    <button type="button" className={`link ${mono ? 'font-mono' : ''}`} onClick={() => select(to)}>
      {children ?? nameIn(to)}
    </button>
  )
}
