/** Traps of claims and volumes. */
import { afterEach, expect, it } from 'vitest'
import type { AnyObject } from '../../index.ts'
import { why } from '../../index.ts'
import { Lab, serviceNamed, setNamed, WEB } from '../fixtures/lab.ts'

afterEach(() => expect(Lab.violations()).toEqual([]))

const owners = (lab: Lab, claim: string) =>
  lab.get('PersistentVolumeClaim', claim).metadata.ownerReferences?.map(({ kind, name }) => `${kind} ${name}`) ?? []
const retained = (whenDeleted: string, whenScaled: string) => ({
  persistentVolumeClaimRetentionPolicy: { whenDeleted, whenScaled },
})

it('trap 8: a claim that is being deleted holds up its ordinal; then there is a new, empty volume', () => {
  const lab = Lab.up({ claims: true })
  const claim = () => lab.find('PersistentVolumeClaim', 'www-web-1')
  const before = claim()?.spec.volumeName
  lab.give({ type: 'writeFile', namespace: 'default', name: 'web-1', path: '/usr/share/nginx/html/a', text: 'kept' })
  lab.deleteClaim('www-web-1').run(2000)
  expect(claim()?.metadata.deletionTimestamp).toBeDefined()
  lab.deletePod('web-1', { force: true }).quiet()
  expect(claim()?.spec.volumeName).not.toBe(before)
  expect(lab.isReady('web-1')).toBe(true)
  expect(lab.world.disks.flat().map(([volume]) => volume)).not.toContain(before)
})

it('trap 8: a pod that has no node does not protect its claim', () => {
  const pod = { nodeSelector: { disk: 'none' } }
  const lab = new Lab().apply(serviceNamed(), setNamed({ claims: true, pod })).run(3000)
  lab.deleteClaim('www-web-0').run(2000)
  expect(lab.find('PersistentVolumeClaim', 'www-web-0')).toBeUndefined()
})

it('trap 29: down and up again before the claim is gone: the ordinal waits in silence, and longer than it need', () => {
  const annotations = { 'ordinal.dev/stop-ms': '4000' }
  const lab = Lab.up({ claims: true, annotations, spec: retained('Retain', 'Delete') })
  const before = lab.events('web').length
  lab
    .scale(2)
    .until(({ isTerminating }) => isTerminating('web-2'))
    .scale(3)
  lab.quiet()
  // The end of the claim wakes nobody.
  expect(lab.find('PersistentVolumeClaim', 'www-web-2')).toBeUndefined()
  expect(lab.names()).toBe('web-0 web-1')
  expect(lab.events('web').slice(before).join()).not.toContain('Failed')
  lab.patch('statefulsets', 'web', { metadata: { annotations: { look: 'again' } } }).quiet()
  expect(lab.isReady('web-2')).toBe(true)
})

it('trap 30: a claim is never deleted because a pod or its process fails', () => {
  const lab = Lab.up({ claims: true, spec: retained('Delete', 'Delete') })
  const { uid } = lab.get('PersistentVolumeClaim', 'www-web-1').metadata
  lab.fail('web-1').quiet()
  expect(lab.isReady('web-1')).toBe(true)
  expect(lab.get('PersistentVolumeClaim', 'www-web-1').metadata.uid).toBe(uid)
})

it('trap 30: all condemned claims get their owners before the first pod goes, and lose them when the scale-down is called off', () => {
  const annotations = { 'ordinal.dev/stop-ms': '4000' }
  const lab = Lab.up({ claims: true, annotations, spec: retained('Retain', 'Delete') }).scale(1)
  lab.until(({ isTerminating }) => isTerminating('web-2'))
  expect([owners(lab, 'www-web-1'), owners(lab, 'www-web-2')]).toEqual([['Pod web-1'], ['Pod web-2']])
  expect(lab.isTerminating('web-1')).toBe(false)
  lab.scale(3).run(1000)
  expect(owners(lab, 'www-web-1')).toEqual([])
})

it('trap 31: a retained volume is Released and is not bound again by a new claim of the same name', () => {
  const lab = Lab.up({ replicas: 1, claims: true })
  const volume = lab.get('PersistentVolumeClaim', 'www-web-0').spec.volumeName ?? ''
  lab.patch('persistentvolumes', volume, { spec: { persistentVolumeReclaimPolicy: 'Retain' } })
  lab.deleteClaim('www-web-0').deletePod('web-0').quiet()
  expect(lab.get('PersistentVolume', volume).status.phase).toBe('Released')
  expect(lab.get('PersistentVolumeClaim', 'www-web-0').spec.volumeName).not.toBe(volume)
})

it('trap 32: a claim of the right name is used as it is, even one of a former set with another size', () => {
  const former = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'www-web-0', namespace: 'default' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '7Gi' } } },
  }
  const lab = new Lab().apply(former as never).run(5000)
  const { uid } = lab.get('PersistentVolumeClaim', 'www-web-0').metadata
  lab.apply(serviceNamed(), setNamed({ replicas: 1, claims: true })).quiet()
  const claim = lab.get('PersistentVolumeClaim', 'www-web-0')
  expect(claim.metadata.uid).toBe(uid)
  expect(claim.spec.resources?.requests?.storage).toBe('7Gi')
  expect(lab.isReady('web-0')).toBe(true)
})

it('trap 33: what may not change is refused in upstream’s words; the history limit may since 1.33', () => {
  const refused = (spec: object, kubernetes = '1.36') =>
    Lab.up({ claims: true }, { kubernetes }).refusal({
      type: 'patchObject',
      kind: 'statefulsets',
      ...WEB,
      patch: { spec },
    })
  for (const spec of [
    { serviceName: 'other' },
    { podManagementPolicy: 'Parallel' },
    { selector: { matchLabels: { app: 'other' } } },
    { volumeClaimTemplates: [] },
  ])
    expect(refused(spec)).toContain('updates to statefulset spec for fields other than')
  expect(refused({ revisionHistoryLimit: 3 })).toBeUndefined()
  expect(refused({ revisionHistoryLimit: 3 }, '1.30')).toContain('updates to statefulset spec for fields other than')
})

it('a pod that its volume pins to a lost node: switching that node on is what helps first', () => {
  const at = (node: string) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: `disk-of-${node}` },
    spec: {
      capacity: { storage: '1Gi' },
      accessModes: ['ReadWriteOnce'],
      storageClassName: 'local',
      local: { path: '/mnt' },
      nodeAffinity: {
        required: {
          nodeSelectorTerms: [
            { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [node] }] },
          ],
        },
      },
    },
  })
  const local = {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'local' },
    provisioner: 'kubernetes.io/no-provisioner',
    volumeBindingMode: 'WaitForFirstConsumer',
  }
  const claims = {
    volumeClaimTemplates: [
      {
        metadata: { name: 'www' },
        spec: {
          accessModes: ['ReadWriteOnce'],
          storageClassName: 'local',
          resources: { requests: { storage: '1Gi' } },
        },
      },
    ],
  }
  const set = setNamed({ replicas: 1, claims: true, spec: claims })
  const lab = new Lab().apply(...([local, at('node-2')] as unknown as AnyObject[]), serviceNamed(), set)
  lab.quiet()
  expect(lab.get('Pod', 'web-0').spec.nodeName).toBe('node-2')
  lab.give({ type: 'powerOffNode', namespace: 'default', name: 'node-2' }).run(120_000)
  lab.deletePod('web-0', { force: true }).run(60_000)
  expect(lab.get('Pod', 'web-0').status.phase).toBe('Pending')
  const { chain, unblock } = why(lab.world, 'Pod/default/web-0')
  expect(chain.map(({ reason }) => reason.detail?.rules)).toEqual(['taint,volumeAffinity'])
  expect(unblock.map(({ code, subject }) => `${code} ${subject}`)).toEqual([
    'switchOnNode Node//node-2',
    'makeRoom Pod/default/web-0',
  ])
})
