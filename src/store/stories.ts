/**
 * The stories that can be opened: at first the one that a first visit shows, the others once they are loaded. They come
 * after the first picture, or before it when the address asks for one of them.
 */
import type { ScenarioGroup } from '../content/scenarios/index.ts'
import { orderedStart } from '../content/scenarios/ordered-start.ts'
import type { Scenario } from '../sim/index.ts'
import type { ManifestReader } from './manifests.ts'

const START: readonly ScenarioGroup[] = [{ name: 'stories', scenarios: [orderedStart] }]

export class Stories {
  groups: readonly ScenarioGroup[]
  /** False while some are still to come. */
  complete: boolean

  /** `groups` is for tests: all there are. */
  constructor(groups?: readonly ScenarioGroup[]) {
    this.groups = groups ?? START
    this.complete = groups !== undefined
  }

  get all(): readonly Scenario[] {
    return this.groups.flatMap(({ scenarios }) => scenarios)
  }

  find(id: string | undefined): Scenario | undefined {
    return this.all.find((scenario) => scenario.id === id)
  }

  /** Brings all, and tells the reader their manifests. Rejects when the page's files cannot be reached. */
  async load(reader: ManifestReader): Promise<void> {
    if (this.complete) return
    const { precompiled, scenarioGroups } = await import('./allStories.ts')
    reader.learn(precompiled)
    this.groups = scenarioGroups
    this.complete = true
  }
}
