/** The manifests of the first scenario alone, as `precompiled.ts` has those of all: what the first picture needs. */
import type { ReadManifests } from '../sim/manifest/index.ts'

export const precompiledStart: Readonly<Record<string, ReadManifests>> = {}
