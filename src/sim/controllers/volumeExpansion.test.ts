/** Claims that ask for more than they have. */
import { describe, expect, it } from 'vitest'
import { claimDraft, podDraft, ToyCluster } from './fixtures/toyCluster.ts'
import { kubelet } from './kubelet.ts'
import { volumeBinder } from './volumeBinder.ts'
import { volumeExpansion } from './volumeExpansion.ts'

const fast = (more: object = {}) => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'fast' },
  provisioner: 'disk.csi.example.com',
  ...more,
})

const cluster = (more: object = { allowVolumeExpansion: true }) =>
  new ToyCluster([volumeBinder, volumeExpansion, kubelet])
    .create(fast(more), claimDraft('www', { storageClassName: 'fast' }))
    .quiet()

const claimOf = (toy: ToyCluster) => toy.get('PersistentVolumeClaim', 'www')

const ask = (toy: ToyCluster, storage: string) => {
  const claim = claimOf(toy)
  return toy.update({ ...claim, spec: { ...claim.spec, resources: { requests: { storage } } } })
}

describe('a claim that asks for more', () => {
  it('has its volume grown, and the file system when a pod runs with it', () => {
    const toy = ask(cluster(), '3Gi')
    toy.run(100)
    expect(claimOf(toy).status.conditions).toMatchObject([{ type: 'Resizing', status: 'True' }])
    toy.quiet()
    expect(toy.list('PersistentVolume')[0]?.spec.capacity).toEqual({ storage: '3Gi' })
    expect(claimOf(toy).status).toMatchObject({
      capacity: { storage: '1Gi' },
      conditions: [{ type: 'FileSystemResizePending', status: 'True' }],
    })
    toy.create(podDraft('p', { claim: 'www' })).quiet()
    expect(claimOf(toy).status).toMatchObject({ phase: 'Bound', capacity: { storage: '3Gi' } })
    expect(claimOf(toy).status.conditions).toBeUndefined()
    const name = claimOf(toy).spec.volumeName
    expect(toy.events('www').slice(-4)).toEqual([
      'ExternalExpanding: waiting for an external controller to expand this PVC',
      `Resizing: External resizer is resizing volume ${name}`,
      'FileSystemResizeRequired: Require file system resize of volume on node',
      `FileSystemResizeSuccessful: MountVolume.NodeExpandVolume succeeded for volume "${name}" node-1`,
    ])
    expect(toy.events('p')).toContain(
      `FileSystemResizeSuccessful: MountVolume.NodeExpandVolume succeeded for volume "${name}" node-1`,
    )
  })

  it('under a running pod is done without a restart', () => {
    const toy = cluster()
      .create(podDraft('p', { claim: 'www' }))
      .quiet()
    const { uid } = toy.get('Pod', 'p').metadata
    ask(toy, '2Gi').until(({ world }) => world.queue.flat().some(({ id }) => id === 'expandOnNode'))
    expect(claimOf(toy.run(1500)).status.conditions).toMatchObject([{ type: 'FileSystemResizePending' }])
    expect(claimOf(toy.quiet()).status.capacity).toEqual({ storage: '2Gi' })
    expect(toy.get('Pod', 'p').metadata.uid).toBe(uid)
  })

  it('is refused in the words of the admission plugin', () => {
    const refusal =
      'persistentvolumeclaims "www" is forbidden: only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize'
    expect(() => ask(cluster({}), '2Gi')).toThrow(refusal)
    const pending = new ToyCluster([]).create(fast({ allowVolumeExpansion: true }))
    pending.create(claimDraft('www', { storageClassName: 'fast' }))
    expect(() => ask(pending, '2Gi')).toThrow(
      'persistentvolumeclaims "www" is forbidden: Only bound persistent volume claims can be expanded',
    )
  })

  it('may not ask for less than it has', () => {
    expect(() => ask(cluster(), '500Mi')).toThrow(
      'spec.resources.requests.storage: Forbidden: field can not be less than status.capacity',
    )
  })
})
