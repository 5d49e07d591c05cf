import { beforeAll, describe, expect, it } from 'vitest'
import { DEFAULT_SETTINGS, makeSim } from '../../index.ts'
import type { World } from '../../kernel/types.ts'
import { memoryFiles } from '../../shell/files.ts'
import { PROGRAM_NAMES } from '../index.ts'
import { completionOf } from './complete.ts'

const objects = [
  {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'web' },
    spec: {
      serviceName: 'nginx',
      replicas: 2,
      podManagementPolicy: 'Parallel',
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: { containers: [{ name: 'nginx', image: 'nginx:1' }] },
      },
    },
  },
] as never[]

let world: World

beforeAll(() => {
  const kernel = makeSim()
  world = kernel.dispatch(kernel.create(1, DEFAULT_SETTINGS), { type: 'applyObjects', objects }).world
  for (let turn = 0; turn < 30; turn++) world = kernel.next(world)?.world ?? world
})

const files = memoryFiles({ '/home/web.yaml': '', '/home/web-2.yaml': '', '/home/more/a.yaml': '', '/etc/hosts': '' })

/** What may stand at the end of a text. */
const at = (text: string) =>
  completionOf(text, {
    world,
    files,
    folder: '/home',
    namespace: 'default',
    programs: PROGRAM_NAMES,
    aliases: new Map([['k', 'kubectl']]),
  })
const words = (text: string) => at(text).words

describe('completion', () => {
  it('begins with programs and aliases', () => {
    expect(words('kub')).toEqual(['kubectl'])
    expect(words('')).toContain('k')
    expect(words('for p in a; do gr')).toEqual(['grep'])
  })

  it('knows verbs and what stands below them, also behind an alias, a pipe or in $(…)', () => {
    expect(words('kubectl des')).toEqual(['describe'])
    expect(words('k rollout st')).toEqual(['status'])
    expect(words('ls | kubectl sca')).toEqual(['scale'])
    expect(words('echo $(kubectl ge')).toEqual(['get'])
    expect(words('kubectl set ')).toEqual(['env', 'image', 'resources', 'selector', 'serviceaccount', 'subject'])
  })

  it('knows types, then names that exist now, in the namespace that is meant', () => {
    expect(words('kubectl get stat')).toEqual(['statefulsets'])
    expect(words('kubectl get pods,stat')).toEqual(['pods,statefulsets'])
    expect(words('kubectl get po web')).toEqual(['web-0', 'web-1'])
    expect(words('kubectl -n kube-system get po web')).toEqual([])
    expect(words('kubectl delete pod/web-')).toEqual(['pod/web-0', 'pod/web-1'])
    expect(words('kubectl rollout status sts/')).toEqual(['sts/web'])
    expect(words('kubectl logs web-1')).toEqual(['web-1'])
    expect(words('kubectl drain ').length).toBeGreaterThan(1)
  })

  it('knows flags and what some of them may be given', () => {
    expect(words('kubectl scale --repl')).toEqual(['--replicas='])
    expect(words('kubectl delete po web-0 --for')).toEqual(['--force'])
    expect(words('kubectl get po -o ya')).toEqual(['yaml'])
    expect(words('kubectl delete sts web --cascade=o')).toEqual(['--cascade=orphan'])
    expect(words('kubectl get po -n def')).toEqual(['default'])
    expect(words('kubectl exec web-0 -c ')).toEqual(['nginx'])
  })

  it('knows files where a file is meant', () => {
    expect(words('kubectl apply -f web')).toEqual(['web-2.yaml', 'web.yaml'])
    expect(words('cat m')).toEqual(['more/'])
    expect(words('cat more/')).toEqual(['more/a.yaml'])
    expect(words('cat /et')).toEqual(['/etc/'])
    expect(words('kubectl get po > we')).toEqual(['web-2.yaml', 'web.yaml'])
  })

  it('says where the word begins', () => {
    expect(at('kubectl get po web')).toMatchObject({ from: 15, current: 'web' })
    expect(at('kubectl get po ')).toMatchObject({ from: 15, current: '' })
    expect(at('cat "we')).toMatchObject({ from: 4, current: 'we' })
  })
})
