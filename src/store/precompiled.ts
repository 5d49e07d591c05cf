/**
 * The manifests of all scenarios as they were read when the page was built, so that no scenario waits for the YAML parser.
 * The plugin scripts/precompiledManifests.ts puts them in; without it (in tests) there are none, and the reader is loaded.
 */
import type { ReadManifests } from '../sim/manifest/index.ts'

/** What `precompiledKey` gives → what reading came to. */
export const precompiled: Readonly<Record<string, ReadManifests>> = {}
