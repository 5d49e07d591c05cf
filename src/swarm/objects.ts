/** What may be applied beside the set: Services, budgets, quotas, pods made by hand, classes, volumes, a ConfigMap. As a client sends it. */
import type { AnyObject } from '../sim/api/types.ts'
import type { Dice } from './dice.ts'
import { CONFIG, goodImage, LABELS } from './template.ts'

export const HOME = 'default'
export const SET = { namespace: HOME, name: 'web' } as const

/** What a client would send; the server fills in the rest. */
export const sent = (object: object): AnyObject => object as AnyObject

export const headless = (publishNotReadyAddresses: boolean): AnyObject =>
  sent({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'nginx', namespace: HOME },
    spec: {
      clusterIP: 'None',
      selector: LABELS,
      ports: [{ port: 80, name: 'web' }],
      ...(publishNotReadyAddresses && { publishNotReadyAddresses }),
    },
  })

/** A disruption budget over the pods of the set. */
export const budget = (dice: Dice): AnyObject =>
  sent({
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: SET,
    spec: {
      ...dice.oneOf([{ minAvailable: dice.upTo(2) }, { minAvailable: '50%' }, { maxUnavailable: dice.upTo(1) }]),
      selector: { matchLabels: LABELS },
      ...(dice.once(3) && { unhealthyPodEvictionPolicy: 'AlwaysAllow' }),
    },
  })

/** A quota of the namespace, sometimes smaller than what the set wants. */
export const quota = (dice: Dice): AnyObject =>
  sent({
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: SET,
    spec: {
      hard: dice.oneOf([
        { pods: String(dice.upTo(6)) },
        { persistentvolumeclaims: String(dice.upTo(6)) },
        { 'requests.storage': dice.oneOf(['2Gi', '6Gi']), 'count/services': '2' },
        { 'requests.cpu': '2' },
      ]),
    },
  })

/** A pod that somebody made by hand under a name of the set. */
export const nakedPod = (ordinal: number, matching: boolean): AnyObject =>
  sent({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `web-${ordinal}`, namespace: HOME, labels: matching ? LABELS : { app: 'other' } },
    spec: { containers: [{ name: 'nginx', image: goodImage }] },
  })

export const configMap = (mode: string): AnyObject =>
  sent({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: CONFIG, namespace: HOME }, data: { mode } })

/** Classes by name: the usual one, one that waits for its consumers and keeps its volumes, one that nobody makes volumes for. */
export const CLASSES: Readonly<Record<string, AnyObject>> = {
  standard: sent({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'standard', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    provisioner: 'disk.csi.example.com',
    reclaimPolicy: 'Delete',
    volumeBindingMode: 'Immediate',
  }),
  lazy: sent({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'lazy' },
    provisioner: 'disk.csi.example.com',
    reclaimPolicy: 'Retain',
    volumeBindingMode: 'WaitForFirstConsumer',
    allowVolumeExpansion: true,
  }),
  local: sent({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'local' },
    provisioner: 'kubernetes.io/no-provisioner',
    volumeBindingMode: 'WaitForFirstConsumer',
  }),
}

/** A volume made by hand: of a class, perhaps the disk of one machine. */
export const volume = (dice: Dice, className: string, node: string): AnyObject =>
  sent({
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: `pv-${dice.upTo(5)}` },
    spec: {
      capacity: { storage: dice.oneOf(['1Gi', '5Gi']) },
      accessModes: ['ReadWriteOnce'],
      storageClassName: className,
      persistentVolumeReclaimPolicy: dice.oneOf(['Retain', 'Delete']),
      local: { path: '/mnt/disk' },
      nodeAffinity: {
        required: {
          nodeSelectorTerms: [
            { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [node] }] },
          ],
        },
      },
    },
  })
