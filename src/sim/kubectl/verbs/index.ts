/** Which verb does which command. */
import type { Verb } from '../call.ts'
import { apply, replace } from './apply.ts'
import { create } from './create.ts'
import { deleteObjects } from './delete.ts'
import { describe } from './describe.ts'
import { get } from './get.ts'
import { annotate, label } from './label.ts'
import { patch } from './patch.ts'
import { autoscale, scale } from './scale.ts'
import { setEnv, setImage, setResources } from './set.ts'

export const VERBS: Readonly<Record<string, Verb>> = {
  annotate,
  apply,
  autoscale,
  create,
  delete: deleteObjects,
  describe,
  get,
  label,
  patch,
  replace,
  scale,
  'set env': setEnv,
  'set image': setImage,
  'set resources': setResources,
}
