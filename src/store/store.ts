/** Makes the store: the state that the view reads, the object that scripts use, and what happens once after the start. */
import type { StoreApi } from 'zustand/vanilla'
import { makeSim } from '../sim/index.ts'
import type { Environment } from './environment.ts'
import { Holder, loadDesk, loadTerminal } from './holder.ts'
import type { Shelf } from './loading.ts'
import { ManifestReader } from './manifests.ts'
import { readParameters, stateOfParameters } from './parameters.ts'
import { readPreferences } from './preferences.ts'
import { RunReader } from './runReader.ts'
import type { ScriptingObject } from './script.ts'
import { scriptingObject } from './script.ts'
import { Stories } from './stories.ts'
import type { Ordinal } from './types.ts'

export interface Held {
  readonly store: StoreApi<Ordinal>
  readonly script: ScriptingObject
  /**
   * Loads what was left for later and brings back the run of the last visit; call it after the first picture. `others` loads
   * the later parts of the view. `script.ready()` resolves with it.
   */
  start(others?: () => Promise<unknown>): void
}

/** The store in an environment. `shelf` has what is here already: stories, a reader, for tests another kernel. */
export function makeStore(environment: Environment, shelf: Partial<Shelf> = {}): Held {
  const { parameters, faults } = readParameters(environment.search)
  const { reader = new ManifestReader(), runReader = new RunReader(), stories = new Stories() } = shelf
  const holder = new Holder(
    {
      environment,
      kernel: shelf.kernel ?? makeSim({ freeze: environment.freezes }),
      stories,
      reader,
      runReader,
      parameters,
      faults,
      preferences: readPreferences(environment),
    },
    stateOfParameters(parameters),
  )
  let begin: Held['start'] = () => {}
  const begun = new Promise<() => Promise<unknown>>((resolve) => {
    begin = (others = async () => {}) => resolve(others)
  })
  const openShelf = async () => {
    // A run of last time may be of any story; one whose story cannot be fetched still comes back.
    const loaded = stories.load(reader)
    await loaded.catch(() => undefined)
    holder.store.setState({ stories: stories.groups })
    await holder.runs.restore()
    await loaded
  }
  const ready = begun
    .then((others) => Promise.all([openShelf(), reader.load(), runReader.load(), loadTerminal(), loadDesk(), others()]))
    .then(() => holder.store.setState({ ready: true }))
  ready.catch(({ message }: Error) => {
    holder.notices.add({ kind: 'notice', params: { code: 'partMissing', message } })
    holder.publish()
  })
  return { store: holder.store, script: scriptingObject(holder, ready), start: begin }
}
