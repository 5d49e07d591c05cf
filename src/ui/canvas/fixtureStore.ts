/**
 * A store that holds a made-up moment, for the gallery and the tests of the view. Selecting, seeking and preferences work;
 * every other verb only remembers that it was called.
 */
import { createStore } from 'zustand'
import type { Command, Lanes, Picture } from '../../sim/index.ts'
import { DEFAULT_SETTINGS, makeSim } from '../../sim/index.ts'
import type { Ordinal, OrdinalState, OrdinalVerbs } from '../../store/types.ts'
import type { OrdinalStore } from '../useOrdinal.ts'

export interface FixtureStore {
  readonly store: OrdinalStore
  /** Names of the verbs that were called, in order. */
  readonly called: string[]
  readonly commands: Command[]
}

const noLanes: Lanes = { lanes: [], markers: [], end: 0 }

export function fixtureStore(picture: Picture, more: Partial<OrdinalState> = {}): FixtureStore {
  const called: string[] = []
  const commands: Command[] = []
  const store = createStore<Ordinal>()((set) => {
    const working: Partial<OrdinalVerbs> = {
      select: (selected) => set({ selected }),
      seek: (now) => set({ now }),
      set: (preferences) => set(preferences),
      play: () => set({ playing: true, untouched: false }),
      pause: () => set({ playing: false }),
      dispatch: (command) => {
        commands.push(command)
        return undefined
      },
    }
    const verbs = new Proxy(working, {
      get: (target, verb: keyof OrdinalVerbs) => {
        return (...args: readonly unknown[]) => {
          called.push(verb)
          const run = target[verb] as ((...args: readonly unknown[]) => unknown) | undefined
          return run?.(...args)
        }
      },
    }) as OrdinalVerbs
    return { ...rest, now: picture.now, picture, ...more, verbs }
  })
  return { store, called, commands }
}

const rest: Omit<OrdinalState, 'now' | 'picture'> = {
  run: { seed: 1, kubernetes: '1.36' },
  stories: [],
  ready: true,
  playing: false,
  speed: 1,
  manualClock: true,
  cursor: 0,
  length: 1,
  end: 0,
  more: true,
  world: makeSim().create(1, DEFAULT_SETTINGS),
  order: {},
  lanes: noLanes,
  lamps: [],
  untouched: false,
  lastAct: undefined,
  facts: [],
  beats: [],
  selected: undefined,
  dockTab: 'timeline',
  inspectorTab: 'why',
  theme: 'light',
  language: 'en',
  singleKeys: true,
  embedded: false,
  pauseOn: { decision: false, violation: true },
  notices: [],
  crash: undefined,
}
