/** What a person may do to nodes and their machines: what is refused and in which words, and what a cut-off node refuses. */
import { afterEach, describe, expect, it } from 'vitest'
import { webV1 } from '../../content/manifests/webV1.ts'
import { lamps, why } from '../index.ts'
import type { Command } from '../kernel/command.ts'
import { readManifests } from '../manifest/index.ts'
import { Lab } from '../scenario/fixtures/lab.ts'

afterEach(() => expect(Lab.violations()).toEqual([]))

const WEB = 'StatefulSet/default/web'

const onNode2 = (type: Command['type'], more: object = {}): Command =>
  ({ type, namespace: 'default', name: 'node-2', ...more }) as Command
const onWeb1 = (type: Command['type'], more: object = {}): Command =>
  ({ type, namespace: 'default', name: 'web-1', ...more }) as Command

const nodeIn = (lab: Lab, name: string) => lab.find('Node', name)

const lampIn = ({ world }: Lab, id: string) => lamps(world, WEB).find((lamp) => lamp.id === id)

/** What would unblock an object: the codes with their commands' types. */
const unblocks = ({ world }: Lab, key: Parameters<typeof why>[1]): string[] =>
  why(world, key).unblock.map(({ code, command }) => (command ? `${code} by ${command.type}` : code))

/** The web set on three nodes, settled. */
const settled = () => new Lab().apply(...readManifests(webV1, { namespace: 'default' }).objects).run(60_000)

describe('nodes of a run', () => {
  it('are three when nothing is said, and as the settings say', () => {
    expect(new Lab().list('Node').map(({ metadata }) => metadata.name)).toEqual(['node-1', 'node-2', 'node-3'])
    const taints = [{ key: 'only', value: 'db', effect: 'NoSchedule' }]
    const run = new Lab({
      nodes: [{ name: 'a', zone: 'z1', cpu: '2', memory: '8Gi', pods: '10', labels: { disk: 'ssd' }, taints }],
    })
    expect(run.list('Node')).toMatchObject([
      {
        metadata: { labels: { 'topology.kubernetes.io/zone': 'z1', 'kubernetes.io/hostname': 'a', disk: 'ssd' } },
        spec: { podCIDR: '10.244.2.0/23', taints },
        status: { allocatable: { cpu: '2', memory: '8Gi', pods: '10' } },
      },
    ])
  })

  it('join with a range of addresses of their own, and are told of', () => {
    const run = new Lab().give({ type: 'addNode', namespace: 'default', name: 'node-4', zone: 'b', cpu: '2' }).run(6000)
    expect(nodeIn(run, 'node-4')).toMatchObject({
      metadata: { labels: { 'topology.kubernetes.io/zone': 'b' } },
      spec: { podCIDR: '10.244.8.0/23' },
      status: { capacity: { cpu: '2', memory: '16Gi' } },
    })
    expect(run.list('Event').map(({ message }) => message)).toEqual([
      'Node node-4 event: Registered Node node-4 in Controller',
    ])
  })

  it('take the number of one that left', () => {
    const run = new Lab().give(onNode2('deleteObject', { kind: 'nodes' }), {
      type: 'addNode',
      namespace: 'default',
      name: 'new',
    })
    expect(nodeIn(run, 'new')?.spec.podCIDR).toBe('10.244.4.0/23')
  })

  it.each([
    [{ cpu: 'many' }, expect.stringMatching(/^addNode: cpu "many": quantities must match/)],
    [{ memory: '-1' }, 'addNode: memory "-1" must be greater than or equal to 0'],
    [{ name: 'node-1' }, 'nodes "node-1" already exists'],
    [{ name: 'Node' }, expect.stringContaining('a lowercase RFC 1123 subdomain')],
  ])('are refused: %j', (more, message) => {
    expect(new Lab().refusal({ type: 'addNode', namespace: 'default', name: 'node-4', ...more } as Command)).toEqual(
      message,
    )
  })
})

describe('taints and labels', () => {
  it('are set, replaced and taken away', () => {
    const run = new Lab().give(
      onNode2('taintNode', { key: 'a', value: '1', effect: 'NoSchedule' }),
      onNode2('taintNode', { key: 'a', value: '2', effect: 'NoSchedule' }),
      onNode2('taintNode', { key: 'a', effect: 'NoExecute' }),
      onNode2('labelNode', { label: 'disk', value: 'ssd' }),
    )
    expect(nodeIn(run, 'node-2')?.spec.taints).toEqual([
      { key: 'a', effect: 'NoExecute' },
      { key: 'a', value: '2', effect: 'NoSchedule' },
    ])
    expect(nodeIn(run, 'node-2')?.metadata.labels?.disk).toBe('ssd')
    run.give(onNode2('untaintNode', { key: 'a', effect: 'NoExecute' }))
    expect(nodeIn(run, 'node-2')?.spec.taints).toEqual([{ key: 'a', value: '2', effect: 'NoSchedule' }])
    run.give(onNode2('untaintNode', { key: 'a' }), onNode2('labelNode', { label: 'disk' }))
    expect(nodeIn(run, 'node-2')?.spec.taints).toBeUndefined()
    expect(nodeIn(run, 'node-2')?.metadata.labels?.disk).toBeUndefined()
  })

  it.each([
    [
      onNode2('taintNode', { key: 'a', effect: 'NoWay' }),
      'error: invalid taint effect: NoWay, unsupported taint effect',
    ],
    [onNode2('untaintNode', { key: 'a' }), 'error: taint "a" not found'],
    [onNode2('untaintNode', { key: 'a', effect: 'NoExecute' }), 'error: taint "a:NoExecute" not found'],
    [onNode2('taintNode', { name: 'node-9', key: 'a', effect: 'NoExecute' }), 'nodes "node-9" not found'],
    [onNode2('labelNode', { name: 'node-9', label: 'a' }), 'nodes "node-9" not found'],
    [onNode2('powerOffNode', { name: 'node-9' }), 'nodes "node-9" not found'],
  ])('%j is refused', (command, message) => {
    expect(new Lab().refusal(command)).toBe(message)
  })
})

describe('acts upon a machine', () => {
  it('are refused when they would do nothing', () => {
    const run = new Lab()
    expect(run.refusal(onNode2('powerOnNode'))).toBe('node-2 is on already')
    expect(run.refusal(onNode2('reconnectNode'))).toBe('node-2 is not cut off')
    run.give(onNode2('powerOffNode'), onNode2('cutOffNode'))
    expect(run.refusal(onNode2('powerOffNode'))).toBe('node-2 is off already')
    expect(run.refusal(onNode2('shutDownNode'))).toBe('node-2 is off already')
    expect(run.refusal(onNode2('cutOffNode'))).toBe('node-2 is cut off already')
    run.give(onNode2('powerOnNode'), onNode2('reconnectNode'), onNode2('rebootNode'), onNode2('shutDownNode'))
  })

  const unreachable = 'Error from server: error dialing backend: dial tcp 172.18.0.3:10250: connect: no route to host'

  it.each([
    [onNode2('cutOffNode'), onNode2('reconnectNode')],
    [onNode2('powerOffNode'), onNode2('powerOnNode')],
  ])('keep the API server from its kubelet: %j', (away, back) => {
    const run = settled().give(away)
    const write = onWeb1('writeFile', { path: '/usr/share/nginx/html/a', text: 'x' })
    expect(run.refusal(write)).toBe(unreachable)
    expect(run.refusal(onWeb1('crashContainer'))).toBe(unreachable)
    expect(run.give(back).run(40_000).refusal(write)).toBeUndefined()
  })

  it('that goes in good order can be reached while it goes', () => {
    const write = onWeb1('writeFile', { path: '/usr/share/nginx/html/a', text: 'x' })
    expect(settled().give(onNode2('shutDownNode')).refusal(write)).toBeUndefined()
  })
})

describe('a lost node', () => {
  it('is named as the root of every wait, with what would end it', () => {
    const run = settled().give(onNode2('powerOffNode')).run(30_000)
    expect(why(run.world, 'Node//node-2').chain.map(({ reason }) => reason.reason)).toEqual(['nodeSilent'])
    expect(unblocks(run, 'Node//node-2')).toEqual(['switchOnNode by powerOnNode'])
    run.run(40_000)
    expect(why(run.world, WEB).chain.map(({ reason }) => reason.reason)).toEqual([
      'podNotReady',
      'podOnLostNode',
      'nodeLost',
    ])
    expect(unblocks(run, WEB)).toEqual(['switchOnNode by powerOnNode', 'putOutOfService by taintNode'])
  })

  it('that is merely cut off is reconnected', () => {
    expect(unblocks(settled().give(onNode2('cutOffNode')).run(70_000), WEB)).toEqual(['reconnectNode by reconnectNode'])
  })

  it('may be waited for, or its volume', () => {
    const run = settled()
      .give(onNode2('powerOffNode'))
      .run(70_000)
      .give(onWeb1('deletePod', { force: true }))
      .run(5000)
    expect(unblocks(run, WEB)).toEqual(['switchOnNode by powerOnNode', 'putOutOfService by taintNode', 'waitForDetach'])
    for (const { command } of why(run.world, WEB).unblock) if (command) run.give(command)
    run.give(onNode2('untaintNode', { key: 'node.kubernetes.io/out-of-service' })).run(60_000)
    expect(why(run.world, WEB).chain).toEqual([])
  })

  it('promises one process for each identity until somebody removes a pod that still runs', () => {
    const run = settled().give(onNode2('cutOffNode')).run(70_000)
    expect(lampIn(run, 'IDN-2')).toMatchObject({ status: 'held' })
    run.give(onWeb1('deletePod', { force: true })).run(5000)
    expect(lampIn(run, 'IDN-2')).toMatchObject({ status: 'notPromised', why: 'forceDelete' })
    run.run(370_000)
    expect(lampIn(run, 'IDN-2')).toMatchObject({ status: 'notPromised', why: 'twoProcesses' })
    run.give(onNode2('reconnectNode')).run(10_000)
    expect(lampIn(run, 'IDN-2')).toMatchObject({ status: 'held' })
  })

  it('is given up by its Node object as well: the collector asks no kubelet', () => {
    const run = settled()
      .give(onNode2('cutOffNode'), onNode2('deleteObject', { kind: 'nodes' }))
      .run(500_000)
    expect(lampIn(run, 'IDN-2')).toMatchObject({ status: 'notPromised', why: 'twoProcesses' })
    run.give({ type: 'addNode', namespace: 'default', name: 'node-2' }).run(20_000)
    expect(lampIn(run, 'IDN-2')).toMatchObject({ status: 'held' })
  })
})
