/** What would end the wait: each with the act that brings it about, if a person can, and its kubectl line. */
import type { Unblock } from '../../sim/index.ts'
import { clock } from '../canvas/format.ts'
import { Button } from '../kit/Button.tsx'
import { nameIn } from '../kit/ObjectLink.tsx'
import { tip } from '../kit/tip.ts'
import type { TextKey } from '../text.ts'
import { useText } from '../text.ts'
import { useVerbs } from '../useOrdinal.ts'

export function Unblocks({ unblock }: { readonly unblock: readonly Unblock[] }) {
  const t = useText()
  if (unblock.length === 0) return null
  return (
    <section className="unblock" aria-labelledby="unblock-heading">
      <h4 id="unblock-heading" className="heading">
        {t('why.unblock')}
      </h4>
      {unblock.map((entry, index) => (
        <Option key={entry.code} entry={entry} primary={index === 0} />
      ))}
    </section>
  )
}

/** What the button of an act says; codes that no act of a person answers are missing. */
const labels = {
  allowReadiness: 'unblock.allowReadiness.do',
  createService: 'unblock.createService.do',
  deleteForeignPod: 'unblock.deleteForeignPod.do',
  deleteOldPod: 'unblock.deleteOldPod.do',
  deletePodInUse: 'unblock.deletePodInUse.do',
  deleteStuckPod: 'unblock.deleteStuckPod.do',
  loosenBudget: 'unblock.loosenBudget.do',
  lowerPartition: 'unblock.lowerPartition.do',
  putOutOfService: 'unblock.putOutOfService.do',
  reconnectNode: 'unblock.reconnectNode.do',
  raiseQuota: 'unblock.raiseQuota.do',
  publishNotReady: 'unblock.publishNotReady.do',
  removeFinalizer: 'unblock.removeFinalizer.do',
  revertImage: 'unblock.revertImage.do',
  switchOnNode: 'unblock.switchOnNode.do',
  selectMembers: 'unblock.selectMembers.do',
  touchSet: 'unblock.touchSet.do',
  uncordonNode: 'unblock.uncordonNode.do',
} as const satisfies Partial<Record<Unblock['code'], TextKey>>

function Option({ entry, primary }: { readonly entry: Unblock; readonly primary: boolean }) {
  const t = useText()
  const { code, subject, runUntil, command } = entry
  const note =
    runUntil !== undefined
      ? t('why.at', { time: clock(runUntil) })
      : command
        ? t('why.actOn', { name: nameIn(subject) })
        : ''
  return (
    <div className="unblock-option">
      <span>
        {t(`unblock.${code}`)}
        {note && <small>{note}</small>}
      </span>
      <OptionButton entry={entry} primary={primary} />
    </div>
  )
}

function OptionButton({ entry: { code, subject, runUntil, command }, primary }: Parameters<typeof Option>[0]) {
  const { play, pause, seek, dispatch, lineOf } = useVerbs()
  const t = useText()
  const look = primary ? ({ look: 'primary' } as const) : {}
  if (runUntil !== undefined) {
    const run = () => {
      pause()
      seek(runUntil)
    }
    return (
      <Button small {...look} onClick={run}>
        {t('why.runUntil')}
      </Button>
    )
  }
  if (command && code in labels) {
    const name = 'name' in command ? command.name : nameIn(subject)
    const partition = 'partition' in command ? command.partition : 0
    return (
      <Button small {...look} {...tip(lineOf(command), undefined, 'left')} onClick={() => dispatch(command)}>
        {t(labels[code as keyof typeof labels], { name, partition })}
      </Button>
    )
  }
  if (code !== 'runOn') return null
  return (
    <Button small {...look} onClick={() => play()}>
      {t('transport.play')}
    </Button>
  )
}
