/**
 * The same cluster arranged by node: a card per machine with what is asked of it and the pods that it runs, and what may be
 * done to it. Pods that wait for a node stand above, pods whose node is no more below.
 */
import { Plus, Server, ShieldAlert, ShieldCheck } from 'lucide'
import { memo, useMemo } from 'react'
import type { BudgetPicture, Command, NodePicture, ResidentPicture, Share } from '../../sim/index.ts'
import { nodesPictureOf } from '../../sim/projection/index.ts'
import { usePreviewOf } from '../controls/preview.tsx'
import { Button } from '../kit/Button.tsx'
import { Icon } from '../kit/Icon.tsx'
import { RevisionBadge } from '../kit/RevisionBadge.tsx'
import { StateIcon } from '../kit/StateIcon.tsx'
import type { TextKey } from '../text.ts'
import { useRich, useText } from '../text.ts'
import { useOrdinal, useVerbs } from '../useOrdinal.ts'
import { freeName } from './actsOnNode.ts'
import { clock } from './format.ts'
import { NodeActs } from './NodeActs.tsx'
import './nodesView.css'

/** With more pods than this on one node they are told apart by icon and ordinal only. */
const MANY_RESIDENTS = 12

export default function NodesView() {
  const world = useOrdinal((state) => state.world)
  const order = useOrdinal((state) => state.order)
  const { budgets, nodes, lost, waiting } = useMemo(() => nodesPictureOf(world, order), [world, order])
  const t = useText()
  const dense = nodes.some(({ residents }) => residents.length > MANY_RESIDENTS)
  return (
    <section className="by-node" aria-label={t('nodes.label')} data-dense={dense || undefined}>
      {budgets.length > 0 && <Budgets budgets={budgets} />}
      {waiting.length > 0 && <Homeless title={t('nodes.waiting')} residents={waiting} />}
      <ul className="machines">
        {nodes.map((node) => (
          <NodeCard key={node.name} node={node} />
        ))}
        <li className="machine-add">
          <AddNode name={freeName(nodes)} />
        </li>
      </ul>
      {lost.map(({ name, residents }) => (
        <Homeless key={name} title={t('nodes.gone', { name })} residents={residents} />
      ))}
    </section>
  )
}

/** How many pods may be evicted, and why no more. */
function Budgets({ budgets }: { readonly budgets: readonly BudgetPicture[] }) {
  const { select } = useVerbs()
  const t = useText()
  const rich = useRich()
  return (
    <ul className="budgets" aria-label={t('nodes.budgets')}>
      {budgets.map(({ key, name, healthy, desired, allowed, expected }) => (
        <li key={key}>
          <button type="button" className="budget" data-allows={allowed > 0 || undefined} onClick={() => select(key)}>
            {allowed > 0 ? <Icon of={ShieldCheck} size={16} /> : <Icon of={ShieldAlert} size={16} />}
            <b>{name}</b>
            <span>
              {expected === 0 ? t('nodes.budget.nobody') : rich('nodes.budget', { healthy, desired, allowed })}
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}

function AddNode({ name }: { readonly name: string }) {
  const { dispatch } = useVerbs()
  const command: Command = { type: 'addNode', namespace: '', name }
  const preview = usePreviewOf(command)
  const t = useText()
  return (
    <Button look="ghost" onClick={() => dispatch(command)} {...preview}>
      <Icon of={Plus} size={16} />
      {t('nodes.act.add')}
    </Button>
  )
}

type HomelessProps = { readonly title: string; readonly residents: readonly ResidentPicture[] }

function Homeless({ title, residents }: HomelessProps) {
  return (
    <div className="homeless">
      <h3>{title}</h3>
      <Residents residents={residents} />
    </div>
  )
}

/** As `kubectl get nodes` prints it. */
function statusWord({ ready, closed }: NodePicture): string {
  const word = ready === 'True' ? 'Ready' : 'NotReady'
  return closed ? `${word},SchedulingDisabled` : word
}

const MACHINE_TEXTS = {
  off: 'nodes.power.off',
  booting: 'nodes.power.booting',
  leaving: 'nodes.power.leaving',
} as const satisfies Record<string, TextKey>

/** What is wrong with the machine itself, whatever the API knows; undefined when nothing is. */
function useTrouble({ power, cut, since = 0, draining }: NodePicture): string | undefined {
  const t = useText()
  if (power !== 'on') return t(MACHINE_TEXTS[power], { since: clock(since, 0) })
  if (cut) return t('nodes.cut')
  return draining ? t('nodes.draining') : undefined
}

const NodeCard = memo(function NodeCard({ node }: { readonly node: NodePicture }) {
  const { select } = useVerbs()
  const selected = useOrdinal((state) => state.selected === node.key)
  const trouble = useTrouble(node)
  const t = useText()
  return (
    <li
      className="machine"
      data-ready={node.ready}
      data-power={node.power}
      data-cut={node.cut || undefined}
      data-closed={node.closed || undefined}
      data-selected={selected || undefined}
    >
      <button type="button" className="machine-head" aria-pressed={selected} onClick={() => select(node.key)}>
        <Icon of={Server} size={20} />
        <span className="machine-title">
          <b className="cut">{node.name}</b>
          <span className="machine-word cut">{statusWord(node)}</span>
        </span>
        {node.zone && <span className="machine-zone cut">{node.zone}</span>}
      </button>
      {trouble && <p className="machine-trouble">{trouble}</p>}
      {node.taints.length > 0 && (
        <p className="machine-taints" title={node.taints.join('\n')}>
          {t('nodes.taints', { taints: node.taints.join(', ') })}
        </p>
      )}
      <div className="bars">
        <Bar label={t('nodes.cpu')} share={node.milliCpu} shown={cores} />
        <Bar label={t('nodes.memory')} share={node.memory} shown={gibibytes} />
        <Bar label={t('nodes.pods')} share={node.pods} shown={String} />
      </div>
      <Residents residents={node.residents} />
      <NodeActs node={node} />
    </li>
  )
})

const rounded = (amount: number): string => String(Math.round(amount * 10) / 10)
const cores = (milli: number): string => rounded(milli / 1000)
const gibibytes = (bytes: number): string => (bytes === 0 ? '0' : `${rounded(bytes / 2 ** 30)}Gi`)

type BarProps = { readonly label: string; readonly share: Share; readonly shown: (amount: number) => string }

/** How much of a resource is asked for. */
function Bar({ label, share: { used, room }, shown }: BarProps) {
  const part = room > 0 ? Math.min(1, used / room) : 0
  return (
    <div className="bar-row">
      <span>{label}</span>
      <progress value={part} aria-label={label} data-full={part > 0.9 || undefined} />
      <code>
        {shown(used)} / {shown(room)}
      </code>
    </div>
  )
}

function Residents({ residents }: { readonly residents: readonly ResidentPicture[] }) {
  const t = useText()
  if (residents.length === 0) return <p className="residents-none">{t('nodes.empty')}</p>
  return (
    <ul className="residents">
      {residents.map((resident) => (
        <li key={resident.uid}>
          <ResidentButton resident={resident} />
        </li>
      ))}
    </ul>
  )
}

const ordinalOf = (name: string): string => /-(\d+)$/.exec(name)?.[1] ?? name

function ResidentButton({
  resident: { key, name, state, status, revision, ghost },
}: {
  readonly resident: ResidentPicture
}) {
  const { select } = useVerbs()
  const selected = useOrdinal((state) => !ghost && state.selected === key)
  const t = useText()
  const said = ghost ? t('nodes.ghost.said', { name }) : `${name}, ${status}`
  return (
    <button
      type="button"
      className="resident"
      data-state={state}
      data-ghost={ghost || undefined}
      aria-pressed={selected}
      aria-label={said}
      title={said}
      onClick={() => select(key)}
    >
      <StateIcon state={state} />
      <b className="resident-name cut">{name}</b>
      <b className="resident-ordinal" aria-hidden="true">
        {ordinalOf(name)}
      </b>
      <span className="pod-word cut">{ghost ? t('nodes.ghost') : status}</span>
      {revision && <RevisionBadge mark={revision} small />}
    </button>
  )
}
