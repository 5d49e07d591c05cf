/** The scheduler's choice for claims that wait for their first consumer: an annotation. Models: pkg/volume/util, v1.36. */
export const SELECTED_NODE = 'volume.kubernetes.io/selected-node'
