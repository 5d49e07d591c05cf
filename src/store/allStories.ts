/** All stories with their manifests as the build has read them: one part of the page, loaded after the first picture. */
export { scenarioGroups } from '../content/scenarios/index.ts'
export { precompiled } from './precompiled.ts'
