/** What may be done to one node, as data: the acts that are always in view, and those behind "More". */
import type { IconNode } from 'lucide'
import {
  ChevronsDown,
  CirclePause,
  Lock,
  LockOpen,
  LogOut,
  Plug,
  Power,
  PowerOff,
  RotateCw,
  Trash2,
  Unplug,
} from 'lucide'
import type { Command, NodePicture } from '../../sim/index.ts'
import type { TextKey } from '../text.ts'

export interface NodeAct {
  readonly label: TextKey
  readonly icon: IconNode
  readonly command: Command
  readonly danger?: boolean
}

const OUT_OF_SERVICE = 'node.kubernetes.io/out-of-service'

/** Power, network, cordon, drain: each the one of two that would change something. */
export function commonActs({ name, power, cut, closed, draining }: NodePicture): readonly NodeAct[] {
  const on = { namespace: '', name }
  return [
    power === 'off'
      ? { label: 'nodes.act.powerOn', icon: Power, command: { type: 'powerOnNode', ...on } }
      : { label: 'nodes.act.powerOff', icon: PowerOff, command: { type: 'powerOffNode', ...on } },
    cut
      ? { label: 'nodes.act.mend', icon: Plug, command: { type: 'reconnectNode', ...on } }
      : { label: 'nodes.act.cut', icon: Unplug, command: { type: 'cutOffNode', ...on } },
    closed
      ? { label: 'nodes.act.uncordon', icon: LockOpen, command: { type: 'uncordonNode', ...on } }
      : { label: 'nodes.act.cordon', icon: Lock, command: { type: 'cordonNode', ...on } },
    draining
      ? { label: 'nodes.act.stopDrain', icon: CirclePause, command: { type: 'stopDrain', ...on } }
      : { label: 'nodes.act.drain', icon: ChevronsDown, command: { type: 'drainNode', ...on } },
  ]
}

/** What is done less often. */
export function rareActs({ name, taints }: NodePicture): readonly NodeAct[] {
  const on = { namespace: '', name }
  const out = taints.some((taint) => taint.startsWith(OUT_OF_SERVICE))
  return [
    { label: 'nodes.act.reboot', icon: RotateCw, command: { type: 'rebootNode', ...on } },
    { label: 'nodes.act.shutdown', icon: LogOut, command: { type: 'shutDownNode', ...on } },
    out
      ? {
          label: 'nodes.act.inService',
          icon: LockOpen,
          command: { type: 'untaintNode', ...on, key: OUT_OF_SERVICE },
        }
      : {
          label: 'nodes.act.outOfService',
          icon: Lock,
          command: { type: 'taintNode', ...on, key: OUT_OF_SERVICE, value: 'nodeshutdown', effect: 'NoExecute' },
          danger: true,
        },
    {
      label: 'nodes.act.remove',
      icon: Trash2,
      command: { type: 'deleteObject', kind: 'nodes', ...on },
      danger: true,
    },
  ]
}

/** The first name `node-N` that no node has. */
export function freeName(nodes: readonly NodePicture[]): string {
  const taken = new Set(nodes.map(({ name }) => name))
  let n = 1
  while (taken.has(`node-${n}`)) n += 1
  return `node-${n}`
}
