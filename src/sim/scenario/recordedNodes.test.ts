/**
 * A node dies under a set of three: what a real v1.36.2 control plane was recorded doing to the node and to the pod on it,
 * until each way out, and the same from this cluster. Per object the order is exact; moments are not compared.
 */
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { AnyObject } from '../index.ts'
import type { Command } from '../kernel/command.ts'
import { Lab } from './fixtures/lab.ts'

afterEach(() => expect(Lab.violations()).toEqual([]))

const bears = (key: string) => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 20 })

/** As in the recordings: lost nodes are borne for 20 s only. */
const objects = [
  {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'web' },
    spec: {
      serviceName: 'web',
      replicas: 3,
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: {
          terminationGracePeriodSeconds: 10,
          tolerations: [bears('node.kubernetes.io/unreachable'), bears('node.kubernetes.io/not-ready')],
          containers: [
            { name: 'nginx', image: 'nginx:1', volumeMounts: [{ name: 'data', mountPath: '/usr/share/nginx/html' }] },
          ],
        },
      },
      volumeClaimTemplates: [
        {
          metadata: { name: 'data' },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
        },
      ],
    },
  },
] as unknown as AnyObject[]

const onNode2 = (type: Command['type'], more: object = {}): Command =>
  ({ type, namespace: 'default', name: 'node-2', ...more }) as Command

const OUT_OF_SERVICE = { key: 'node.kubernetes.io/out-of-service', value: 'nodeshutdown', effect: 'NoExecute' }

class Story extends Lab {
  constructor() {
    super()
    this.apply(...objects).run(30_000)
    this.facts.length = 0
  }

  /** What befell an object, without what only its kubelet writes while a container starts. */
  befell(kind: string, name: string): string[] {
    const usual = new Set(['containerWaiting', 'podRunning', 'commandGiven', 'eventRecorded'])
    return this.facts
      .filter((fact) => fact.kind === kind && fact.name === name && !usual.has(fact.type))
      .map(({ type, detail }) => [type, detail.taints ?? detail.grace ?? detail.ready ?? ''].join(' ').trim())
  }

  /** The events about an object that were recorded since, in order. */
  recorded(about: string): string[] {
    return this.facts
      .filter(({ type, detail }) => type === 'eventRecorded' && detail.about === about)
      .map(({ detail }) => `${detail.reason}: ${detail.message}`)
      .filter((text) => !/^(Pulled|Created|Started|Scheduled|SandboxChanged)/.test(text))
  }
}

const NO_SCHEDULE = 'node.kubernetes.io/unreachable:NoSchedule'
const NO_EXECUTE = 'node.kubernetes.io/unreachable:NoExecute'
const OFF = 'node.kubernetes.io/out-of-service=nodeshutdown:NoExecute'
const LOST = [
  'nodeNotReady Unknown',
  `nodeTaintsChanged ${NO_SCHEDULE}`,
  `nodeTaintsChanged ${NO_SCHEDULE} ${NO_EXECUTE}`,
]
const FOUND = ['nodeReady True', `nodeTaintsChanged ${NO_EXECUTE}`, 'nodeTaintsChanged']
const STUCK = ['podNotReady', 'podTerminating 10']
const REPLACED = ['podFailed', 'podDeleted', 'podCreated', 'podScheduled']
const MARKED = 'TaintManagerEviction: Marking for deletion Pod default/web-1'
const NOT_READY = 'NodeNotReady: Node is not ready'

/** Dead, marked, and stuck; a fourth pod is asked for. */
const stuck = () =>
  new Story()
    .give(onNode2('powerOffNode'))
    .run(90_000)
    .give({ type: 'scaleStatefulSet', namespace: 'default', name: 'web', replicas: 4 })
    .run(20_000)

describe('a node that died', () => {
  it('leaves its pod Terminating and the set waiting, with the container still shown as ready', () => {
    const story = stuck()
    expect(story.befell('Node', 'node-2')).toEqual(LOST)
    expect(story.befell('Pod', 'web-1')).toEqual(STUCK)
    expect(story.recorded('Pod/default/web-1')).toEqual([NOT_READY, MARKED])
    const { status, metadata } = story.pod('web-1')
    expect(status.phase).toBe('Running')
    expect(status.containerStatuses?.[0]?.ready).toBe(true)
    expect(status.conditions?.map(({ type, status: is, reason = '' }) => `${type}=${is} ${reason}`.trim())).toEqual([
      'PodReadyToStartContainers=True',
      'Initialized=True',
      'Ready=False',
      'ContainersReady=True',
      'PodScheduled=True',
      'DisruptionTarget=True DeletionByTaintManager',
    ])
    expect(metadata.deletionGracePeriodSeconds).toBe(10)
    expect(story.names()).toBe('web-0 web-1 web-2')
    expect(story.status()).toMatchObject({
      replicas: 3,
      readyReplicas: 2,
      currentReplicas: 2,
    })
  })

  describe('and returns', () => {
    const story = stuck()
    beforeAll(() => {
      story.give(onNode2('powerOnNode')).run(60_000)
    })

    it('is Ready, then free of NoSchedule, then of NoExecute', () => {
      expect(story.befell('Node', 'node-2')).toEqual([...LOST, ...FOUND])
      expect(story.recorded('Node//node-2').map((text) => text.replace(/id: .*/, 'id'))).toEqual([
        'NodeNotReady: Node node-2 status is now: NodeNotReady',
        'Starting: Starting kubelet.',
        'Rebooted: Node node-2 has been rebooted, boot id',
        'NodeReady: Node node-2 status is now: NodeReady',
      ])
    })

    it('ends the pod, which comes anew and is never driven away', () => {
      expect(story.befell('Pod', 'web-1')).toEqual([...STUCK, ...REPLACED, 'podReady'])
      expect(story.recorded('Pod/default/web-1').filter((text) => text.startsWith('Taint'))).toEqual([
        MARKED,
        'TaintManagerEviction: Cancelling deletion of Pod default/web-1',
      ])
      expect(story.befell('Pod', 'web-3').slice(0, 1)).toEqual(['podCreated'])
    })
  })

  describe('and whose Node object is deleted', () => {
    const story = stuck()
    beforeAll(() => {
      story.give(onNode2('deleteObject', { kind: 'nodes' })).run(61_000)
    })

    it('gives the pod up to the garbage collector, and keeps its volume', () => {
      expect(story.befell('Node', 'node-2')).toEqual([...LOST, 'objectDeleted'])
      expect(story.befell('Pod', 'web-1')).toEqual([...STUCK, ...REPLACED])
      expect(story.recorded('Node//node-2').at(-1)).toBe(
        'RemovingNode: Node node-2 event: Removing Node node-2 from Controller',
      )
      expect(story.recorded('Pod/default/web-1').at(-1)).toMatch(/^FailedAttachVolume: Multi-Attach error/)
      expect(story.pod('web-1').spec.nodeName).not.toBe('node-2')
    })

    it('loses it six minutes later', () => {
      const since = story.world.now
      story.run(300_000)
      expect(story.befell('Pod', 'web-1')).toEqual([...STUCK, ...REPLACED])
      story.run(120_000)
      expect(story.befell('Pod', 'web-1')).toEqual([...STUCK, ...REPLACED, 'podReady'])
      const attached = story.facts.find(
        ({ at, detail }) =>
          at > since && detail.reason === 'SuccessfulAttachVolume' && detail.about === 'Pod/default/web-1',
      )
      const refused = story.facts.find(({ detail }) => detail.reason === 'FailedAttachVolume')
      expect(Math.round(((attached?.at ?? 0) - (refused?.at ?? 0)) / 1000)).toBeGreaterThanOrEqual(359)
      expect(story.befell('Pod', 'web-3').slice(0, 1)).toEqual(['podCreated'])
    })
  })

  describe('and is put out of service', () => {
    const story = stuck()
    beforeAll(() => {
      story.give(onNode2('taintNode', OUT_OF_SERVICE)).run(40_000)
    })

    it('loses pod and volume at once', () => {
      expect(story.befell('Node', 'node-2')).toEqual([...LOST, `nodeTaintsChanged ${OFF} ${NO_SCHEDULE} ${NO_EXECUTE}`])
      expect(story.befell('Pod', 'web-1')).toEqual([...STUCK, ...REPLACED, 'podReady'])
      expect(story.recorded('Pod/default/web-1').map((text) => text.split(' for volume')[0])).toEqual([
        NOT_READY,
        MARKED,
        MARKED,
        expect.stringMatching(/^SuccessfulAttachVolume/),
      ])
      expect(story.befell('Pod', 'web-3').slice(0, 1)).toEqual(['podCreated'])
    })

    it('and comes back when the taint was taken away', () => {
      story
        .give(onNode2('untaintNode', { key: OUT_OF_SERVICE.key }))
        .give(onNode2('powerOnNode'))
        .run(60_000)
      expect(story.befell('Node', 'node-2').slice(4)).toEqual([
        `nodeTaintsChanged ${NO_SCHEDULE} ${NO_EXECUTE}`,
        ...FOUND,
      ])
    })
  })
})
