/** Which verb does which command. */
import type { Verb } from '../call.ts'
import { apply, replace } from './apply.ts'
import { create } from './create.ts'
import { deleteObjects } from './delete.ts'
import { describe } from './describe.ts'
import { expose } from './expose.ts'
import { get } from './get.ts'
import { annotate, label } from './label.ts'
import { cordon, taint, uncordon } from './nodes.ts'
import { patch } from './patch.ts'
import { rolloutHistory, rolloutPause, rolloutRestart, rolloutResume, rolloutUndo } from './rollout.ts'
import { rolloutStatus } from './rolloutStatus.ts'
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
  expose,
  get,
  label,
  patch,
  replace,
  'rollout history': rolloutHistory,
  'rollout pause': rolloutPause,
  'rollout restart': rolloutRestart,
  'rollout resume': rolloutResume,
  'rollout status': rolloutStatus,
  'rollout undo': rolloutUndo,
  scale,
  'set env': setEnv,
  'set image': setImage,
  'set resources': setResources,
  taint,
  uncordon,
  wait,
}
