/** Both families: a pod has two addresses, its name two kinds of record, and both come and go with its readiness. */
import type { Scenario, Step } from '../../sim/index.ts'
import { webDualStack } from '../manifests/webDualStack.ts'

const DOMAIN = 'nginx.default.svc.cluster.local'
const settled: Step = { untilQuietWithinMs: 300_000 }

const ready = (ready: boolean): Step => ({ do: { type: 'setReadiness', namespace: 'default', name: 'web-1', ready } })

/** The same pods, asked for by both kinds of record. */
const answered = (four: readonly string[], six: readonly string[]): readonly Step[] => [
  { expect: { names: { [DOMAIN]: four } } },
  { expect: { names: { [DOMAIN]: six }, family: 'IPv6' } },
]

const all = ['web-0', 'web-1', 'web-2']

export const dnsDualStack: Scenario = {
  id: 'dns-dual-stack',
  manifests: webDualStack,
  settings: { dualStack: true },
  seed: 71,
  beats: [
    {
      name: 'appear',
      steps: [
        settled,
        ...answered(all, all),
        { expect: { names: { [`web-1.${DOMAIN}`]: ['web-1'] }, family: 'IPv6' } },
        {
          expect: {
            reaches: {
              '172.18.0.2:30080': all,
              '[fd00:172:18::2]:30080': all,
              '[fd00:10:244:1::2]:80': ['web-0'],
            },
          },
        },
      ],
    },
    {
      name: 'notReady',
      steps: [
        ready(false),
        { untilQuietWithinMs: 120_000 },
        ...answered(['web-0', 'web-2'], ['web-0', 'web-2']),
        ready(true),
        { untilQuietWithinMs: 120_000 },
        ...answered(all, all),
      ],
    },
    {
      name: 'singleStack',
      steps: [
        {
          do: {
            type: 'patchObject',
            namespace: 'default',
            name: 'nginx',
            kind: 'services',
            patch: { spec: { ipFamilyPolicy: 'SingleStack' } },
          },
        },
        { untilQuietWithinMs: 120_000 },
        ...answered(all, []),
        { expect: { reaches: { '[fd00:172:18::2]:30080': all } } },
      ],
    },
  ],
}
