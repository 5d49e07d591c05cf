/**
 * The StatefulSet controller above its columns: how often it has looked, what the last look came to, and how far a sync
 * got through its three phases. It stays in place while the graph below is moved, so the verdict can always be read.
 */
import { Check, Eye, Pause } from 'lucide'
import type { SetPicture } from '../../sim/index.ts'
import { Icon } from '../kit/Icon.tsx'
import { useRich, useText } from '../text.ts'
import { useOrdinal } from '../useOrdinal.ts'
import { clock } from './format.ts'
import { StopButton } from './StopButton.tsx'
import { verdictOf } from './words.ts'

export function ControllerCard() {
  const set = useOrdinal((state) => state.picture.set)
  const t = useText()
  const rich = useRich()
  if (!set) return null
  const { key, params } = verdictOf(set)
  const { syncs } = set.controller
  return (
    <StopButton
      stop="controller"
      target={set.key}
      label={t('canvas.controller.said', { name: set.name, verdict: withoutMarks(t(key, params)) })}
      className="controller"
      marks={{ 'data-looking': syncs > 0 || undefined }}
    >
      <Icon of={Eye} className="controller-eye" size={20} />
      <span className="controller-who">
        <b>{t('canvas.controller')}</b>
        {set.exists && <Syncs controller={set.controller} />}
      </span>
      <span className="controller-verdict">{rich(key, params)}</span>
      {set.exists && syncs > 0 && <Phases set={set} />}
    </StopButton>
  )
}

function Syncs({ controller: { syncs, lastSyncAt } }: Pick<SetPicture, 'controller'>) {
  const t = useText()
  if (lastSyncAt === undefined) return <small>{t('canvas.controller.idle')}</small>
  return <small>{t('canvas.controller.syncs', { count: syncs, time: clock(lastSyncAt) })}</small>
}

const withoutMarks = (text: string): string => text.replace(/<\/?b>/g, '')

const order = ['createInOrder', 'scaleDown', 'update'] as const
type Phase = (typeof order)[number]

/** Where each phase of the last sync stands. A sync that came to its end has done all three. */
export function phasesOf({ controller: { phase } }: Pick<SetPicture, 'controller'>) {
  const reached = order.indexOf(phase as Phase)
  return order.map((name, index) => {
    if (phase === 'settled' || index < reached) return { name, is: 'done' } as const
    return { name, is: index === reached ? 'paused' : 'ahead' } as const
  })
}

function Phases({ set }: { readonly set: SetPicture }) {
  const t = useText()
  return (
    <span className="phases">
      {phasesOf(set).map(({ name, is }) => {
        const atOnce = name === 'createInOrder' && set.policy === 'Parallel'
        const phase = t(`canvas.phase.${atOnce ? 'createAtOnce' : name}`)
        return (
          <span key={name} className="phase" data-is={is} title={t(`canvas.phase.${is}`, { phase })}>
            {is === 'paused' && <Icon of={Pause} size={12} fill="currentColor" strokeWidth={0} />}
            {is === 'done' && <Icon of={Check} size={14} />}
            <span>{phase}</span>
          </span>
        )
      })}
    </span>
  )
}
