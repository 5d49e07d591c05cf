/**
 * Tells the charts of containers that do not run what their environment comes to now, so that it is settled whenever one of
 * them is made. A node looks it up when it makes a container and again at each try; no change of a ConfigMap wakes it.
 */
import type { Container, Node, Pod } from '../api/types.ts'
import { same } from '../kernel/equality.ts'
import type { ClusterView } from '../kernel/types.ts'
import { needsConfig, resolveEnv } from './environment.ts'
import type { ContainerLife, Walk } from './kubeletLife.ts'
import { hasEnded } from './kubeletLife.ts'
import { podIPsOf } from './kubeletNode.ts'
import { containersOf } from './kubeletPlan.ts'

/** The addresses of a machine, one of each family. */
export const hostIPsOf = (node: Node | undefined): readonly string[] =>
  node?.status.addresses?.filter(({ type }) => type === 'InternalIP').map(({ address }) => address) ?? NONE
const NONE: readonly string[] = []

const isNotMade = (life: ContainerLife): boolean => life.context.startedAt === null && !hasEnded(life)

export function configure(view: ClusterView, walk: Walk, pod: Pod | undefined): void {
  const containers = pod ? containersOf(pod) : []
  if (!pod || !containers.some(needsConfig)) return
  const life = walk.life()
  const node = view.get('Node', undefined, life.node)
  const place = { podIPs: life.address === null ? NONE : podIPsOf(node, life.address), hostIPs: hostIPsOf(node) }
  for (const [index, container] of containers.entries()) {
    const known = life.containers[index] as ContainerLife
    if (!needsConfig(container as Container) || !isNotMade(known)) continue
    const config = resolveEnv(view, pod, container, place)
    if (!same(config, known.context.config)) walk.sendContainer(index, { type: 'configured', at: view.now, config })
  }
}
