/**
 * How a component reads the moment we hold and moves it: one store, given from above, read by slices. A component
 * renders again only when its own slice changes, so a selector should return a part of the state as it is, or a
 * primitive; never a new object.
 */
import { createContext, useContext } from 'react'
import type { StoreApi } from 'zustand'
import { useStore } from 'zustand'
import type { Ordinal, OrdinalVerbs } from '../store/types.ts'

export type OrdinalStore = StoreApi<Ordinal>

export const OrdinalContext = createContext<OrdinalStore | undefined>(undefined)

/** The store itself, for handlers that read once without following. Throws outside a provider. */
export function useOrdinalStore(): OrdinalStore {
  const store = useContext(OrdinalContext)
  if (!store) throw new Error('No store: render inside <OrdinalContext value={store}>')
  return store
}

/** The part of the state that the selector takes. */
export function useOrdinal<T>(selector: (state: Ordinal) => T): T {
  return useStore(useOrdinalStore(), selector)
}

/** What moves the moment; the same object for the life of the store. */
export function useVerbs(): OrdinalVerbs {
  return useOrdinal((state) => state.verbs)
}
