// Owners and dependents are ConfigMaps and pods of a cluster in which nobody but the garbage collector works.
import { describe, expect, it } from 'vitest'
import { nameChange } from '../api/nameChange.ts'
import { strategies } from '../api/strategies.ts'
import type { AnyObject, OwnerReference, Pod } from '../api/types.ts'
import { listObjects, readObject } from '../kernel/apiServer.ts'
import type { Command } from '../kernel/command.ts'
import { makeKernel } from '../kernel/kernel.ts'
import type { DeleteOptions, World } from '../kernel/types.ts'
import { garbageCollector } from './garbageCollector.ts'

/** What the next command deletes, and how. */
let deleting: DeleteOptions = {}

const kernel = makeKernel({
  deciders: [garbageCollector],
  strategies,
  rules: [],
  nameChange,
  *act(view, command) {
    if (command.type === 'applyObjects')
      for (const object of command.objects) {
        const there = view.get(object.kind, 'default', object.metadata.name)
        const answer = there ? yield { do: 'update', object } : yield { do: 'create', object }
        if (!answer.ok) return answer.refusal
      }
    if (command.type === 'deleteObject') {
      const { name } = command
      const kind = command.kind as 'ConfigMap'
      const answer = yield { do: 'delete', kind, namespace: 'default', name, options: deleting }
      if (!answer.ok) return answer.refusal
    }
    return undefined
  },
  bootstrap: () => [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' }, status: { phase: 'Active' } },
  ],
  freeze: true,
})

const settings = {
  clusterDomain: 'cluster.local',
  kubernetes: '1.36',
  gates: { MaxUnavailableStatefulSet: false },
  dnsTtlSeconds: 30,
}

const given = (world: World, command: Command): World => {
  const { world: after, refusal } = kernel.dispatch(world, command)
  if (refusal) throw new Error(refusal.message)
  return after
}

const configMap = (name: string, owners: readonly OwnerReference[] = []): AnyObject =>
  ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default', ownerReferences: owners } }) as never

/** A pod on a node, which takes its grace period to go. */
const pod = (name: string, owners: readonly OwnerReference[]): AnyObject =>
  ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default', ownerReferences: owners },
    spec: { nodeName: 'node-1', containers: [{ name: 'c', image: 'nginx' }] },
  }) as never

const apply = (world: World, ...objects: AnyObject[]) => given(world, { type: 'applyObjects', objects })

function remove(world: World, kind: string, name: string, options: DeleteOptions = {}): World {
  deleting = options
  return given(world, { type: 'deleteObject', kind, namespace: 'default', name })
}

const read = <K extends 'ConfigMap' | 'Pod'>(world: World, kind: K, name: string) =>
  readObject(world.objects, kind, 'default', name)

function owner(world: World, name: string, more: Partial<OwnerReference> = {}): OwnerReference {
  const uid = read(world, 'ConfigMap', name)?.metadata.uid ?? 'gone'
  return { apiVersion: 'v1', kind: 'ConfigMap', name, uid, blockOwnerDeletion: true, ...more }
}

const names = (world: World) => listObjects(world.objects, 'ConfigMap').map(({ metadata }) => metadata.name)
const settle = (world: World) => kernel.advance(world, world.now + 2000).world

/** `owner` with the dependents `a` and `b`, and `other` with nothing. */
function family(): World {
  const world = apply(kernel.create(1, settings), configMap('owner'), configMap('other'))
  return settle(apply(world, configMap('a', [owner(world, 'owner')]), configMap('b', [owner(world, 'owner')])))
}

describe('in the background', () => {
  it('the owner goes at once, its dependents a moment later, each at its own', () => {
    const world = remove(family(), 'ConfigMap', 'owner')
    expect(names(world)).toEqual(['a', 'b', 'other'])
    const { world: after, facts } = kernel.advance(world, world.now + 2000)
    expect(names(after)).toEqual(['other'])
    const moments = facts.map(({ at, by, name }) => [at - world.now, by, name] as const)
    expect(moments.map(([, by]) => by)).toEqual(['garbageCollector', 'garbageCollector'])
    expect(moments[0]?.[0]).not.toBe(moments[1]?.[0])
    expect(moments.every(([afterMs]) => afterMs >= 20 && afterMs <= 120)).toBe(true)
  })

  it('a pod gets its grace period', () => {
    const start = family()
    const world = settle(remove(apply(start, pod('p', [owner(start, 'owner')])), 'ConfigMap', 'owner'))
    expect((read(world, 'Pod', 'p') as Pod).metadata.deletionGracePeriodSeconds).toBe(30)
  })

  it('what has another owner stays, and forgets the one that went', () => {
    const start = family()
    const shared = apply(start, configMap('shared', [owner(start, 'owner'), owner(start, 'other')]))
    const world = settle(remove(shared, 'ConfigMap', 'owner'))
    expect(names(world)).toEqual(['other', 'shared'])
    expect(read(world, 'ConfigMap', 'shared')?.metadata.ownerReferences).toEqual([owner(world, 'other')])
  })

  it('an owner of the same name and another uid is another owner', () => {
    const start = family()
    const again = apply(remove(start, 'ConfigMap', 'owner'), configMap('owner'))
    expect(names(settle(again))).toEqual(['other', 'owner'])
  })

  it('what is made for an owner that is gone already goes too', () => {
    const world = settle(apply(family(), configMap('late', [owner(family(), 'other', { uid: 'gone' })])))
    expect(names(world)).not.toContain('late')
  })

  it('an owner of a kind that the cluster does not keep counts as there', () => {
    const foreign = { apiVersion: 'example.com/v1', kind: 'Backup', name: 'nightly', uid: 'x' }
    expect(names(settle(apply(family(), configMap('kept', [foreign]))))).toContain('kept')
  })

  it('goes on down the line', () => {
    const start = family()
    const line = apply(start, configMap('grandchild', [owner(start, 'a')]))
    expect(names(settle(remove(line, 'ConfigMap', 'owner')))).toEqual(['other'])
  })
})

describe('in the foreground', () => {
  const foreground: DeleteOptions = { propagation: 'Foreground' }

  it('the owner waits for its dependents, and says for which', () => {
    const start = family()
    const world = settle(remove(apply(start, pod('p', [owner(start, 'owner')])), 'ConfigMap', 'owner', foreground))
    expect(names(world)).toEqual(['other', 'owner'])
    expect(read(world, 'ConfigMap', 'owner')?.metadata.finalizers).toEqual(['foregroundDeletion'])
    expect((read(world, 'Pod', 'p') as Pod).metadata.deletionTimestamp).toBeDefined()
    expect(world.waiting.flat().flatMap(([, reasons]) => reasons)).toMatchObject([
      { reason: 'finalizerHolds', subject: 'ConfigMap/default/owner', on: 'Pod/default/p' },
    ])
    const after = settle(remove(world, 'Pod', 'p', { graceSeconds: 0 }))
    expect(names(after)).toEqual(['other'])
    expect(after.waiting).toEqual([])
  })

  it('a dependent that does not block is not waited for, and goes after the owner', () => {
    const start = family()
    const loose = apply(start, pod('p', [owner(start, 'owner', { blockOwnerDeletion: false })]))
    const world = settle(remove(loose, 'ConfigMap', 'owner', foreground))
    expect(names(world)).toEqual(['other'])
    expect((read(world, 'Pod', 'p') as Pod).metadata.deletionTimestamp).toBeDefined()
  })

  it('a dependent that is given away is not waited for any longer', () => {
    const start = family()
    const world = settle(remove(apply(start, pod('p', [owner(start, 'owner')])), 'ConfigMap', 'owner', foreground))
    const held = read(world, 'Pod', 'p') as Pod
    const freed = apply(world, { ...held, metadata: { ...held.metadata, ownerReferences: [] } })
    expect(names(settle(freed))).toEqual(['other'])
  })

  it('a dependent with dependents of its own goes in the foreground as well', () => {
    const start = family()
    const line = apply(start, pod('p', [owner(start, 'a')]))
    const world = settle(remove(line, 'ConfigMap', 'owner', foreground))
    expect(names(world)).toEqual(['a', 'other', 'owner'])
    expect(read(world, 'ConfigMap', 'a')?.metadata.finalizers).toEqual(['foregroundDeletion'])
    expect(names(settle(remove(world, 'Pod', 'p', { graceSeconds: 0 })))).toEqual(['other'])
  })
})

describe('orphaning', () => {
  it('takes the owner out of its dependents and lets it go', () => {
    const world = settle(remove(family(), 'ConfigMap', 'owner', { propagation: 'Orphan' }))
    expect(names(world)).toEqual(['a', 'b', 'other'])
    expect(read(world, 'ConfigMap', 'a')?.metadata.ownerReferences).toEqual([])
  })
})
