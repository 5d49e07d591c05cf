/** What may be done to one pod: the pod of the column in which something is selected, or one chosen here. */
import type { IconNode } from 'lucide'
import { Activity, CircleCheck, HardDrive, Hourglass, LogOut, MemoryStick, OctagonX, Trash2, Zap } from 'lucide'
import type { ColumnPicture, Command, ObjectKey, PodPicture } from '../../sim/index.ts'
import { Icon } from '../kit/Icon.tsx'
import type { TextKey } from '../text.ts'
import { useText } from '../text.ts'
import { useOrdinal, useVerbs } from '../useOrdinal.ts'
import { usePreviewOf } from './preview.tsx'
import { useTargetColumn } from './target.ts'

interface Act {
  readonly id: string
  readonly label: TextKey
  readonly icon: IconNode
  readonly command: Command | undefined
  readonly danger?: boolean
}

/** Readiness is held down by a person. */
const isHeld = ({ reason, countdown }: PodPicture): boolean =>
  reason?.reason === 'heldNotReady' || countdown?.reason.reason === 'heldNotReady'

export function actsOn(column: ColumnPicture | undefined, namespace: string): readonly Act[] {
  const pod = column?.pod.uid === undefined ? undefined : column.pod
  const claim = column?.claims.find(({ state }) => state !== 'absent')
  const on = pod && { namespace, name: pod.name }
  const held = pod !== undefined && isHeld(pod)
  return [
    held
      ? {
          id: 'ready',
          label: 'acts.break.makeReady',
          icon: CircleCheck,
          command: on && { type: 'setReadiness', ...on, ready: true },
        }
      : {
          id: 'ready',
          label: 'acts.break.failReadiness',
          icon: Activity,
          command: on && { type: 'setReadiness', ...on, ready: false },
        },
    { id: 'crash', label: 'acts.break.crash', icon: Zap, command: on && { type: 'crashContainer', ...on } },
    { id: 'hang', label: 'acts.break.hang', icon: Hourglass, command: on && { type: 'hangContainer', ...on } },
    { id: 'memory', label: 'acts.break.memory', icon: MemoryStick, command: on && { type: 'exhaustMemory', ...on } },
    { id: 'evict', label: 'acts.break.evict', icon: LogOut, command: on && { type: 'failPod', ...on } },
    { id: 'delete', label: 'acts.break.delete', icon: Trash2, command: on && { type: 'deletePod', ...on } },
    {
      id: 'force',
      label: 'acts.break.force',
      icon: OctagonX,
      command: on && { type: 'deletePod', ...on, force: true },
      danger: true,
    },
    {
      id: 'claim',
      label: 'acts.break.deleteClaim',
      icon: HardDrive,
      command: claim && { type: 'deleteClaim', namespace, name: claim.name },
      danger: true,
    },
  ]
}

export function Break() {
  const t = useText()
  const column = useTargetColumn()
  const namespace = useOrdinal((state) => state.picture.set?.namespace ?? 'default')
  return (
    <div className="act-group">
      <div className="heading">
        <h3>{t('acts.break')}</h3>
        <PodChoice />
      </div>
      <div className="act-list">
        {actsOn(column, namespace).map((act) => (
          <BreakAct key={act.id} act={act} />
        ))}
      </div>
    </div>
  )
}

function BreakAct({ act: { label, icon, command, danger } }: { readonly act: Act }) {
  const { dispatch } = useVerbs()
  const preview = usePreviewOf(command)
  const t = useText()
  return (
    <button
      type="button"
      className="act"
      data-danger={danger || undefined}
      disabled={!command}
      onClick={() => command && dispatch(command)}
      {...preview}
    >
      <Icon of={icon} size={16} />
      {t(label)}
    </button>
  )
}

/** Says which pod is meant, and lets another one be chosen without the canvas. */
function PodChoice() {
  const t = useText()
  const { select } = useVerbs()
  const column = useTargetColumn()
  const columns = useOrdinal((state) => state.picture.set?.columns)
  const there = columns?.filter(
    ({ pod, claims }) => pod.uid !== undefined || claims.some(({ state }) => state !== 'absent'),
  )
  return (
    <select
      className="pod-choice"
      aria-label={t('acts.break.on')}
      value={column?.pod.key ?? ''}
      disabled={!there?.length}
      onChange={(event) => select((event.currentTarget.value || undefined) as ObjectKey | undefined)}
    >
      <option value="">{t('acts.break.choose')}</option>
      {column && !there?.includes(column) && (
        <option value={column.pod.key}>{t('acts.break.onPod', { pod: column.pod.name })}</option>
      )}
      {there?.map(({ pod }) => (
        <option key={pod.key} value={pod.key}>
          {t('acts.break.onPod', { pod: pod.name })}
        </option>
      ))}
    </select>
  )
}
