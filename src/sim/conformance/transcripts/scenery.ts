/**
 * What was done before a captured command, as lines of the same shell: from the named states, and from the words of a
 * case's set-up. Words that nobody knows leave the cluster as the named state has it.
 */
import type { TranscriptCase } from './cases.ts'

export interface Scenery {
  /** Lines of the shell; `#quiet` lets time pass until nothing is due, `#seconds 3` that much of it. */
  readonly before: readonly string[]
  /** What happens in another terminal while the command waits, each when nothing is due any more. */
  readonly during: readonly string[]
  /** A cluster that never comes to rest: an interrupted command is cut where the captured one was. */
  readonly restless: boolean
  readonly withProxies: boolean
  /** Which busybox the cluster's images are: the one of 2017 has another nslookup and a client without notices. */
  readonly busybox: 'modern' | '1.28'
}

const QUIET = '#quiet'
/** As long as it takes until the next command is typed: the controller has seen the change. */
const OBSERVED = '#seconds 0.1'
const WEB = ['kubectl create -f web.yaml', QUIET]
const APPLIED = ['kubectl apply -f web.yaml', QUIET]
const ZK = ['kubectl create -f zookeeper.yaml', QUIET]
const NEW_IMAGE = 'kubectl set image sts/web nginx=registry.k8s.io/nginx-slim:0.24'
const BAD_IMAGE = 'kubectl set image sts/web nginx=registry.k8s.io/nginx-slim:bad'
const OLD_IMAGE = 'kubectl set image sts/web nginx=gcr.io/google_containers/nginx-slim:0.7'

const STRICT_BUDGET = `kubectl patch pdb zk-budget -p '{"spec":{"minAvailable":3}}'`

const scaled = (replicas: number): readonly string[] => [`kubectl scale sts web --replicas=${replicas}`, QUIET]
const partition = (value: number) =>
  `kubectl patch sts web -p '{"spec":{"updateStrategy":{"type":"RollingUpdate","rollingUpdate":{"partition":${value}}}}}'`

const STATES: Readonly<Record<string, readonly string[]>> = {
  'web-2': WEB,
  'web-3': [...WEB, ...scaled(3)],
  'zk-3': ZK,
}

type Rule = readonly [RegExp, readonly string[]]

/** Set-ups in words, and the lines that lead there. The first rule that fits decides. */
const DESCRIBED: readonly Rule[] = [
  [/^directly after create/, ['kubectl create -f web.yaml']],
  [
    /after the previous command: claims/,
    [...WEB, ...scaled(5), 'kubectl delete sts web', QUIET, 'kubectl delete pvc www-web-0 www-web-1', QUIET],
  ],
  [/5 claims exist/, [...WEB, ...scaled(5), 'kubectl delete sts web', QUIET]],
  [/^after delete statefulset web/, [...WEB, 'kubectl delete sts web', QUIET]],
  [/^set already gone/, [...WEB, 'kubectl delete sts web', QUIET]],
  [
    /^claims unused/,
    [...WEB, ...scaled(5), 'kubectl delete sts web', QUIET, 'kubectl delete pvc www-web-0 www-web-1', QUIET],
  ],
  [
    /set re-created after orphan delete|after the orphan delete/,
    [...WEB, ...scaled(3), 'kubectl delete sts web --cascade=orphan', QUIET],
  ],
  [
    /^after the expose/,
    [
      ...ZK,
      'kubectl label pod zk-0 zkInst=0',
      'kubectl expose po zk-0 --port=2181 --target-port=2181 --name=zk-0 --selector=zkInst=0 --type=NodePort',
    ],
  ],
  [/^second apply|^applied set exists/, APPLIED],
  [/created with apply\)/, APPLIED],
  [/created with apply, 2 revisions/, [...APPLIED, NEW_IMAGE, QUIET]],
  [/^after undo/, [...WEB, NEW_IMAGE, QUIET, 'kubectl rollout undo sts/web', QUIET]],
  [
    /after scale 5, patch 3, image patch|after scale and update/,
    [...WEB, ...scaled(5), ...scaled(3), OLD_IMAGE, QUIET],
  ],
  [/^one revision/, WEB],
  [/^two revisions/, [...WEB, NEW_IMAGE, QUIET]],
  [
    /web being created, 1 of 2 ready/,
    [
      'kubectl create -f web.yaml',
      '#seconds 1',
      'kubectl wait --for=condition=Ready pod/web-0 --timeout=60s',
      OBSERVED,
    ],
  ],
  [/partition 3 of 3 replicas/, [...WEB, ...scaled(3), partition(3), NEW_IMAGE, QUIET]],
  [/partition lowered 3 -> 2/, [...WEB, ...scaled(3), partition(3), NEW_IMAGE, QUIET, partition(2), OBSERVED]],
  [/canary: partition 2 of 3/, [...WEB, ...scaled(3), partition(2), NEW_IMAGE, QUIET]],
  [/updateStrategy OnDelete/, [...WEB, `kubectl patch sts web -p '{"spec":{"updateStrategy":{"type":"OnDelete"}}}'`]],
  [/broken image: times out/, [...WEB, ...scaled(3), BAD_IMAGE, '#seconds 30']],
  [/just after set image|during a 3-replica image update/, [...WEB, ...scaled(3), NEW_IMAGE, OBSERVED]],
  [/image already set/, [...WEB, ...scaled(3), NEW_IMAGE, QUIET]],
  [/bad image rolled out/, [...WEB, ...scaled(3), BAD_IMAGE, '#seconds 30']],
  [
    /after rollout undo the broken pod/,
    [...WEB, ...scaled(3), BAD_IMAGE, '#seconds 30', 'kubectl rollout undo sts/web', '#seconds 30'],
  ],
  [/claim deleted while a pod uses it/, [...WEB, 'kubectl delete pvc www-web-0 --wait=false', '#seconds 5']],
  [
    /index\.html written by the previous command/,
    [
      ...WEB,
      `for i in 0 1; do kubectl exec "web-$i" -- sh -c 'echo "$(hostname)" > /usr/share/nginx/html/index.html'; done`,
    ],
  ],
  [/containers a,b and init i1,i2/, ['kubectl create -f initpod.yaml', QUIET]],
  [/^name taken/, ['kubectl run tmp --image=nginx --restart=Never', QUIET]],
  [/service web-0 exists/, [...WEB, 'kubectl expose pod web-0 --port=80 --name=web-0 --type=NodePort']],
  [
    /^several services/,
    [
      ...WEB,
      'kubectl expose pod web-0 --port=80 --name=web-0 --type=NodePort',
      'kubectl expose pod web-1',
      'kubectl expose pod web-0 --port=80 --name=x',
      'kubectl expose pod web-0 --port=81 --name=n2',
    ],
  ],
  [/PDB allows 0/, [...ZK, STRICT_BUDGET, 'kubectl cordon node-1', 'kubectl delete pod zk-0', QUIET]],
  [
    /same, PDB bypassed/,
    [...ZK, STRICT_BUDGET, 'kubectl cordon node-1', 'kubectl delete pod zk-0', QUIET, 'kubectl cordon node-2'],
  ],
  [/node-1 already cordoned/, [...ZK, 'kubectl cordon node-1']],
  [/^already cordoned|^node-1 cordoned/, ['kubectl cordon node-1']],
  [
    /unmanaged pod default\/lone/,
    ['kubectl run lone --image=nginx --overrides=\'{"spec":{"nodeName":"node-1"}}\'', QUIET, 'kubectl cordon node-1'],
  ],
  [
    /pod default\/ed with emptyDir/,
    [
      'kubectl run ed --image=nginx --overrides=\'{"spec":{"nodeName":"node-1","volumes":[{"name":"scratch","emptyDir":{}}]}}\'',
      QUIET,
    ],
  ],
  [/^crash loop/, ['kubectl create -f crash.yaml', '#seconds 25']],
  [
    /no default StorageClass/,
    [
      ...WEB,
      ...scaled(1),
      'kubectl delete pvc www-web-1',
      QUIET,
      `kubectl annotate sc standard storageclass.kubernetes.io/is-default-class-`,
      'kubectl scale sts web --replicas=2',
      '#seconds 5',
    ],
  ],
  [/node-2 NotReady/, [...WEB, ...scaled(3), '#power-off node-2', '#seconds 120']],
  [
    /pod of the dead node deleted/,
    [...WEB, ...scaled(3), '#power-off node-2', '#seconds 120', 'kubectl delete pod web-1 --wait=false', '#seconds 5'],
  ],
  [
    /4 replicas, 3 nodes, required anti-affinity/,
    ['kubectl create -f big.yaml', QUIET, 'kubectl scale sts big --replicas=4', '#seconds 60'],
  ],
  [/stale resourceVersion/, [...WEB, 'kubectl get sts web -o yaml > live.yaml', ...scaled(3)]],
  [/ResourceQuota pods=1/, ['kubectl create -f quota.yaml', 'kubectl create -f web.yaml', '#seconds 30']],
  [/user without rights/, WEB],
  [/already 3 replicas/, STATES['web-3'] as readonly string[]],
  [/zookeeper\.yaml \(v1 APIs\) created/, ZK],
  [/web running, (\d) replicas/, []],
  [
    /already created|objects created earlier|^finished|both pods ready|stdin not a terminal|shell left|editor closed|replicas changed|file differs|^web running|image already|taint absent/,
    WEB,
  ],
]

/** What happens during an interrupted command. */
const DURING: readonly (readonly [RegExp, readonly string[], readonly string[]])[] = [
  [/empty namespace, then web\.yaml created/, [], ['kubectl create -f web.yaml']],
  [/^2 -> 5 replicas/, WEB, ['kubectl scale sts web --replicas=5']],
  [/^5 -> 3 replicas/, [...WEB, ...scaled(5)], ['kubectl scale sts web --replicas=3']],
  [/image patched, 3 replicas/, [...WEB, ...scaled(3)], [NEW_IMAGE]],
  [/kubectl delete pod web-1 in another/, [...WEB, ...scaled(3)], ['kubectl delete pod web-1 --wait=false']],
  [/kubectl delete statefulset web in another/, WEB, ['kubectl delete statefulset web --wait=false']],
  [
    /web-parallel\.yaml: create 2, scale to 4, scale to 2/,
    [],
    ['kubectl create -f web-parallel.yaml', 'kubectl scale sts web --replicas=4', 'kubectl scale sts web --replicas=2'],
  ],
  [/bad image set/, [...WEB, ...scaled(3)], [BAD_IMAGE]],
  [/container exits 1 at once/, [], ['kubectl create -f crash.yaml']],
  [/2 init containers and 2 containers/, [], ['kubectl create -f initpod.yaml']],
  [/kubelet of node-2 stops/, [], ['#power-off node-2']],
]

const RESTLESS = /bad image set|container exits 1|kubelet of/

/**
 * Cases of one group were captured one after another in one cluster: what earlier ones had left there and the set-up does
 * not tell.
 */
const LEFT_BEHIND: readonly (readonly [group: string, cmd: RegExp, lines: readonly string[]])[] = [
  ['label', /^kubectl label pod web-0 tier(?:=silver|-)/, ['kubectl label pod web-0 tier=gold']],
  ['label', /^kubectl annotate pod web-0 note=again/, ["kubectl annotate pod web-0 note='hello world'"]],
  ['describe', /^kubectl describe (?:pod|sts|svc|node|pvc)/, [OLD_IMAGE, QUIET]],
  ['events', /^kubectl events/, [...scaled(5), ...scaled(3), OLD_IMAGE, QUIET]],
  ['node', /^kubectl uncordon/, ['kubectl cordon node-1']],
  ['rollout', /--to-revision=99/, [...APPLIED, NEW_IMAGE, QUIET]],
]

function replicasIn(setup: string): readonly string[] | undefined {
  const count = /web running, (\d+) replicas/.exec(setup)?.[1]
  return count === undefined ? undefined : [...WEB, ...(count === '2' ? [] : scaled(Number(count)))]
}

function linesBefore({ state, setup }: TranscriptCase): readonly string[] {
  if (state !== 'described') return STATES[state] ?? []
  const rule = DESCRIBED.find(([words]) => words.test(setup))
  return rule && rule[1].length > 0 ? rule[1] : (replicasIn(setup) ?? [])
}

export function sceneryOf(given: TranscriptCase): Scenery {
  const { setup, cmd, group } = given
  const watched = given.interrupted ? DURING.find(([words]) => words.test(setup)) : undefined
  const left = LEFT_BEHIND.filter(([where, words]) => where === group && words.test(cmd)).flatMap(
    ([, , lines]) => lines,
  )
  return {
    before: [...(watched ? watched[1] : linesBefore(given)), ...left],
    during: watched ? watched[2] : [],
    restless: RESTLESS.test(setup),
    withProxies: /DaemonSet|zookeeper|PDB|kube-proxy|lone|emptyDir/.test(setup) || /describe node|drain/.test(cmd),
    busybox: /<= 1\.28/.test(setup) ? '1.28' : 'modern',
  }
}
