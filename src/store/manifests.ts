/**
 * Reads manifests: those of the scenarios as the build has read them already, every other text through the second door of
 * the simulation, which brings the YAML parser and is loaded after the first picture.
 */
import type { ClusterSettings } from '../sim/index.ts'
import { DEFAULT_SETTINGS } from '../sim/index.ts'
import type * as ManifestDoor from '../sim/manifest/index.ts'
import { precompiledKey } from './precompiledKey.ts'
import { precompiledStart } from './precompiledStart.ts'

type Door = typeof ManifestDoor
export type ReadManifests = ManifestDoor.ReadManifests

export interface ReadRequest {
  readonly namespace: string
  readonly settings: ClusterSettings
  /** Storage classes that the cluster has. */
  readonly storageClasses?: readonly string[]
}

const NOT_YET: ReadManifests = {
  objects: [],
  notices: [],
  problems: [{ code: 'nothing', message: 'Manifests cannot be read yet: the reader is still being loaded.' }],
}

export class ManifestReader {
  private door: Door | undefined
  private known = precompiledStart

  /** Brings the parser. Rejects when the page's files cannot be reached. */
  async load(): Promise<void> {
    this.door ??= await import('../sim/manifest/index.ts')
  }

  /** Takes what the build has read, by `precompiledKey`. */
  learn(known: Readonly<Record<string, ReadManifests>>): void {
    this.known = known
  }

  /**
   * Never throws. A text that the build has read counts as read for a cluster as it is at the start of a run; for another
   * cluster than the usual one only what is dropped may differ, which is not told before the parser is here.
   */
  read(text: string, request: ReadRequest): ReadManifests {
    const known = request.storageClasses === undefined ? this.known[precompiledKey(text, request.namespace)] : undefined
    const { kubernetes, gates } = request.settings
    if (known && kubernetes === DEFAULT_SETTINGS.kubernetes && Object.keys(gates).length === 0) return known
    if (this.door) return this.door.readManifests(text, request)
    return known ? { ...known, notices: known.notices.filter(({ code }) => code !== 'fieldDropped') } : NOT_YET
  }

  /** The object as kubectl prints it; undefined before the door is here. */
  toYaml(object: object): string | undefined {
    return this.door?.toYaml(object)
  }
}
