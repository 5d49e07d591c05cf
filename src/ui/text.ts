/**
 * The words of the page in the reader's language. A text is asked for by its key, with its slots by name; the compiler
 * knows both from the English catalogue. What the first story says in English is here from the start. The rest of English
 * is loaded after the first picture, other languages when they are chosen: they take over in place, and until then, or
 * when loading fails, the English that is here stands in.
 */
import type { ReactNode } from 'react'
import { createElement, Fragment, useSyncExternalStore } from 'react'
import { start } from '../content/texts/en.start.ts'
import type { en } from '../content/texts/en.ts'
import type { Language } from '../store/types.ts'
import type { Mark, Part } from './messages.ts'
import { Grammar, readMessage } from './messages.ts'
import { useOrdinal } from './useOrdinal.ts'

export type Catalogue = Readonly<Record<TextKey, string>>
export type TextKey = keyof typeof en
export type Slot = string | number

/** What stands in `{…}`: the name up to the first comma. A branch of a plural is no name: it has spaces or a `#`. */
type Named<S extends string> = S extends `${infer Name},${string}` ? Named<Name> : S
type Proper<S extends string> = S extends `${string} ${string}` | `${string}#${string}` ? never : S
type SlotsIn<S extends string> = S extends `${string}{${infer Rest}`
  ? (Rest extends `${infer Inside}}${string}` ? Proper<Named<Inside>> : never) | SlotsIn<Rest>
  : never

type IsUnion<T, Whole = T> = T extends unknown ? ([Whole] extends [T] ? false : true) : never

/** One key: exactly its slots. A key that is chosen at run time: any slots, for the compiler cannot know which. */
type ParamsOf<K extends TextKey, Value> =
  IsUnion<K> extends true
    ? [params?: Readonly<Record<string, Value>>]
    : [SlotsIn<(typeof en)[K]>] extends [never]
      ? []
      : [params: Readonly<Record<SlotsIn<(typeof en)[K]>, Value>>]

/** A text as one string, without its marks. */
export type Say = <K extends TextKey>(key: K, ...params: ParamsOf<K, Slot>) => string
/** A text with its marks as elements, and elements allowed in its slots. */
export type SayRich = <K extends TextKey>(key: K, ...params: ParamsOf<K, ReactNode>) => ReactNode

interface Words {
  readonly say: Say
  readonly rich: SayRich
}

interface Source {
  readonly catalogue: Partial<Catalogue>
  /** For plural rules and numbers. */
  readonly locale: string
  readonly revise?: (parts: readonly Part[]) => readonly Part[]
}

const marked = (mark: Mark, inner: readonly ReactNode[]): ReactNode =>
  createElement(mark === 'k' ? 'kbd' : 'b', {}, ...inner)

const unmarked = <T>(_mark: Mark, inner: readonly T[]): readonly T[] => inner

/** Stands where a text is asked for before it is here. */
const STILL_TO_COME = '…'

/** The words of one language; messages are read when they are first said. */
export function wordsOf({ catalogue, locale, revise = (parts) => parts }: Source): Words {
  const grammar = new Grammar(locale)
  const read = new Map<TextKey, readonly Part[]>()
  const message = (key: TextKey): readonly Part[] => {
    const known = read.get(key)
    if (known) return known
    const parts = revise(readMessage(catalogue[key] ?? STILL_TO_COME))
    read.set(key, parts)
    return parts
  }
  const say: Say = (key, ...[params = {}]) => grammar.fill<Slot, string>(message(key), params, unmarked).join('')
  const rich: SayRich = (key, ...[params = {}]) =>
    createElement(Fragment, {}, ...grammar.fill<ReactNode, ReactNode>(message(key), params, marked))
  return { say, rich }
}

/** The catalogues that are here. */
const catalogues = new Map<Language, Partial<Catalogue>>([['en', start]])
const known = new Map<Language, Words>([['en', wordsOf({ catalogue: start, locale: 'en' })]])
const loading = new Map<Language, Promise<void>>()
const listeners = new Set<() => void>()

/** What an element's `lang` says for a language of the page. */
export const tagOf = (language: Language): string => (language === 'pseudo' ? 'en-XA' : language)

async function sourceOf(language: Language): Promise<Source> {
  switch (language) {
    case 'en':
      return { catalogue: (await import('../content/texts/en.ts')).en, locale: 'en' }
    case 'zh-CN':
      return { catalogue: (await import('../content/texts/zh-CN.ts')).zhCN, locale: 'zh-CN' }
    case 'pseudo':
      return { ...(await sourceOf('en')), revise: (await import('./pseudo.ts')).pseudo }
  }
}

/** Whether the language can be said: all of it, or the English of the first story. */
export const hasTexts = (language: Language): boolean => known.has(language)

/** Whether there is a text under this key in any language that is here: for keys that are made of codes and ids. */
export const isTextKey = (key: string): key is TextKey =>
  [...catalogues.values()].some((catalogue) => Object.hasOwn(catalogue, key))

async function take(language: Language): Promise<void> {
  const source = await sourceOf(language)
  catalogues.set(language, source.catalogue)
  known.set(language, wordsOf(source))
  for (const listener of listeners) listener()
}

/** Loads a language; resolves when all its words can be said. Rejects when they cannot be fetched. */
export function loadTexts(language: Language): Promise<void> {
  const begun = loading.get(language) ?? take(language)
  loading.set(language, begun)
  begun.catch(() => loading.delete(language))
  return begun
}

function follow(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function useWords(): Words {
  const language = useOrdinal((state) => state.language)
  return useSyncExternalStore(follow, () => known.get(language) ?? (known.get('en') as Words))
}

/** Says texts in the reader's language; a component that uses it renders again when the language changes. */
export const useText = (): Say => useWords().say

/** As `useText`, for texts with marks or with elements in their slots. */
export const useRich = (): SayRich => useWords().rich
