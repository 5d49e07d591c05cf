/**
 * Parts of pictures made by hand, for the gallery and the tests of the view: pods, names, claims and sets in any state.
 * They need no simulation, so a drawing can be judged before and apart from it. Whole scenes are in scenes.ts.
 */
import type {
  ClaimPicture,
  ColumnPicture,
  Countdown,
  NamePicture,
  ObjectKey,
  Picture,
  PodPicture,
  PodState,
  Reason,
  RevisionMark,
  SetPicture,
  VolumePicture,
} from '../../sim/index.ts'

export const NOW = 58_400

export const revisionA: RevisionMark = { letter: 'A', pattern: 0, name: 'web-6c5b9d7f48' }
export const revisionB: RevisionMark = { letter: 'B', pattern: 1, name: 'web-7d4f9b6c85' }
export const revisionC: RevisionMark = { letter: 'C', pattern: 2, name: 'web-5f6d8c9b77' }

const keyTo = (kind: string, name: string) => `${kind}/default/${name}` as ObjectKey
export const podKey = (ordinal: number) => keyTo('Pod', `web-${ordinal}`)

export function reason(name: Reason['reason'], ordinal: number, more: Partial<Reason> = {}): Reason {
  return { reason: name, subject: podKey(ordinal), since: NOW - 4_400, ...more }
}

/** A countdown with `left` of `total` milliseconds to go. */
export function countdown(name: Reason['reason'], ordinal: number, left: number, total: number): Countdown {
  const until = NOW + left
  return { reason: reason(name, ordinal, { until }), from: until - total, until }
}

const words: Readonly<Record<PodState, string>> = {
  absent: '',
  pending: 'Pending',
  creating: 'ContainerCreating',
  notReady: 'Running',
  ready: 'Running',
  readyNotAvailable: 'Running',
  terminating: 'Terminating',
  crashLoop: 'CrashLoopBackOff',
  imageError: 'ImagePullBackOff',
  failed: 'Evicted',
  succeeded: 'Completed',
  nodeLost: 'Running',
}

function podOf(ordinal: number, state: PodState, more: Partial<PodPicture>): PodPicture {
  const name = `web-${ordinal}`
  const ready = state === 'ready' || state === 'readyNotAvailable' || state === 'nodeLost'
  const base = { key: podKey(ordinal), name, state, status: words[state], containers: 1, restarts: 0 }
  if (state === 'absent') return { ...base, containers: 0, readyContainers: 0, ...more }
  const started = state !== 'pending' && state !== 'creating' && state !== 'failed'
  return {
    ...base,
    uid: `uid-${ordinal}`,
    readyContainers: ready ? 1 : 0,
    revision: revisionA,
    image: 'nginx:1.27',
    imageFull: 'docker.io/library/nginx:1.27',
    createdAt: 1_000,
    ...(state === 'pending' ? {} : { node: `node-${'abc'[ordinal % 3]}` }),
    ...(started ? { ip: addressOf(ordinal) } : {}),
    ...more,
  }
}

const addressOf = (ordinal: number) => `10.244.${1 + (ordinal % 3)}.${3 + ordinal}`

function nameOf(ordinal: number, state: NamePicture['state'], more: Partial<NamePicture>): NamePicture {
  const podName = `web-${ordinal}`
  const name = `${podName}.nginx.default.svc.cluster.local`
  return { podName, name, state, ...(state === 'absent' ? {} : { address: addressOf(ordinal) }), ...more }
}

function claimOf(ordinal: number, state: ClaimPicture['state'], template = 'www'): ClaimPicture {
  const name = `${template}-web-${ordinal}`
  const base = { key: keyTo('PersistentVolumeClaim', name), name, state }
  switch (state) {
    case 'absent':
      return { ...base, status: '' }
    case 'pending':
      return { ...base, status: 'Pending', storageClass: 'standard' }
    case 'terminating':
      return { ...base, status: 'Terminating', reason: reason('claimInUse', ordinal) }
    case 'bound':
    case 'lost':
      return { ...base, status: state === 'bound' ? 'Bound' : 'Lost', capacity: '1Gi', accessModes: 'RWO' }
  }
}

const volumeIds = ['5d1e', 'a27c', 'e80f', '19b3', '6c44']

function volumeOf(ordinal: number, template = 'www'): VolumePicture {
  const name = `pvc-${volumeIds[ordinal % 5]}${template === 'www' ? '' : 'd'}7a2-4c1e-9b0d-${100 + ordinal}09`
  return {
    key: `PersistentVolume//${name}` as ObjectKey,
    name,
    state: 'bound',
    status: 'Bound',
    reclaimPolicy: 'Delete',
    files: [],
  }
}

export type Given = {
  readonly pod?: Partial<PodPicture>
  readonly name?: Partial<NamePicture>
  readonly claim?: ClaimPicture['state']
  readonly column?: Partial<ColumnPicture>
  readonly templates?: readonly string[]
}

export function column(ordinal: number, state: PodState, given: Given = {}): ColumnPicture {
  const { templates = ['www'] } = given
  const claim = given.claim ?? (state === 'absent' ? 'absent' : 'bound')
  const published = state === 'ready' || state === 'readyNotAvailable'
  return {
    ordinal,
    place: 'wanted',
    heldByPartition: false,
    verdict: 'accepted',
    pod: podOf(ordinal, state, given.pod ?? {}),
    name: nameOf(ordinal, given.name?.state ?? (published ? 'published' : 'absent'), given.name ?? {}),
    claims: templates.map((template) => claimOf(ordinal, claim, template)),
    volumes: templates.map((template) => (claim === 'bound' ? volumeOf(ordinal, template) : undefined)),
    ...given.column,
  }
}

export const setKey = keyTo('StatefulSet', 'web')

export function setOf(columns: readonly ColumnPicture[], more: Partial<SetPicture> = {}): SetPicture {
  const wanted = columns.filter(({ place }) => place === 'wanted')
  const ready = columns.filter(({ pod }) => pod.state === 'ready').length
  const published = columns.filter(({ name }) => name.state === 'published').length
  return {
    key: setKey,
    name: 'web',
    namespace: 'default',
    exists: true,
    deleting: false,
    desired: wanted.length,
    replicas: columns.filter(({ pod }) => pod.state !== 'absent').length,
    ready,
    available: ready,
    updated: 0,
    policy: 'OrderedReady',
    strategy: 'RollingUpdate',
    partition: 0,
    startOrdinal: 0,
    minReadySeconds: 0,
    current: revisionA,
    update: revisionA,
    rolling: false,
    toUpdate: 0,
    image: 'nginx:1.27',
    service: {
      key: keyTo('Service', 'nginx'),
      name: 'nginx',
      exists: true,
      headless: true,
      selector: 'app=nginx',
      suffix: '.nginx.default.svc.cluster.local',
      published,
      names: wanted.length,
    },
    controller: { syncs: 38, lastSyncAt: 54_000, phase: 'settled', verdict: 'settled' },
    columns,
    ...more,
  }
}

export function pictureOf(set: SetPicture): Picture {
  return {
    now: NOW,
    sets: [{ key: set.key, name: set.name, namespace: set.namespace }],
    set,
    nodes: ['node-a', 'node-b', 'node-c'].map((name) => ({ name, ready: true, pods: 2 })),
  }
}
