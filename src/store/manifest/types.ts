/** What the page's manifest desk is to the view: reading, trying out and applying a text. Types only. */
import type * as Door from '../../sim/manifest/index.ts'

export type KnownField = Door.KnownField
export type ManifestProblem = Door.Problem
export type ManifestNotice = Door.Notice

/** What is to be said about a text. */
export interface Checked {
  /** For each of these nothing is applied. Some are the API server's, found by trying the text on the cluster shown. */
  readonly problems: readonly ManifestProblem[]
  /** What is taken otherwise than it is written. */
  readonly notices: readonly ManifestNotice[]
}

/** The objects of a text as they are, and as they would be. Each is the text of several documents. */
export interface Changes {
  readonly before: string
  readonly after: string
}

export interface ManifestDesk {
  /** Longer texts are refused unread, in characters. */
  readonly mostCharacters: number
  /** The text that the run at hand began with. */
  start(): string
  /** What runs, as one text that `kubectl apply` takes. */
  running(): string
  /** Never throws. Changes nothing. */
  check(text: string): Checked
  /** What applying would change, defaults included; problems when it cannot be applied. */
  changes(text: string): Changes | { readonly problems: readonly ManifestProblem[] }
  /** Applies all of it as one act of the run, or nothing: the problems then. */
  apply(text: string): readonly ManifestProblem[]
  /** The fields that may stand in the map at a path of an object. */
  fieldsAt(apiVersion: string, kind: string, path: readonly (string | number)[]): readonly KnownField[]
}
