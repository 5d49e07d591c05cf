/**
 * What a run of the swarm begins with: a cluster and one set, small enough that hundreds of acts are cheap. Policies,
 * strategies, claims, the version and its gates are drawn from the run's own dice, so a seed says all of it.
 */
import { DEFAULT_VERSION, KUBERNETES_VERSIONS } from '../sim/api/switches.ts'
import type { AnyObject, StatefulSetSpec, UpdateStrategy } from '../sim/api/types.ts'
import { DEFAULT_SETTINGS } from '../sim/index.ts'
import type { Command } from '../sim/kernel/command.ts'
import { drawFrom } from '../sim/kernel/random.ts'
import type { World } from '../sim/kernel/types.ts'

/** Draws that depend on the seed alone, apart from all streams of the cluster. */
export class Dice {
  private readonly seed: number
  private readonly streams: Record<string, number> = {}

  constructor(seed: number) {
    this.seed = seed
  }

  /** A whole number from 0 to `most`. */
  upTo(most: number): number {
    return Math.floor(drawFrom(this.seed, this.streams, 'swarm') * (most + 1))
  }

  oneOf<T>(choices: readonly T[]): T {
    return choices[this.upTo(choices.length - 1)] as T
  }

  /** True once in so many times. */
  once(times: number): boolean {
    return this.upTo(times - 1) === 0
  }
}

export const HOME = 'default'
export const SET = { namespace: HOME, name: 'web' } as const
const LABELS = { app: 'nginx' } as const

export const imageOf = (tag: string): string => `registry.k8s.io/nginx-slim:${tag}`

export interface Ground {
  readonly seed: number
  readonly settings: World['settings']
  /** The Service and the set, as they are applied at first and again later. */
  readonly objects: readonly AnyObject[]
}

/** What a client would send; the server fills in the rest. */
const sent = (object: object): AnyObject => object as AnyObject

export const headless: AnyObject = sent({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'nginx', namespace: HOME },
  spec: { clusterIP: 'None', selector: LABELS, ports: [{ port: 80, name: 'web' }] },
})

/** A disruption budget over the pods of the set. */
export const budget = (minAvailable: number): AnyObject =>
  sent({
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: SET,
    spec: { minAvailable, selector: { matchLabels: LABELS } },
  })

/** A pod that somebody made by hand under a name of the set. */
export const nakedPod = (ordinal: number, matching: boolean): AnyObject =>
  sent({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `web-${ordinal}`, namespace: HOME, labels: matching ? LABELS : { app: 'other' } },
    spec: { containers: [{ name: 'nginx', image: imageOf('v1') }] },
  })

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

function specOf(dice: Dice): Partial<StatefulSetSpec> {
  const claim = {
    metadata: { name: 'www' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  }
  const policy = {
    whenScaled: dice.oneOf(['Retain', 'Delete']),
    whenDeleted: dice.oneOf(['Retain', 'Delete']),
  } as const
  const claims = dice.once(3) ? [] : [claim]
  return {
    podManagementPolicy: dice.once(4) ? 'Parallel' : 'OrderedReady',
    updateStrategy: strategyOf(dice),
    minReadySeconds: dice.once(4) ? 3 : 0,
    ...(dice.once(3) && { revisionHistoryLimit: dice.upTo(2) }),
    ...(dice.once(4) && { persistentVolumeClaimRetentionPolicy: policy }),
    volumeClaimTemplates: claims,
  } as unknown as Partial<StatefulSetSpec>
}

const template = (mounts: boolean, probes: boolean): object => ({
  metadata: { labels: LABELS },
  spec: {
    terminationGracePeriodSeconds: 3,
    containers: [
      {
        name: 'nginx',
        image: imageOf('v1'),
        ports: [{ containerPort: 80, name: 'web' }],
        ...(probes && { readinessProbe: { httpGet: { path: '/', port: 'web' }, periodSeconds: 5 } }),
        ...(mounts && { volumeMounts: [{ name: 'www', mountPath: '/data' }] }),
      },
    ],
  },
})

/** The ground of a seed. */
export function groundOf(seed: number): Ground {
  const dice = new Dice(seed)
  const spec = specOf(dice)
  const mounts = (spec.volumeClaimTemplates ?? []).length > 0
  const web = sent({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: SET,
    spec: {
      serviceName: 'nginx',
      replicas: dice.upTo(3),
      selector: { matchLabels: LABELS },
      template: template(mounts, !dice.once(4)),
      ...spec,
    },
  })
  const gates = dice.once(3) ? { MaxUnavailableStatefulSet: dice.once(2) } : {}
  const kubernetes = dice.once(3) ? dice.oneOf(KUBERNETES_VERSIONS).name : DEFAULT_VERSION
  return { seed, settings: { ...DEFAULT_SETTINGS, kubernetes, gates }, objects: [headless, web] }
}

/** How the objects of the ground come into the cluster. */
export const opening = ({ objects }: Ground): Command => ({ type: 'applyObjects', objects })
