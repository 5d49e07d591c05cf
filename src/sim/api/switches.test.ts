import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { DEFAULT_SETTINGS } from '../index.ts'
import type { ClusterSettings } from './strategy.ts'
import type { Behaviour, Gate, KubernetesVersion, SwitchName } from './switches.ts'
import {
  BEHAVIOURS,
  GATES,
  KUBERNETES_VERSIONS,
  releaseOf,
  SWITCH_NAMES,
  settingsProblem,
  switchesOf,
  versionNamed,
} from './switches.ts'

const inVersion = (kubernetes: KubernetesVersion, gates: ClusterSettings['gates'] = {}): ClusterSettings => ({
  ...DEFAULT_SETTINGS,
  kubernetes,
  gates,
})
const versions = KUBERNETES_VERSIONS.map(({ name }) => name)

/** A switch over all versions: `27 28* 29* …`, a star where it is on; a number where it is one. */
const history = (name: SwitchName): string =>
  versions
    .map((version) => {
      const value = switchesOf(inVersion(version))[name]
      return `${version.slice(2)}${typeof value === 'number' ? `:${value}` : value ? '*' : ''}`
    })
    .join(' ')

describe('the table of switches', () => {
  it.each<[SwitchName, string]>([
    ['MaxUnavailableStatefulSet', '27 28 29 30 31 32 33 34 35.0* 35 36 37*'],
    ['PodIndexLabel', '27 28* 29* 30* 31* 32* 33* 34* 35.0* 35* 36* 37*'],
    ['StatefulSetAutoDeletePVC', '27* 28* 29* 30* 31* 32* 33* 34* 35.0* 35* 36* 37*'],
    ['StatefulSetStartOrdinal', '27* 28* 29* 30* 31* 32* 33* 34* 35.0* 35* 36* 37*'],
    ['recreatesEndedPodsAtOnce', '27* 28* 29* 30* 31 32 33 34 35.0 35 36 37'],
    ['showsHowTerminatingPodsEnd', '27 28 29 30 31* 32* 33* 34* 35.0* 35* 36* 37*'],
    ['nodeMonitorGraceSeconds', '27:40 28:40 29:40 30:40 31:40 32:50 33:50 34:50 35.0:50 35:50 36:50 37:50'],
    ['capitalisesEventVerbs', '27 28 29 30 31 32 33* 34* 35.0* 35* 36* 37*'],
    ['historyLimitIsMutable', '27 28 29 30 31 32 33* 34* 35.0* 35* 36* 37*'],
    ['schedulerCountsClaims', '27 28 29 30 31 32 33 34* 35.0* 35* 36* 37*'],
    ['saysVolumeAffinityUnmatched', '27 28 29 30 31 32 33 34* 35.0* 35* 36* 37*'],
    ['namesContainerInEvents', '27* 28* 29* 30* 31* 32* 33* 34* 35.0 35 36 37'],
    ['countsAvailabilityExactly', '27 28 29 30 31 32 33 34 35.0 35 36* 37*'],
    ['checksPullCredentials', '27 28 29 30 31 32 33 34 35.0 35 36* 37*'],
    ['replacesBrokenPodsBeyondBudget', '27 28 29 30 31 32 33 34 35.0 35 36 37*'],
    ['completesOnDelete', '27 28 29 30 31 32 33 34 35.0 35 36 37*'],
  ])('%s: %s', (name, expected) => {
    expect(history(name)).toBe(expected)
  })

  it('is told of in docs/model.md, every row with its name', () => {
    const page = readFileSync(new URL('../../../docs/model.md', import.meta.url), 'utf8')
    expect(SWITCH_NAMES.filter((name) => !page.includes(`| \`${name}\` |`))).toEqual([])
  })

  it('gives every row a source, and its values in the order of the versions', () => {
    const rows: readonly (Gate | Behaviour<boolean | number>)[] = [
      ...Object.values(GATES),
      ...Object.values(BEHAVIOURS),
    ]
    for (const row of rows) {
      expect(row.source).not.toBe('')
      const ranks = ('states' in row ? row.states : row.values).map(([since]) => versions.indexOf(since))
      expect(ranks).toEqual([...ranks].sort((a, b) => a - b))
    }
  })
})

describe('a version', () => {
  it.each([
    ['1.36', '1.36'],
    ['v1.36.2', '1.36'],
    ['1.35', '1.35'],
    ['1.35.0', '1.35.0'],
    ['1.35.3', '1.35.0'],
    ['1.35.4', '1.35'],
    ['1.27.16', '1.27'],
    ['1.26', undefined],
    ['1.38', undefined],
    ['1.3', undefined],
    ['36', undefined],
  ])('%s means %s', (text, meant) => {
    expect(versionNamed(text)).toBe(meant)
  })

  it('reports a release of its own', () => {
    expect(versions.map(releaseOf).filter((release) => versionNamed(release) === undefined)).toEqual(['v1.37.0-beta.0'])
    for (const version of versions.slice(0, -1)) expect(versionNamed(releaseOf(version))).toBe(version)
  })
})

describe('settings', () => {
  it('turn gates explicitly, and leave the others as the version has them', () => {
    expect(switchesOf(inVersion('1.36', { MaxUnavailableStatefulSet: true }))).toMatchObject({
      MaxUnavailableStatefulSet: true,
      PodIndexLabel: true,
    })
    expect(switchesOf(inVersion('1.30', { StatefulSetStartOrdinal: false })).StatefulSetStartOrdinal).toBe(false)
  })

  it('may turn any single switch to see what it changes', () => {
    const overrides = { completesOnDelete: true }
    expect(switchesOf({ ...DEFAULT_SETTINGS, overrides }).completesOnDelete).toBe(true)
    expect(switchesOf(DEFAULT_SETTINGS).completesOnDelete).toBe(false)
  })

  it.each<[string, KubernetesVersion | '1.12', Readonly<Record<string, boolean>>, string | undefined]>([
    ['a version that is not offered', '1.12', {}, 'Kubernetes 1.12 is not simulated; known are 1.27, 1.28'],
    ['a gate that nobody has', '1.36', { Foo: true }, 'unrecognized feature gate: Foo'],
    ['a gate that came later', '1.27', { PodIndexLabel: true }, 'unrecognized feature gate: PodIndexLabel'],
    ['a gate that was removed', '1.36', { PodIndexLabel: true }, 'unrecognized feature gate: PodIndexLabel'],
    [
      'a gate that cannot be turned any more',
      '1.32',
      { StatefulSetAutoDeletePVC: false },
      'cannot set feature gate StatefulSetAutoDeletePVC to false, feature is locked to true',
    ],
    ['a locked gate at its value', '1.32', { StatefulSetAutoDeletePVC: true }, undefined],
    ['an alpha gate', '1.27', { MaxUnavailableStatefulSet: true }, undefined],
  ])('with %s (%s)', (_what, kubernetes, gates, problem) => {
    const settings = { ...DEFAULT_SETTINGS, kubernetes, gates }
    if (problem === undefined) expect(settingsProblem(settings)).toBeUndefined()
    else {
      expect(settingsProblem(settings)).toContain(problem)
      expect(() => switchesOf(settings)).toThrow(problem)
    }
  })
})
