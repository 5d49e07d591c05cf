/** The store in a real page: its clock, its frames, its drawers, its address; and `window.ordinal`. */
import { createStore as createDrawer, del, get, set } from 'idb-keyval'
import type { Environment } from './environment.ts'
import { ManifestReader } from './manifests.ts'
import { readParameters } from './parameters.ts'
import type { ScriptingObject } from './script.ts'
import type { Held } from './store.ts'
import { makeStore } from './store.ts'
import { Stories } from './stories.ts'

declare global {
  interface Window {
    ordinal: ScriptingObject
  }
}

const RUN = 'run'
const PREFERENCES = 'ordinal.preferences'
const TAB = 'ordinal.terminal'

function pageEnvironment(): Environment {
  const drawer = createDrawer('ordinal', 'runs')
  return {
    now: () => performance.now(),
    nextFrame: (callback) => void requestAnimationFrame(callback),
    after: (ms, callback) => {
      const timer = setTimeout(callback, ms)
      return () => clearTimeout(timer)
    },
    onHidden: (callback) => {
      document.addEventListener('visibilitychange', () => {
        if (document.hidden) callback()
      })
      window.addEventListener('pagehide', callback)
    },
    search: location.search,
    languages: navigator.languages,
    prefersDark: matchMedia('(prefers-color-scheme: dark)').matches,
    freezes: import.meta.env.DEV,
    runs: {
      read: () => get<string>(RUN, drawer),
      write: (text) => set(RUN, text, drawer),
      empty: () => del(RUN, drawer),
    },
    preferences: {
      read: () => localStorage.getItem(PREFERENCES),
      write: (text) => localStorage.setItem(PREFERENCES, text),
    },
    tab: {
      read: () => sessionStorage.getItem(TAB),
      write: (text) => sessionStorage.setItem(TAB, text),
    },
  }
}

/** So long a page that is never drawn (a tab in the background) waits for its first picture, in ms. */
const FIRST_PICTURE_MS = 500

/**
 * The store of this page, with `window.ordinal` in place; it waits for the stories when the address asks for one that is not
 * here at once. `others` loads the later parts of the view.
 */
export async function openStore(others: () => Promise<unknown>): Promise<Held> {
  const environment = pageEnvironment()
  const shelf = { stories: new Stories(), reader: new ManifestReader() }
  const { scenario } = readParameters(environment.search).parameters
  // What cannot be fetched is told once the page stands.
  if (scenario && !shelf.stories.find(scenario)) await shelf.stories.load(shelf.reader).catch(() => undefined)
  const held = makeStore(environment, shelf)
  window.ordinal = held.script
  const start = () => held.start(others)
  requestAnimationFrame(() => setTimeout(start))
  setTimeout(start, FIRST_PICTURE_MS)
  return held
}
