/** What the API server says of rules about where pods go, word for word. */
import { describe, expect, it } from 'vitest'
import type { PersistentVolume, PodSpec } from './types.ts'
import { validatePlacement } from './validationPlacement.ts'
import { validateVolume, validateVolumeUpdate } from './validationStorage.ts'

const texts = (errors: readonly { readonly field: string; readonly message: string }[]) =>
  errors.map(({ field, message }) => `${field}: ${message}`)
const said = (spec: object) => texts(validatePlacement(spec as PodSpec, 'spec'))

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution'
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution'
const NODES = `spec.affinity.nodeAffinity.${REQUIRED}.nodeSelectorTerms`

const nodes = (...nodeSelectorTerms: object[]) => ({
  affinity: { nodeAffinity: { [REQUIRED]: { nodeSelectorTerms } } },
})
const asks = (requirement: object) => nodes({ matchExpressions: [requirement] })
const spread = (...topologySpreadConstraints: object[]) => ({ topologySpreadConstraints })
const fine = { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' }

describe('a pod is refused', () => {
  it.each<[string, object, readonly string[]]>([
    ['no term', nodes(), [`${NODES}: Required value: must have at least one node selector term`]],
    [
      'In without values',
      asks({ key: 'a', operator: 'In' }),
      [
        `${NODES}[0].matchExpressions[0].values: Required value: must be specified when \`operator\` is 'In' or 'NotIn'`,
      ],
    ],
    [
      'Exists with values',
      asks({ key: 'a', operator: 'Exists', values: ['b'] }),
      [
        `${NODES}[0].matchExpressions[0].values: Forbidden: may not be specified when \`operator\` is 'Exists' or 'DoesNotExist'`,
      ],
    ],
    [
      'Gt with two values',
      asks({ key: 'a', operator: 'Gt', values: ['1', '2'] }),
      [
        `${NODES}[0].matchExpressions[0].values: Required value: must be specified single value when \`operator\` is 'Lt' or 'Gt'`,
      ],
    ],
    [
      'an operator that there is not',
      asks({ key: 'a', operator: 'Is' }),
      [`${NODES}[0].matchExpressions[0].operator: Invalid value: "Is": not a valid selector operator`],
    ],
    [
      'a field that cannot be asked for',
      nodes({ matchFields: [{ key: 'spec.x', operator: 'In', values: ['b'] }] }),
      [`${NODES}[0].matchFields[0].key: Invalid value: "spec.x": not a valid field selector key`],
    ],
    [
      'a weight out of range, without a topology',
      { affinity: { podAntiAffinity: { [PREFERRED]: [{ weight: 101, podAffinityTerm: { topologyKey: '' } }] } } },
      [
        `spec.affinity.podAntiAffinity.${PREFERRED}[0].weight: Invalid value: 101: must be in the range 1-100`,
        `spec.affinity.podAntiAffinity.${PREFERRED}[0].podAffinityTerm.topologyKey: Required value: can not be empty`,
      ],
    ],
    [
      'a spread of nothing',
      spread({ ...fine, maxSkew: 0, whenUnsatisfiable: 'Never' }),
      [
        'spec.topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be greater than zero',
        'spec.topologySpreadConstraints[0].whenUnsatisfiable: Unsupported value: "Never": supported values: "DoNotSchedule", "ScheduleAnyway"',
      ],
    ],
    [
      'minDomains of a wish',
      spread({ ...fine, whenUnsatisfiable: 'ScheduleAnyway', minDomains: 2 }),
      [
        'spec.topologySpreadConstraints[0].minDomains: Invalid value: 2: can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ScheduleAnyway',
      ],
    ],
    [
      'the same spread twice',
      spread(fine, fine),
      ['spec.topologySpreadConstraints[1].{topologyKey, whenUnsatisfiable}: Duplicate value: "{zone, DoNotSchedule}"'],
    ],
  ])('with %s', (_what, spec, expected) => {
    expect(said(spec)).toEqual(expected)
  })

  it('and not without reason', () => {
    expect(said({ ...asks({ key: 'a', operator: 'Lt', values: ['1'] }), ...spread(fine) })).toEqual([])
  })
})

describe('a volume', () => {
  const local = (nodeAffinity?: object, path = '/mnt') =>
    ({
      kind: 'PersistentVolume',
      metadata: { name: 'disk' },
      spec: { capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'], local: { path }, nodeAffinity },
    }) as unknown as PersistentVolume
  const at = (name: string) => ({
    required: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'host', operator: 'In', values: [name] }] }] },
  })

  it('of one machine must say which', () => {
    expect(texts(validateVolume(local()))).toEqual([
      'spec.nodeAffinity: Required value: Local volume requires node affinity',
    ])
    expect(texts(validateVolume(local(at('a'))))).toEqual([])
  })

  it('stays what and where it is', () => {
    expect(texts(validateVolumeUpdate(local(at('b'), '/other'), local(at('a'))))).toEqual([
      'spec.persistentvolumesource: Forbidden: spec.persistentvolumesource is immutable after creation',
      expect.stringMatching(
        /^spec.nodeAffinity: Invalid value: .*: field is immutable, except for updating from beta label to GA$/,
      ),
    ])
  })
})
