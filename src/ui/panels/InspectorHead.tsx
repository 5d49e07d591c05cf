/** Which object the inspector is about: its mark, its name, and in a few words how it is. */
import { Box, Database, HardDrive, Network, Package } from 'lucide'
import type { ReactNode } from 'react'
import type { ColumnPicture, Kind, ObjectKey, SetPicture } from '../../sim/index.ts'
import { columnOf, ordinalOfKey } from '../canvas/slices.ts'
import { Icon } from '../kit/Icon.tsx'
import { nameIn } from '../kit/ObjectLink.tsx'
import { RevisionBadge } from '../kit/RevisionBadge.tsx'
import { StateIcon } from '../kit/StateIcon.tsx'
import type { Say } from '../text.ts'
import { useText } from '../text.ts'
import { useOrdinal } from '../useOrdinal.ts'

interface Head {
  readonly icon: ReactNode
  readonly says: string
  readonly state?: string
  readonly column?: ColumnPicture
}

const icons: Partial<Record<Kind, ReactNode>> = {
  StatefulSet: <Icon of={Box} size={24} />,
  Service: <Icon of={Network} size={24} />,
  PersistentVolumeClaim: <Icon of={HardDrive} size={24} />,
  PersistentVolume: <Icon of={Database} size={24} />,
}

export const kindIn = (key: ObjectKey): Kind => key.slice(0, key.indexOf('/')) as Kind

/** The column that an object belongs to, if it belongs to one. */
export const useColumnOf = (subject: ObjectKey): ColumnPicture | undefined =>
  useOrdinal(({ picture: { set } }) => {
    const ordinal = ordinalOfKey(set, subject)
    return ordinal === undefined ? undefined : columnOf(set, ordinal)
  })

function headOf(subject: ObjectKey, set: SetPicture | undefined, column: ColumnPicture | undefined, t: Say): Head {
  const kind = kindIn(subject)
  const icon = icons[kind] ?? <Icon of={Package} size={24} />
  if (column && subject === column.pod.key) {
    const { pod } = column
    const mark = <StateIcon state={pod.state} countdown={pod.countdown} restarts={pod.restarts} />
    return { icon: mark, says: t(`state.${pod.state}`), state: pod.state, column }
  }
  const claim = column?.claims.find(({ key }) => key === subject)
  const volume = column?.volumes.find((candidate) => candidate?.key === subject)
  const status = claim ? claim.status || t('canvas.claim.absent') : volume?.status
  if (status !== undefined) return { icon, says: `${kind} · ${status}` }
  if (set && subject === set.key) {
    const { desired, replicas, exists, deleting } = set
    if (!exists) return { icon, says: t('inspector.set.gone') }
    return { icon, says: deleting ? t('inspector.set.deleting') : t('inspector.set', { desired, replicas }) }
  }
  return { icon, says: kind }
}

export function InspectorHead({ subject }: { readonly subject: ObjectKey }) {
  const set = useOrdinal((state) => state.picture.set)
  const column = useColumnOf(subject)
  const t = useText()
  const { icon, says, state } = headOf(subject, set, column, t)
  const isSet = set !== undefined && subject === set.key
  const mark = isSet ? set.update : column?.pod.key === subject ? column.pod.revision : undefined
  return (
    <div className="inspector-head">
      <span className="inspector-icon">{icon}</span>
      <div className="min-w-0">
        <h2 title={nameIn(subject)}>{nameIn(subject)}</h2>
        <p data-state={state}>{says}</p>
      </div>
      {mark && <RevisionBadge mark={mark} label={t('canvas.revision', { letter: mark.letter })} />}
    </div>
  )
}
