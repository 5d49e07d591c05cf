/** What the server says of budgets, and how it counts their generations. */
import { describe, expect, it } from 'vitest'
import { budgetStrategy } from './budgetStrategy.ts'
import type { StrategyContext } from './strategy.ts'
import type { PodDisruptionBudget, PodDisruptionBudgetSpec } from './types.ts'
import { inKeptVersion } from './versions.ts'

const context = {} as StrategyContext
const selector = { matchLabels: { app: 'zk' } }

const budget = (spec: object, more: object = {}) =>
  ({
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: 'pdb', namespace: 'default' },
    spec: { selector, ...spec },
    ...more,
  }) as unknown as PodDisruptionBudget

const stored = (spec: object) => budgetStrategy.prepareForCreate(budget(spec), context)
const refused = (spec: object) =>
  budgetStrategy.validateCreate(stored(spec), context).map(({ field, message }) => `${field}: ${message}`)
const updated = (spec: object, before = stored({ minAvailable: 2 })) =>
  budgetStrategy.prepareForUpdate(
    { ...before, spec: { selector, ...spec } as PodDisruptionBudgetSpec },
    before,
    'spec',
    context,
  )

describe('a budget is refused', () => {
  it.each<[string, object, readonly string[]]>([
    [
      'both numbers',
      { minAvailable: 2, maxUnavailable: 1 },
      [
        'spec: Invalid value: {"MinAvailable":2,"Selector":{"matchLabels":{"app":"zk"}},"MaxUnavailable":1,"UnhealthyPodEvictionPolicy":null}: minAvailable and maxUnavailable cannot be both set',
      ],
    ],
    [
      'a number below zero',
      { minAvailable: -1 },
      ['spec.minAvailable: Invalid value: -1: must be greater than or equal to 0'],
    ],
    [
      'more than all',
      { maxUnavailable: '101%' },
      ['spec.maxUnavailable: Invalid value: 101%: must not be greater than 100%'],
    ],
    [
      'no percentage',
      { minAvailable: 'two' },
      [
        "spec.minAvailable: Invalid value: two: a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')",
      ],
    ],
    [
      'no policy',
      { unhealthyPodEvictionPolicy: 'Never' },
      [
        'spec.unhealthyPodEvictionPolicy: Unsupported value: "Never": supported values: "AlwaysAllow", "IfHealthyBudget"',
      ],
    ],
    [
      'no selector',
      { selector: { matchExpressions: [{ key: 'app', operator: 'In' }] } },
      [
        "spec.selector.matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'",
      ],
    ],
  ])('for its %s', (_name, spec, expected) => {
    expect(refused(spec)).toEqual(expected)
  })

  it('for nothing: a percentage, all, none, or neither number', () => {
    for (const spec of [{ minAvailable: '100%' }, { maxUnavailable: 0 }, { minAvailable: 0 }, {}])
      expect(refused(spec)).toEqual([])
  })
})

describe('a budget is kept', () => {
  it('with a generation that moves with its spec alone, and a status behind its own door', () => {
    expect(stored({ minAvailable: 2 }).metadata.generation).toBe(1)
    expect(updated({ minAvailable: 1 }).metadata.generation).toBe(2)
    expect(updated({ minAvailable: 2 }).metadata.generation).toBe(1)
    const before = stored({ minAvailable: 2 })
    const status = { ...before.status, disruptionsAllowed: 1 }
    const sent = { ...before, status, spec: { minAvailable: 1 } }
    expect(budgetStrategy.prepareForUpdate(sent, before, 'status', context)).toEqual({ ...before, status })
    expect(budgetStrategy.prepareForUpdate(sent, before, 'spec', context).status).toBe(before.status)
  })

  it('of the first version: its empty selector selects nothing', () => {
    const early = (given: object | undefined) =>
      inKeptVersion(budget({ minAvailable: 2, selector: given }, { apiVersion: 'policy/v1beta1' }))
    expect(early({})).toMatchObject({
      apiVersion: 'policy/v1',
      spec: {
        selector: {
          matchExpressions: [{ key: 'pdb.kubernetes.io/deprecated-v1beta1-empty-selector-match', operator: 'Exists' }],
        },
      },
    })
    expect(early(selector).spec.selector).toEqual(selector)
    expect(early(undefined).spec.selector).toBeUndefined()
    expect(inKeptVersion(budget({ selector: {} })).spec.selector).toEqual({})
  })
})
