/**
 * Fields of a StatefulSet that depend on a feature gate: while it is off they are dropped without a word, on create
 * always, on update unless the stored set has them already.
 * Models: pkg/registry/apps/statefulset/strategy.go (dropStatefulSetDisabledFields), v1.27–v1.37.
 */
import type { Path } from './shapes.ts'
import type { Switches } from './switches.ts'
import type { StatefulSet, StatefulSetSpec } from './types.ts'

type FieldGate = 'MaxUnavailableStatefulSet' | 'StatefulSetAutoDeletePVC' | 'StatefulSetStartOrdinal'
export type FieldGates = Pick<Switches, FieldGate>

interface GatedField {
  readonly path: Path
  readonly isIn: (spec: StatefulSetSpec) => boolean
  readonly drop: (spec: StatefulSetSpec) => StatefulSetSpec
}

function withoutBudget(spec: StatefulSetSpec): StatefulSetSpec {
  const { maxUnavailable: _dropped, ...rollingUpdate } = spec.updateStrategy.rollingUpdate ?? {}
  return { ...spec, updateStrategy: { ...spec.updateStrategy, rollingUpdate } }
}

const FIELDS: Readonly<Record<FieldGate, GatedField>> = {
  MaxUnavailableStatefulSet: {
    path: ['spec', 'updateStrategy', 'rollingUpdate', 'maxUnavailable'],
    isIn: ({ updateStrategy }) => updateStrategy?.rollingUpdate?.maxUnavailable !== undefined,
    drop: withoutBudget,
  },
  StatefulSetAutoDeletePVC: {
    path: ['spec', 'persistentVolumeClaimRetentionPolicy'],
    isIn: (spec) => spec.persistentVolumeClaimRetentionPolicy !== undefined,
    drop: ({ persistentVolumeClaimRetentionPolicy: _dropped, ...spec }) => spec,
  },
  StatefulSetStartOrdinal: {
    path: ['spec', 'ordinals'],
    isIn: ({ ordinals }) => ordinals !== undefined,
    drop: ({ ordinals: _dropped, ...spec }) => spec,
  },
}

const GATED = Object.keys(FIELDS) as readonly FieldGate[]

const dropped = (spec: StatefulSetSpec, stored: StatefulSetSpec | undefined, gates: FieldGates) =>
  GATED.filter((gate) => !gates[gate] && FIELDS[gate].isIn(spec) && !(stored && FIELDS[gate].isIn(stored)))

/** Where the fields stand that a create would drop. `spec` may be incomplete. */
export const droppedFields = (spec: StatefulSetSpec, gates: FieldGates): readonly Path[] =>
  dropped(spec, undefined, gates).map((gate) => FIELDS[gate].path)

/** The set as it is kept; the very same one when nothing is dropped. `previous` is the stored set of an update. */
export function withoutDisabledFields(
  set: StatefulSet,
  previous: StatefulSet | undefined,
  gates: FieldGates,
): StatefulSet {
  const gone = dropped(set.spec, previous?.spec, gates)
  return gone.length === 0 ? set : { ...set, spec: gone.reduce((spec, gate) => FIELDS[gate].drop(spec), set.spec) }
}
