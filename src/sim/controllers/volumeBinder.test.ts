/** Claims and volumes: how they find each other, and what becomes of the data. */
import { describe, expect, it } from 'vitest'
import { get } from '../kernel/sorted.ts'
import { claimDraft, podDraft, ToyCluster } from './fixtures/toyCluster.ts'
import { volumeBinder } from './volumeBinder.ts'
import { volumeProtection } from './volumeProtection.ts'

const cluster = () => new ToyCluster([volumeBinder, volumeProtection])

const classDraft = (name: string, fields: object = {}) => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name },
  provisioner: 'disk.csi.example.com',
  ...fields,
})

const volumeDraft = (name: string, storage: string, spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: { name },
  spec: { capacity: { storage }, accessModes: ['ReadWriteOnce'], ...spec },
})

const claimOf = (toy: ToyCluster, name = 'www') => toy.get('PersistentVolumeClaim', name)
const volumes = (toy: ToyCluster) =>
  toy.list('PersistentVolume').map(({ metadata, status }) => `${metadata.name} ${status.phase}`)
const reasons = (toy: ToyCluster, name = 'www') => toy.reasons(name, 'PersistentVolumeClaim')

describe('a claim of the default class', () => {
  it('gets a volume made for it, and both are bound', () => {
    const toy = cluster().create(claimDraft('www')).run(60)
    expect(claimOf(toy).status).toEqual({ phase: 'Pending' })
    expect(claimOf(toy).metadata.annotations).toEqual({
      'volume.beta.kubernetes.io/storage-provisioner': 'disk.csi.example.com',
      'volume.kubernetes.io/storage-provisioner': 'disk.csi.example.com',
    })
    const until = reasons(toy)[0]?.until as number
    expect(reasons(toy)).toMatchObject([{ reason: 'provisioning' }])
    expect(until).toBeGreaterThanOrEqual(900)
    expect(until).toBeLessThanOrEqual(1600)
    expect(toy.quiet().now).toBeGreaterThanOrEqual(until)

    const { uid } = claimOf(toy).metadata
    expect(claimOf(toy)).toMatchObject({
      metadata: { annotations: { 'pv.kubernetes.io/bind-completed': 'yes' } },
      spec: { volumeName: `pvc-${uid}`, storageClassName: 'standard' },
      status: { phase: 'Bound', accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' } },
    })
    expect(toy.list('PersistentVolume')[0]).toMatchObject({
      metadata: { name: `pvc-${uid}`, annotations: { 'pv.kubernetes.io/provisioned-by': 'disk.csi.example.com' } },
      spec: {
        capacity: { storage: '1Gi' },
        claimRef: { kind: 'PersistentVolumeClaim', namespace: 'default', name: 'www', uid },
        persistentVolumeReclaimPolicy: 'Delete',
        storageClassName: 'standard',
      },
      status: { phase: 'Bound' },
    })
    expect(toy.events('www')).toEqual([
      "ExternalProvisioning: Waiting for a volume to be created either by the external provisioner 'disk.csi.example.com' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.",
      'Provisioning: External provisioner is provisioning volume for claim "default/www"',
      `ProvisioningSucceeded: Successfully provisioned volume pvc-${uid}`,
    ])
    expect(reasons(toy)).toEqual([])
    expect(toy.facts.map(({ type }) => type).filter((type) => type !== 'eventRecorded')).toEqual([
      'claimCreated',
      'claimUpdated',
      'volumeCreated',
      'volumeBound',
      'claimUpdated',
      'claimBound',
    ])
  })

  it('is not made a volume when it is gone before', () => {
    const toy = cluster().create(claimDraft('www')).run(300).delete('PersistentVolumeClaim', 'www').quiet()
    expect(toy.list('PersistentVolume')).toEqual([])
    expect([toy.world.memories, toy.world.waiting]).toEqual([[], []])
  })

  it('that was made anew meanwhile waits for its own volume', () => {
    const toy = cluster().create(claimDraft('www')).run(300).delete('PersistentVolumeClaim', 'www')
    toy.until((now) => now.find('PersistentVolumeClaim', 'www') === undefined)
    const again = toy.create(claimDraft('www')).now
    expect(toy.quiet().now - again).toBeGreaterThanOrEqual(900)
    expect(volumes(toy)).toEqual([`pvc-${claimOf(toy).metadata.uid} Bound`])
  })
})

describe('a claim names its class', () => {
  const beta = (name: string) => ({ annotations: { 'volume.beta.kubernetes.io/storage-class': name } })

  it.each<[string, object, object]>([
    ['in its spec', { storageClassName: 'fast' }, {}],
    ['in the annotation of 2017', {}, beta('fast')],
    ['in both, and the annotation counts', { storageClassName: 'standard' }, beta('fast')],
  ])('%s', (_where, spec, metadata) => {
    const toy = cluster()
      .create(classDraft('fast'), claimDraft('www', spec, metadata))
      .quiet()
    expect(toy.list('PersistentVolume').map(({ spec: { storageClassName } }) => storageClassName)).toEqual(['fast'])
  })

  it('by the alpha annotation it names none: it gets the default class', () => {
    const metadata = { annotations: { 'volume.alpha.kubernetes.io/storage-class': 'anything' } }
    expect(
      claimOf(
        cluster()
          .create(claimDraft('www', {}, metadata))
          .quiet(),
      ).spec.storageClassName,
    ).toBe('standard')
  })

  it('that does not exist: it waits, says so once, and is served when the class comes', () => {
    const toy = cluster()
      .create(claimDraft('www', {}, beta('anything')))
      .quiet()
    expect(toy.events('www')).toEqual(['ProvisioningFailed: storageclass.storage.k8s.io "anything" not found'])
    expect(reasons(toy)).toMatchObject([{ reason: 'noStorageClass', detail: { storageClass: 'anything' } }])
    const said = toy.events('www')
    expect(toy.create(classDraft('other')).quiet().events('www')).toEqual(said)
    expect(claimOf(toy.create(classDraft('anything')).quiet()).status.phase).toBe('Bound')
  })

  it('that is taken away while it waits for its first consumer: it says that the class is missing', () => {
    const toy = cluster()
      .create(classDraft('lazy', { volumeBindingMode: 'WaitForFirstConsumer' }))
      .create(claimDraft('www', { storageClassName: 'lazy' }))
      .quiet()
    expect(reasons(toy)).toMatchObject([{ reason: 'waitForFirstConsumer' }])
    toy.do({ do: 'delete', kind: 'StorageClass', name: 'lazy' }).quiet()
    expect(reasons(toy)).toMatchObject([{ reason: 'noStorageClass', detail: { storageClass: 'lazy' } }])
    expect(toy.events('www').at(-1)).toBe('ProvisioningFailed: storageclass.storage.k8s.io "lazy" not found')
  })

  it('as none: it waits for a volume that somebody makes', () => {
    const toy = cluster()
      .create(claimDraft('www', { storageClassName: '' }))
      .quiet()
    expect(toy.events('www')).toEqual([
      'FailedBinding: no persistent volumes available for this claim and no storage class is set',
    ])
    expect(reasons(toy)).toMatchObject([{ reason: 'noStorageClass' }])
    toy.create(volumeDraft('small', '500Mi')).quiet()
    expect(claimOf(toy).status.phase).toBe('Pending')
    toy.create(volumeDraft('right', '2Gi')).quiet()
    expect(claimOf(toy).spec.volumeName).toBe('right')
    expect(reasons(toy)).toEqual([])
  })
})

describe('a volume that exists', () => {
  it('is the smallest that is large enough', () => {
    const toy = cluster()
    toy.create(volumeDraft('small', '500Mi'), volumeDraft('large', '5Gi'), volumeDraft('right', '2Gi')).quiet()
    toy.create(claimDraft('www', { storageClassName: '' })).quiet()
    expect(volumes(toy)).toEqual(['large Available', 'right Bound', 'small Available'])
  })

  it('goes to the claim that it is reserved for and to no other', () => {
    const claimRef = { kind: 'PersistentVolumeClaim', namespace: 'default', name: 'mine' }
    const toy = cluster()
      .create(volumeDraft('kept', '1Gi', { claimRef }))
      .quiet()
    toy.create(claimDraft('other', { storageClassName: '' }), claimDraft('mine', { storageClassName: '' })).quiet()
    expect(claimOf(toy, 'mine').spec.volumeName).toBe('kept')
    expect(claimOf(toy, 'other').status.phase).toBe('Pending')
  })

  it('must have the access modes and the class of the claim', () => {
    const toy = cluster()
      .create(volumeDraft('a', '1Gi'), volumeDraft('b', '1Gi', { storageClassName: 'slow' }))
      .quiet()
    toy.create(claimDraft('www', { storageClassName: '', accessModes: ['ReadWriteMany'] })).quiet()
    expect(claimOf(toy).status.phase).toBe('Pending')
    toy.create(classDraft('slow', { provisioner: 'kubernetes.io/no-provisioner' }))
    toy.create(claimDraft('slow', { storageClassName: 'slow' })).quiet()
    expect(claimOf(toy, 'slow').spec.volumeName).toBe('b')
  })

  it('must have the labels that the claim selects, and the same mode', () => {
    const labelled = { ...volumeDraft('b', '1Gi'), metadata: { name: 'b', labels: { tier: 'fast' } } }
    const toy = cluster().create(volumeDraft('a', '1Gi'), labelled, volumeDraft('raw', '1Gi', { volumeMode: 'Block' }))
    toy.quiet().create(claimDraft('www', { storageClassName: '', selector: { matchLabels: { tier: 'fast' } } }))
    toy.create(claimDraft('disk', { storageClassName: '', volumeMode: 'Block' })).quiet()
    expect(claimOf(toy).spec.volumeName).toBe('b')
    expect(claimOf(toy, 'disk').spec.volumeName).toBe('raw')
  })

  it('and is reserved must still be large enough', () => {
    const claimRef = { kind: 'PersistentVolumeClaim', namespace: 'default', name: 'www' }
    const toy = cluster()
      .create(volumeDraft('small', '500Mi', { claimRef }))
      .quiet()
    expect(claimOf(toy.create(claimDraft('www', { storageClassName: '' })).quiet()).status.phase).toBe('Pending')
  })

  it.each<[string, object, string]>([
    [
      'too small',
      volumeDraft('mine', '1Mi'),
      'VolumeMismatch: Cannot bind to requested volume "mine": requested PV is too small',
    ],
    [
      'of another class',
      volumeDraft('mine', '1Gi', { storageClassName: 'slow' }),
      'VolumeMismatch: Cannot bind to requested volume "mine": storageClassName does not match',
    ],
    [
      'of other modes',
      volumeDraft('mine', '1Gi', { accessModes: ['ReadOnlyMany'] }),
      'VolumeMismatch: Cannot bind to requested volume "mine": incompatible accessMode',
    ],
    [
      "somebody else's",
      volumeDraft('mine', '1Gi', { claimRef: { kind: 'PersistentVolumeClaim', namespace: 'default', name: 'other' } }),
      'FailedBinding: volume "mine" already bound to a different claim.',
    ],
  ])('that a claim names is refused when it is %s', (_what, volume, expected) => {
    const toy = cluster()
      .create(volume, claimDraft('www', { storageClassName: '', volumeName: 'mine' }))
      .quiet()
    expect(claimOf(toy).status.phase).toBe('Pending')
    expect(toy.events('www')).toEqual([expected])
    expect(reasons(toy)).toMatchObject([{ reason: 'namedVolume', detail: { volume: 'mine' } }])
  })

  it('that a claim names is waited for, and no other is taken', () => {
    const toy = cluster().create(volumeDraft('other', '1Gi')).quiet()
    toy.create(claimDraft('www', { storageClassName: '', volumeName: 'mine' })).quiet()
    expect(claimOf(toy).status.phase).toBe('Pending')
    expect(claimOf(toy.create(volumeDraft('mine', '1Gi')).quiet()).status.phase).toBe('Bound')
    expect(volumes(toy)).toEqual(['mine Bound', 'other Available'])
  })

  it('is not made where nobody makes any, or for a claim that selects', () => {
    const selector = { matchLabels: { tier: 'fast' } }
    const toy = cluster().create(classDraft('hand', { provisioner: 'kubernetes.io/no-provisioner' }))
    toy.create(claimDraft('www', { storageClassName: 'hand' }), claimDraft('fast', { selector })).quiet()
    expect(toy.events('www')).toEqual([
      'ProvisioningFailed: no volume plugin matched name: kubernetes.io/no-provisioner',
    ])
    expect(toy.events('fast')).toEqual([
      'ProvisioningFailed: failed to provision volume with StorageClass "standard": claim Selector is not supported',
    ])
    expect(reasons(toy)).toMatchObject([{ reason: 'noProvisioner', detail: { storageClass: 'hand' } }])
  })

  it('whose claim has lost it takes the data along', () => {
    const toy = cluster().create(claimDraft('www')).quiet()
    const name = claimOf(toy).spec.volumeName as string
    const volume = toy.list('PersistentVolume')[0] as object
    toy.do({ do: 'delete', kind: 'PersistentVolume', name })
    expect(volumes(toy.quiet())).toEqual([`${name} Bound`])
    toy.update({ ...volume, metadata: { ...toy.list('PersistentVolume')[0]?.metadata, finalizers: [] } }).quiet()
    expect(claimOf(toy).status.phase).toBe('Lost')
    expect(toy.events('www').at(-1)).toBe(
      'ClaimLost: Bound claim has lost its PersistentVolume. Data on the volume is lost!',
    )
  })

  it('whose claim is taken out of it is bound to that claim again, or lost to it when it was given away', () => {
    const toy = cluster().create(claimDraft('www')).quiet()
    const { uid } = claimOf(toy).metadata
    const held = () => toy.list('PersistentVolume')[0]
    const claimRef = held()?.spec.claimRef
    const unbound = (ref: object | undefined) => {
      const { claimRef: _dropped, ...spec } = held()?.spec ?? ({} as never)
      return toy.update({ ...held(), spec: { ...spec, ...(ref && { claimRef: ref }) } }).quiet()
    }
    unbound(undefined)
    expect(held()).toMatchObject({ spec: { claimRef: { name: 'www', uid } }, status: { phase: 'Bound' } })
    expect(claimOf(toy).status.phase).toBe('Bound')
    unbound({ ...claimRef, name: 'other', uid: 'another' })
    expect(claimOf(toy).status.phase).toBe('Lost')
    expect(toy.events('www').at(-1)).toBe(
      'ClaimMisbound: Two claims are bound to the same volume, this one is bound incorrectly',
    )
  })
})

describe('when the claim is deleted', () => {
  const filled = (reclaimPolicy: string) => {
    const toy = cluster().create(classDraft('mine', { reclaimPolicy }), claimDraft('www', { storageClassName: 'mine' }))
    const volume = claimOf(toy.quiet()).spec.volumeName as string
    toy.do({ do: 'writeDisk', volume, files: { '/index.html': 'hello' } })
    return { toy, volume, disk: () => get(toy.world.disks, volume) }
  }

  it('a volume of policy Delete is erased with all that is on it', () => {
    const { toy, volume, disk } = filled('Delete')
    toy.delete('PersistentVolumeClaim', 'www').run(150)
    expect(volumes(toy)).toEqual([`${volume} Released`])
    expect(disk()).toEqual({ '/index.html': 'hello' })
    toy.quiet()
    expect([volumes(toy), disk()]).toEqual([[], undefined])
  })

  it('a volume whose policy is changed in time is kept', () => {
    const { toy, volume, disk } = filled('Delete')
    toy.delete('PersistentVolumeClaim', 'www').run(150)
    const kept = toy.list('PersistentVolume')[0]
    toy.update({ ...kept, spec: { ...kept?.spec, persistentVolumeReclaimPolicy: 'Retain' } }).quiet()
    expect(volumes(toy)).toEqual([`${volume} Released`])
    expect(disk()).toEqual({ '/index.html': 'hello' })
  })

  it('a volume of policy Retain is kept, released, and not given to a claim of the same name', () => {
    const { toy, volume, disk } = filled('Retain')
    toy
      .delete('PersistentVolumeClaim', 'www')
      .quiet()
      .create(claimDraft('www', { storageClassName: 'mine' }))
      .quiet()
    expect(disk()).toEqual({ '/index.html': 'hello' })
    expect(claimOf(toy).spec.volumeName).not.toBe(volume)
    expect(volumes(toy)).toContain(`${volume} Released`)
  })

  it('a volume of policy Retain is free again when its claimRef is taken away', () => {
    const { toy, volume } = filled('Retain')
    toy.delete('PersistentVolumeClaim', 'www').quiet()
    const { claimRef: _dropped, ...spec } = toy.list('PersistentVolume')[0]?.spec ?? ({} as never)
    toy.update({ ...toy.list('PersistentVolume')[0], spec }).quiet()
    expect(volumes(toy)).toEqual([`${volume} Available`])
    toy.create(claimDraft('next', { storageClassName: 'mine' })).quiet()
    expect(claimOf(toy, 'next').spec.volumeName).toBe(volume)
  })
})

describe('protection', () => {
  it('keeps a claim that a scheduled pod mentions, and lets it go with the pod', () => {
    const toy = cluster()
      .create(claimDraft('www'), podDraft('a', { claim: 'www' }))
      .quiet()
    toy.delete('PersistentVolumeClaim', 'www').quiet()
    expect(claimOf(toy).metadata.deletionTimestamp).toBeDefined()
    expect(claimOf(toy).status.phase).toBe('Bound')
    expect(reasons(toy)).toMatchObject([{ reason: 'claimInUse', on: 'Pod/default/a' }])
    toy.delete('Pod', 'a', 0).quiet()
    expect(toy.find('PersistentVolumeClaim', 'www')).toBeUndefined()
    expect(toy.world.waiting).toEqual([])
  })

  it('does not count a pod without a node', () => {
    const toy = cluster().create(
      claimDraft('www'),
      podDraft('a', { claim: 'www', spec: { nodeName: undefined as never } }),
    )
    expect(
      toy.quiet().delete('PersistentVolumeClaim', 'www').quiet().find('PersistentVolumeClaim', 'www'),
    ).toBeUndefined()
  })

  it('keeps a bound volume until its claim is gone', () => {
    const toy = cluster().create(claimDraft('www')).quiet()
    const name = claimOf(toy).spec.volumeName as string
    toy.do({ do: 'delete', kind: 'PersistentVolume', name }).quiet()
    expect(volumes(toy)).toEqual([`${name} Bound`])
    toy.delete('PersistentVolumeClaim', 'www').quiet()
    expect(volumes(toy)).toEqual([])
  })
})
