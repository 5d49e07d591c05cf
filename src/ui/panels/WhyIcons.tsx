/** The mark of a link: the controller's eye at the head of a chain, a pod's state, or what happens at its root. */
import type { IconNode } from 'lucide'
import { Activity, Clock, Download, Eye, Hand, HardDrive, ImageOff, ServerOff, Unplug, Zap } from 'lucide'
import type { Reason, ReasonName } from '../../sim/index.ts'
import { Icon } from '../kit/Icon.tsx'
import { StateIcon } from '../kit/StateIcon.tsx'
import { useColumnOf } from './InspectorHead.tsx'

const icons: Partial<Record<ReasonName, IconNode>> = {
  probeFailing: Activity,
  notYetProbed: Activity,
  heldNotReady: Hand,
  pullingImage: Download,
  imageCannotBePulled: ImageOff,
  containerCrashed: Zap,
  outOfMemory: Zap,
  livenessFailed: Zap,
  startupNotPassed: Activity,
  evicted: Zap,
  unschedulable: ServerOff,
  volumeNotBound: HardDrive,
  volumeNotAttached: HardDrive,
  provisioning: HardDrive,
  claimInUse: HardDrive,
  claimBeingDeleted: HardDrive,
  serviceMissing: Unplug,
  notPublished: Unplug,
}

/** Reasons of the StatefulSet controller about a pod that stands in the way. */
const aboutPods = new Set<ReasonName>([
  'podTerminating',
  'podNotReady',
  'podNotAvailable',
  'podBeingReplaced',
  'podNotCreated',
])

export function LinkIcon({ reason, first }: { readonly reason: Reason; readonly first: boolean }) {
  const column = useColumnOf(reason.on ?? reason.subject)
  const icon = icons[reason.reason]
  if (icon) return <Icon of={icon} className="chain-icon chain-icon-cause" size={20} />
  if (column && !first && aboutPods.has(reason.reason)) return <StateIcon state={column.pod.state} />
  return first ? (
    <Icon of={Eye} className="chain-icon chain-icon-eye" size={20} />
  ) : (
    <Icon of={Clock} className="chain-icon" size={20} />
  )
}
