/**
 * What a run of the swarm begins with: a cluster and one set, small enough that hundreds of acts are cheap. Machines,
 * policies, strategies, claims and their class, the template, the version and its gates are drawn from the run's own dice, so
 * a seed says all of it.
 */
import type { NodeSettings } from '../sim/api/strategy.ts'
import type { GateName } from '../sim/api/switches.ts'
import { DEFAULT_VERSION, GATE_NAMES, KUBERNETES_VERSIONS, settingsProblem } from '../sim/api/switches.ts'
import type { AnyObject, UpdateStrategy } from '../sim/api/types.ts'
import { DEFAULT_SETTINGS } from '../sim/index.ts'
import type { Command } from '../sim/kernel/command.ts'
import type { World } from '../sim/kernel/types.ts'
import { Dice } from './dice.ts'
import { CLASSES, configMap, headless, SET, sent } from './objects.ts'
import { drawTemplate, LABELS } from './template.ts'

export interface Ground {
  readonly seed: number
  readonly settings: World['settings']
  /** All that is applied at first and again later. */
  readonly objects: readonly AnyObject[]
  /** The set among them. */
  readonly set: AnyObject
  /** The class that its claims name; undefined when they take the default one, or there are none. */
  readonly className: string | undefined
  readonly mounts: boolean
}

function strategyOf(dice: Dice): UpdateStrategy {
  switch (dice.upTo(5)) {
    case 0:
      return { type: 'OnDelete' }
    case 1:
      return { type: 'RollingUpdate' }
    case 2:
      return { type: 'RollingUpdate', rollingUpdate: { partition: 1 } }
    default:
      return { type: 'RollingUpdate', rollingUpdate: { partition: 0, maxUnavailable: dice.oneOf([1, 2, '50%']) } }
  }
}

function specOf(dice: Dice, className: string | undefined): object {
  const claim = {
    metadata: { name: 'www' },
    spec: {
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: '1Gi' } },
      ...(className !== undefined && { storageClassName: className }),
    },
  }
  const policy = {
    whenScaled: dice.oneOf(['Retain', 'Delete']),
    whenDeleted: dice.oneOf(['Retain', 'Delete']),
  }
  return {
    podManagementPolicy: dice.once(4) ? 'Parallel' : 'OrderedReady',
    updateStrategy: strategyOf(dice),
    minReadySeconds: dice.once(4) ? 3 : 0,
    ...(dice.once(3) && { revisionHistoryLimit: dice.upTo(2) }),
    ...(dice.once(4) && { persistentVolumeClaimRetentionPolicy: policy }),
    volumeClaimTemplates: dice.once(3) ? [] : [claim],
  }
}

const ZONES = ['a', 'b'] as const

/** Undefined: the usual three machines. */
function machinesOf(dice: Dice): readonly NodeSettings[] | undefined {
  if (dice.once(2)) return undefined
  return Array.from({ length: 2 + dice.upTo(2) }, (_, index) => ({
    name: `node-${index + 1}`,
    zone: ZONES[index % ZONES.length] as string,
    cpu: dice.oneOf(['1', '2', '4']),
    ...(dice.once(3) && { labels: { disk: 'fast' } }),
  }))
}

/** A version with a gate turned now and then, as far as that version lets it. */
function versionOf(dice: Dice): Pick<World['settings'], 'kubernetes' | 'gates'> {
  const kubernetes = dice.once(3) ? dice.oneOf(KUBERNETES_VERSIONS).name : DEFAULT_VERSION
  const gate: GateName = dice.once(2) ? 'MaxUnavailableStatefulSet' : dice.oneOf(GATE_NAMES)
  const gates = dice.once(3) ? { [gate]: dice.once(2) } : {}
  return { kubernetes, gates: settingsProblem({ kubernetes, gates }) === undefined ? gates : {} }
}

const MOST_OFTEN_THE_DEFAULT = [
  undefined,
  undefined,
  undefined,
  undefined,
  'lazy',
  'lazy',
  'local',
  'none-such',
] as const

/** The ground of a seed. */
export function groundOf(seed: number): Ground {
  const dice = new Dice(seed)
  const className = dice.oneOf(MOST_OFTEN_THE_DEFAULT)
  const spec = specOf(dice, className)
  const mounts = (spec as { volumeClaimTemplates: readonly object[] }).volumeClaimTemplates.length > 0
  const set = sent({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: SET,
    spec: {
      serviceName: 'nginx',
      replicas: dice.upTo(3),
      selector: { matchLabels: LABELS },
      template: drawTemplate(dice, mounts),
      ...spec,
    },
  })
  const nodes = machinesOf(dice)
  const settings = { ...DEFAULT_SETTINGS, ...versionOf(dice), ...(nodes && { nodes }) }
  const { standard: _there, ...others } = CLASSES
  const config = dice.once(2) ? [configMap('first')] : []
  const objects = [headless(false), ...Object.values(others), ...config, set]
  return { seed, settings, objects, set, className, mounts }
}

/** How the objects of the ground come into the cluster. */
export const opening = ({ objects }: Ground): Command => ({ type: 'applyObjects', objects })
