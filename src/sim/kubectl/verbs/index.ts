/** Which verb does which command. */
import type { Verb } from '../call.ts'
import { apply, replace } from './apply.ts'
import { create } from './create.ts'
import { deleteObjects } from './delete.ts'
import { describe } from './describe.ts'
import { drain } from './drain.ts'
import { exec } from './exec.ts'
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
import { wait } from './wait.ts'

export const VERBS: Readonly<Record<string, Verb>> = {
  annotate,
  apply,
  autoscale,
  cordon,
  create,
  delete: deleteObjects,
  describe,
  drain,
  exec,
  expose,
  get,
  label,
  logs,
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
  uncordon,
  wait,
}
