/**
 * The fifth door of the simulation: pictures for whoever looks closely, at one object, at the nodes, at what stands around a
 * set, at a promise. They come with the canvas, or with the part of the page that draws them.
 */

export { aroundOf } from './around.ts'
export { overviewOf } from './overview.ts'
export { nodesPictureOf } from './pictureNodes.ts'
export type { PromiseRow } from './promises.ts'
export { promisesOf } from './promises.ts'
export { diffLines } from './yamlDiff.ts'
