/** Which verb does which command. */
import type { Verb } from '../call.ts'
import {
  apiResources,
  apiVersions,
  canI,
  clusterInfo,
  currentContext,
  getContexts,
  options,
  setContext,
  top,
  version,
  viewConfig,
  whoAmI,
} from './about.ts'
import { apply, replace } from './apply.ts'
import { create } from './create.ts'
import {
  createBudget,
  createClusterIp,
  createConfigMap,
  createNamespace,
  createNodePort,
  createQuota,
  createSecret,
} from './createNamed.ts'
import { deleteObjects } from './delete.ts'
import { describe } from './describe.ts'
import { diff } from './diff.ts'
import { drain } from './drain.ts'
import { edit } from './edit.ts'
import { events } from './events.ts'
import { exec } from './exec.ts'
import { explain } from './explain.ts'
import { expose } from './expose.ts'
import { get } from './get.ts'
import { annotate, label } from './label.ts'
import { logs } from './logs.ts'
import { cordon, taint, uncordon } from './nodes.ts'
import { patch } from './patch.ts'
import { rolloutHistory, rolloutPause, rolloutRestart, rolloutResume, rolloutUndo } from './rollout.ts'
import { rolloutStatus } from './rolloutStatus.ts'
import { run } from './run.ts'
import { autoscale, scale } from './scale.ts'
import { setEnv, setImage, setResources } from './set.ts'
import { viewLastApplied } from './viewLastApplied.ts'
import { wait } from './wait.ts'

export const VERBS: Readonly<Record<string, Verb>> = {
  annotate,
  'api-resources': apiResources,
  'api-versions': apiVersions,
  apply,
  'apply view-last-applied': viewLastApplied,
  'auth can-i': canI,
  'auth whoami': whoAmI,
  autoscale,
  'cluster-info': clusterInfo,
  'config current-context': currentContext,
  'config get-contexts': getContexts,
  'config set-context': setContext,
  'config view': viewConfig,
  cordon,
  create,
  'create configmap': createConfigMap,
  'create namespace': createNamespace,
  'create poddisruptionbudget': createBudget,
  'create quota': createQuota,
  'create secret generic': createSecret,
  'create service clusterip': createClusterIp,
  'create service nodeport': createNodePort,
  delete: deleteObjects,
  describe,
  diff,
  drain,
  edit,
  events,
  exec,
  explain,
  expose,
  get,
  label,
  logs,
  options,
  patch,
  replace,
  'rollout history': rolloutHistory,
  'rollout pause': rolloutPause,
  'rollout restart': rolloutRestart,
  'rollout resume': rolloutResume,
  'rollout status': rolloutStatus,
  'rollout undo': rolloutUndo,
  run,
  scale,
  'set env': setEnv,
  'set image': setImage,
  'set resources': setResources,
  taint,
  'top node': top,
  'top pod': top,
  uncordon,
  version,
  wait,
}
