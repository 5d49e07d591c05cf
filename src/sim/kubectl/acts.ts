/**
 * Every command as an act: read what exists, yield the decisions that a person's kubectl would send, and say why not in
 * the words of Kubernetes. A refusal undoes the whole act.
 */
import { coreTypes, WRITABLE_KINDS } from '../api/coreTypes.ts'
import { KINDS, kindNamed } from '../api/kinds.ts'
import { shapeFaults } from '../api/shapes.ts'
import type { Refusal } from '../api/strategy.ts'
import type { AnyObject, Kind } from '../api/types.ts'
import type { Command } from '../kernel/command.ts'
import type { Act, ClusterView } from '../kernel/types.ts'
import { applyObjects } from './applyObjects.ts'
import { kubectlLine } from './commandLine.ts'
import { addNode, befallMachine } from './machineActs.ts'
import { cordonNode, drainNode, evictPod, labelNode, stopDrain, taintNode } from './nodeActs.ts'
import { goMap, strategicMerge } from './patch.ts'
import { crashContainer, deletePod, failPod, harmContainer, removeFile, setReadiness, writeFile } from './podActs.ts'
import { readCommand } from './readCommand.ts'
import { badRequest, impossible, notFound } from './refusals.ts'
import { sendRequests } from './requests.ts'
import { sendUpdate } from './sendUpdate.ts'
import type { Steps } from './setActs.ts'
import { deleteStatefulSet, refusalOf, scaleStatefulSet, setImage, setPartition, setUpdateStrategy } from './setActs.ts'

type Of<T extends Command['type']> = Extract<Command, { type: T }>
type NamedCommand = Exclude<Command, { type: 'applyObjects' | 'kubectl' }>

const unknownType = (word: string): Refusal =>
  badRequest(`error: the server doesn't have a resource type ${JSON.stringify(word)}`)

/** What the result of a patch has against its types, in the server's words. */
function patchFault(patched: AnyObject, kind: Kind, patch: object): Refusal | undefined {
  const fault = shapeFaults(patched, kind, coreTypes, false)[0]
  if (!fault) return undefined
  const type = / of type (\S+)$/.exec(fault.message)?.[1]
  const why = type === undefined ? fault.message : `unrecognized type: ${type}`
  return badRequest(`The request is invalid: patch: Invalid value: "${goMap(patch)}": ${why}`)
}

function* patchObject(view: ClusterView, { kind: word, namespace, name, patch }: Of<'patchObject'>): Steps {
  const kind = kindNamed(word)
  if (!kind) return unknownType(word)
  if (!WRITABLE_KINDS.includes(kind)) return impossible(`${KINDS[kind].plural} are written by the cluster itself`)
  const stored = view.get(kind, namespace, name) as AnyObject | undefined
  if (!stored) return notFound(kind, name)
  const patched = strategicMerge(stored, patch)
  if (!patched.ok) return badRequest(patched.message)
  const object = patched.value as AnyObject
  const fault = patchFault(object, kind, patch)
  if (fault) return fault
  if (object.kind !== kind || object.apiVersion !== stored.apiVersion)
    return badRequest('the kind and version of an object cannot be changed by a patch')
  const meta = object.metadata ?? {}
  if (meta.name !== name)
    return badRequest(`the name of the object (${meta.name}) does not match the name on the URL (${name})`)
  if (meta.namespace !== stored.metadata.namespace)
    return badRequest(
      `the namespace of the object (${meta.namespace}) does not match the namespace on the URL (${namespace})`,
    )
  return refusalOf(yield* sendUpdate(stored, object))
}

/** Kinds whose end would need parts of a cluster that are not simulated. */
const KEPT_KINDS: readonly Kind[] = ['Namespace']

function* deleteObject(_view: ClusterView, { kind: word, namespace, name }: Of<'deleteObject'>): Steps {
  const kind = kindNamed(word)
  if (!kind) return unknownType(word)
  if (KEPT_KINDS.includes(kind)) return impossible(`deleting ${KINDS[kind].plural} is not simulated`)
  return refusalOf(yield { do: 'delete', kind, namespace, name })
}

function* deleteClaim(_view: ClusterView, { namespace, name }: Of<'deleteClaim'>): Steps {
  return refusalOf(yield { do: 'delete', kind: 'PersistentVolumeClaim', namespace, name })
}

function perform(view: ClusterView, command: NamedCommand): Steps {
  switch (command.type) {
    case 'scaleStatefulSet':
      return scaleStatefulSet(view, command)
    case 'setImage':
      return setImage(view, command)
    case 'setPartition':
      return setPartition(view, command)
    case 'setUpdateStrategy':
      return setUpdateStrategy(view, command)
    case 'deleteStatefulSet':
      return deleteStatefulSet(view, command)
    case 'patchObject':
      return patchObject(view, command)
    case 'deletePod':
      return deletePod(view, command)
    case 'deleteClaim':
      return deleteClaim(view, command)
    case 'deleteObject':
      return deleteObject(view, command)
    case 'crashContainer':
      return crashContainer(view, command)
    case 'exhaustMemory':
    case 'hangContainer':
      return harmContainer(view, command)
    case 'setReadiness':
      return setReadiness(view, command)
    case 'failPod':
      return failPod(view, command)
    case 'evictPod':
      return evictPod(view, command)
    case 'cordonNode':
    case 'uncordonNode':
      return cordonNode(view, command)
    case 'drainNode':
      return drainNode(view, command)
    case 'stopDrain':
      return stopDrain(view, command)
    case 'addNode':
      return addNode(view, command)
    case 'taintNode':
    case 'untaintNode':
      return taintNode(view, command)
    case 'labelNode':
      return labelNode(view, command)
    case 'powerOffNode':
    case 'powerOnNode':
    case 'rebootNode':
    case 'shutDownNode':
    case 'cutOffNode':
    case 'reconnectNode':
      return befallMachine(view, command)
    case 'writeFile':
      return writeFile(view, command)
    case 'removeFile':
      return removeFile(view, command)
  }
}

/** The kind of object that a command is about; undefined when its word for it means nothing. */
function kindOf(command: NamedCommand): Kind | undefined {
  switch (command.type) {
    case 'scaleStatefulSet':
    case 'setImage':
    case 'setPartition':
    case 'setUpdateStrategy':
    case 'deleteStatefulSet':
      return 'StatefulSet'
    case 'deletePod':
    case 'crashContainer':
    case 'exhaustMemory':
    case 'hangContainer':
    case 'setReadiness':
    case 'evictPod':
    case 'failPod':
    case 'writeFile':
    case 'removeFile':
      return 'Pod'
    case 'cordonNode':
    case 'drainNode':
    case 'stopDrain':
    case 'uncordonNode':
    case 'addNode':
    case 'taintNode':
    case 'untaintNode':
    case 'labelNode':
    case 'powerOffNode':
    case 'powerOnNode':
    case 'rebootNode':
    case 'shutDownNode':
    case 'cutOffNode':
    case 'reconnectNode':
      return 'Node'
    case 'deleteClaim':
      return 'PersistentVolumeClaim'
    case 'patchObject':
    case 'deleteObject':
      return kindNamed(command.kind)
  }
}

/** The name of a set's only container, which its image is meant for. */
function onlyContainer(target: AnyObject): { container?: string } {
  const [only, ...others] = target.kind === 'StatefulSet' ? target.spec.template.spec.containers : []
  return only && others.length === 0 ? { container: only.name } : {}
}

/** Says first what was asked, so that every fact of what came of it follows. */
function* stated(view: ClusterView, command: NamedCommand): Steps {
  const { namespace, name } = command
  const kind = kindOf(command)
  const target = kind && (view.get(kind, namespace, name) as AnyObject | undefined)
  if (kind && target) {
    const detail = { command: command.type, line: kubectlLine(command, onlyContainer(target)) }
    yield { do: 'state', fact: { type: 'commandGiven', kind, namespace, name, uid: target.metadata.uid, detail } }
  }
  return yield* perform(view, command)
}

export const act: Act = function* (view, given) {
  const read = readCommand(given)
  if (!read.ok) return read.refusal
  const { command } = read
  switch (command.type) {
    case 'applyObjects':
      return yield* applyObjects(view, command)
    case 'kubectl':
      return yield* sendRequests(view, command)
    default:
      return yield* stated(view, command)
  }
}
