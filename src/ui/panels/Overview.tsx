/** What an object is right now, in the words of kubectl, with links to what it is related to. */
import { useMemo } from 'react'
import type { ObjectKey, OverviewRow } from '../../sim/index.ts'
import { markOf } from '../../sim/index.ts'
import { overviewOf } from '../../sim/projection/index.ts'
import { clock } from '../canvas/format.ts'
import { ObjectLink } from '../kit/ObjectLink.tsx'
import { RevisionBadge } from '../kit/RevisionBadge.tsx'
import { useText } from '../text.ts'
import { useOrdinal } from '../useOrdinal.ts'

export function Overview({ subject }: { readonly subject: ObjectKey }) {
  const world = useOrdinal((state) => state.world)
  const rows = useMemo(() => overviewOf(world, subject), [world, subject])
  const t = useText()
  if (rows.length === 0) return <p className="events-empty">{t('overview.none')}</p>
  return (
    <dl className="overview">
      {rows.map((row, index) => (
        <div key={`${row.code}${row.value}`}>
          <dt>{rows[index - 1]?.code === row.code ? '' : t(`overview.${row.code}`)}</dt>
          <dd>
            <Value row={row} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Value({ row: { code, value, key, at } }: { readonly row: OverviewRow }) {
  const order = useOrdinal((state) => state.order)
  const revision = Object.hasOwn(order, value) ? markOf(order, value) : undefined
  return (
    <>
      {revision && <RevisionBadge mark={revision} small />} {key && <ObjectLink to={key} mono />}{' '}
      {(!key || code === 'endpoint') && <code>{value}</code>}
      {at !== undefined && <small>{clock(at)}</small>}
    </>
  )
}
