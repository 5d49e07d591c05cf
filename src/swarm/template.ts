/**
 * The pod templates that the swarm draws: every behaviour of an image, probes of each kind, init containers and sidecars,
 * an environment that may be missing, wishes about nodes and neighbours. Most of them run; each can be mended by another.
 */
import type { Dice } from './dice.ts'

export const LABELS = { app: 'nginx' } as const
export const CONFIG = 'web-config'

/** Every behaviour that an image has by its tag; good ones are drawn more often. */
const TAGS = [
  'v1',
  'v1',
  'v1',
  'v2',
  'v2',
  'v2',
  'v3',
  'v3',
  'crash',
  'bad',
  'oom',
  'never-ready',
  'never-live',
] as const

const imageOf = (tag: string): string => `registry.k8s.io/nginx-slim:${tag}`

export const goodImage: string = imageOf('v1')
export const drawImage = (dice: Dice): string => imageOf(dice.oneOf(TAGS))

const httpGet = { path: '/', port: 'web' } as const

const readiness = { readinessProbe: { httpGet, periodSeconds: 5 } }
const PROBES: readonly object[] = [
  {},
  readiness,
  readiness,
  readiness,
  { livenessProbe: { httpGet, periodSeconds: 3, failureThreshold: 2 } },
  { startupProbe: { httpGet, periodSeconds: 1, failureThreshold: 4 }, ...readiness },
]

const HOSTNAME = 'kubernetes.io/hostname'
const ZONE = 'topology.kubernetes.io/zone'
const apart = { labelSelector: { matchLabels: LABELS }, topologyKey: HOSTNAME }

const PLACES: readonly object[] = [
  {},
  {},
  {},
  {},
  {
    affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [apart] } },
  },
  {
    affinity: {
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 10, podAffinityTerm: apart }],
      },
    },
  },
  {
    affinity: {
      podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ ...apart, topologyKey: ZONE }] },
    },
  },
  {
    topologySpreadConstraints: [
      { maxSkew: 1, topologyKey: ZONE, whenUnsatisfiable: 'DoNotSchedule', labelSelector: { matchLabels: LABELS } },
    ],
  },
  { nodeSelector: { disk: 'fast' } },
  {
    tolerations: [
      { key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 20 },
    ],
  },
  { tolerations: [{ operator: 'Exists' }] },
]

const environment = (dice: Dice): object => ({
  env: [{ name: 'MODE', valueFrom: { configMapKeyRef: { name: CONFIG, key: 'mode', optional: dice.once(2) } } }],
})

const helper = (dice: Dice): object => ({
  name: 'helper',
  image: 'busybox:1',
  command: ['sh', '-c', dice.oneOf(['exit 0', 'sleep 1', 'sleep 1; exit 1'])],
  ...(dice.once(2) && { command: ['sleep', 'infinity'], restartPolicy: 'Always' }),
})

const ANNOTATIONS: readonly object[] = [
  { 'ordinal.dev/crash-after-ms': '9000' },
  { 'ordinal.dev/oom-after-ms': '20000' },
  { 'ordinal.dev/ready-ms': '6000', 'ordinal.dev/stop-ms': '4000' },
  { 'ordinal.dev/needs-names': 'web-0.nginx' },
]

/** A template whose pods mount the claim `www`, if there is one. */
export function drawTemplate(dice: Dice, mounts: boolean): object {
  const grace = dice.oneOf([3, 3, 3, 10, 0])
  return {
    metadata: { labels: LABELS, ...(dice.once(8) && { annotations: dice.oneOf(ANNOTATIONS) }) },
    spec: {
      terminationGracePeriodSeconds: grace,
      ...(dice.once(6) && { initContainers: [helper(dice)] }),
      containers: [
        {
          name: 'nginx',
          image: dice.once(3) ? drawImage(dice) : goodImage,
          ports: [{ containerPort: 80, name: 'web' }],
          ...dice.oneOf(PROBES),
          ...(dice.once(6) && environment(dice)),
          ...(dice.once(4) && { resources: { requests: { cpu: dice.oneOf(['200m', '900m']) } } }),
          ...(grace > 0 && dice.once(8) && { lifecycle: { preStop: { sleep: { seconds: 1 } } } }),
          ...(mounts && { volumeMounts: [{ name: 'www', mountPath: '/data' }] }),
        },
      ],
      ...dice.oneOf(PLACES),
    },
  }
}
