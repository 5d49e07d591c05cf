/**
 * Commands about kubectl and the server themselves: versions, types, contexts, rights, measurements.
 * Models: staging/src/k8s.io/kubectl/pkg/cmd/{version,clusterinfo,apiresources,config,auth,top}, v1.36.
 */
import { releaseOf } from '../../api/switches.ts'
import { toYaml } from '../../manifest/toYaml.ts'
import { currentWorld, print } from '../../shell/session.ts'
import type { Call, Verb } from '../call.ts'
import { namespaceOf } from '../call.ts'
import { clientError, Failure } from '../failure.ts'
import { readFlagSpecs } from '../parse/flags.ts'
import { GLOBAL_FLAGS } from '../parse/flagTable.ts'
import type { ResourceType } from '../parse/resourceTypes.ts'
import { RESOURCE_TYPES, resourceTypeNamed } from '../parse/resourceTypes.ts'
import { jsonText } from '../print/output.ts'
import { tableText } from '../print/table.ts'

const CLIENT = 'v1.36.4'
const KUSTOMIZE = 'v5.8.1'
const SERVER = 'https://127.0.0.1:6443'
const CONTEXT = 'kubernetes-admin@kubernetes'

export const version: Verb = function* ({ flags }) {
  const { settings } = yield* currentWorld()
  const server = flags.is('client') ? {} : { serverVersion: { gitVersion: releaseOf(settings.kubernetes) } }
  const value = { clientVersion: { gitVersion: CLIENT }, kustomizeVersion: KUSTOMIZE, ...server }
  switch (flags.text('output')) {
    case 'json':
      yield* print(`${jsonText(value, 2)}\n`)
      return 0
    case 'yaml':
      yield* print(toYaml(value))
      return 0
    case '':
      yield* print(`Client Version: ${CLIENT}\nKustomize Version: ${KUSTOMIZE}\n`)
      if (!flags.is('client')) yield* print(`Server Version: ${releaseOf(settings.kubernetes)}\n`)
      return 0
    default:
      throw clientError("--output must be 'yaml' or 'json'")
  }
}

export const clusterInfo: Verb = function* () {
  yield* print(
    `Kubernetes control plane is running at ${SERVER}\nCoreDNS is running at ${SERVER}/api/v1/namespaces/kube-system/services/kube-dns:dns/proxy\n\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.\n`,
  )
  return 0
}

const VERBS = 'create,delete,deletecollection,get,list,patch,update,watch'

function typeRow({ plural, shortNames, apiVersion, namespaced, kind }: ResourceType, wide: boolean): readonly string[] {
  const row = [plural, shortNames.join(','), apiVersion, String(namespaced), kind]
  return wide ? [...row, VERBS, ''] : row
}

export const apiResources: Verb = function* ({ flags }) {
  const output = flags.text('output')
  if (!['', 'wide', 'name', 'json', 'yaml'].includes(output)) throw clientError(`--output ${output} is not available`)
  const group = flags.has('api-group') ? flags.text('api-group') : undefined
  const scope = flags.has('namespaced') ? flags.is('namespaced') : undefined
  const found = RESOURCE_TYPES.filter(
    (type) => (group === undefined || type.group === group) && (scope === undefined || type.namespaced === scope),
  )
  const by = flags.text('sort-by')
  const sorted =
    by === '' ? found : [...found].sort((a, b) => ((by === 'kind' ? a.kind < b.kind : a.plural < b.plural) ? -1 : 1))
  if (output === 'name') {
    yield* print(sorted.map(({ plural, group: own }) => `${plural}${own === '' ? '' : `.${own}`}\n`).join(''))
    return 0
  }
  const wide = output === 'wide'
  const header = ['NAME', 'SHORTNAMES', 'APIVERSION', 'NAMESPACED', 'KIND', ...(wide ? ['VERBS', 'CATEGORIES'] : [])]
  const rows = sorted.map((type) => typeRow(type, wide))
  yield* print(tableText(flags.is('no-headers') ? rows : [header, ...rows]))
  return 0
}

export const apiVersions: Verb = function* () {
  const versions = [...new Set(RESOURCE_TYPES.map(({ apiVersion }) => apiVersion))].sort()
  yield* print(versions.map((each) => `${each}\n`).join(''))
  return 0
}

export const options: Verb = function* () {
  const lines = readFlagSpecs(GLOBAL_FLAGS).map(({ name, short, type, initial }) => {
    const value = initial !== '' ? initial : type === 'b' ? 'false' : type === 'l' ? '[]' : "''"
    return `    ${short === undefined ? '' : `-${short}, `}--${name}=${value}\n`
  })
  yield* print(`The following options can be passed to any command:\n\n${lines.join('')}`)
  return 0
}

export const currentContext: Verb = function* () {
  yield* print(`${CONTEXT}\n`)
  return 0
}

export const getContexts: Verb = function* (call) {
  if (call.flags.text('output') === 'name') yield* print(`${CONTEXT}\n`)
  else {
    const row = [
      '*',
      CONTEXT,
      'kubernetes',
      'kubernetes-admin',
      call.env.context.namespace === 'default' ? '' : call.env.context.namespace,
    ]
    const header = ['CURRENT', 'NAME', 'CLUSTER', 'AUTHINFO', 'NAMESPACE']
    yield* print(tableText(call.flags.is('no-headers') ? [row] : [header, row]))
  }
  return 0
}

export const setContext: Verb = function* (call) {
  const { flags, args, env } = call
  if (!flags.is('current') && args[0] !== CONTEXT)
    throw clientError(
      `contexts of other clusters are not simulated: kubectl config set-context --current --namespace=NAME sets the namespace`,
    )
  if (flags.has('namespace')) env.context.namespace = namespaceOf(call) || 'default'
  yield* print(`Context ${JSON.stringify(CONTEXT)} modified.\n`)
  return 0
}

export const viewConfig: Verb = function* ({ env }) {
  const { namespace } = env.context
  yield* print(
    toYaml({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ cluster: { 'certificate-authority-data': 'DATA+OMITTED', server: SERVER }, name: 'kubernetes' }],
      contexts: [
        {
          context: { cluster: 'kubernetes', ...(namespace !== 'default' && { namespace }), user: 'kubernetes-admin' },
          name: CONTEXT,
        },
      ],
      'current-context': CONTEXT,
      users: [
        {
          name: 'kubernetes-admin',
          user: { 'client-certificate-data': 'DATA+OMITTED', 'client-key-data': 'DATA+OMITTED' },
        },
      ],
    }),
  )
  return 0
}

/** The administrator may do everything; nobody else has any rights here. */
export const canI: Verb = function* ({ flags, args }: Call) {
  if (flags.is('list'))
    throw new Failure('error: listing rights is not simulated: kubectl auth can-i VERB TYPE answers for one')
  if (args.length < 1 || (args.length < 2 && !args[0]?.startsWith('/')))
    throw clientError(
      "you must specify two arguments: verb resource or verb resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples.",
    )
  const word = (args[1] ?? '').split('/')[0] as string
  const known = word === '' || word === '*' || resourceTypeNamed(word) !== undefined
  const warning = known ? '' : `Warning: the server doesn't have a resource type '${word}'\n\n`
  if (warning !== '') yield { ask: 'print', to: 'stderr', text: warning }
  const may = flags.text('as') === ''
  if (!flags.is('quiet')) yield* print(may ? 'yes\n' : 'no\n')
  return may ? 0 : 1
}

export const whoAmI: Verb = function* ({ flags }) {
  const user = flags.text('as') || 'kubernetes-admin'
  yield* print(
    tableText([
      ['ATTRIBUTE', 'VALUE'],
      ['Username', user],
      ['Groups', '[kubeadm:cluster-admins system:authenticated]'],
    ]),
  )
  return 0
}

export const top: Verb = function* () {
  yield* currentWorld()
  throw clientError('Metrics API not available')
}
