/**
 * The fifth door of the simulation: pictures for whoever looks closely, at one object, at the nodes, at what stands around a
 * set, at a promise. None of them is part of the first picture of a page, so they are loaded after it.
 */

export { aroundOf } from './around.ts'
export { overviewOf } from './overview.ts'
export { nodesPictureOf } from './pictureNodes.ts'
export type { PromiseRow } from './promises.ts'
export { promisesOf } from './promises.ts'
export { diffLines } from './yamlDiff.ts'
