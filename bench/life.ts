/** The life that the scale is measured by: a set starts, rolls to a new image, and goes to 0. */
import { webV1 } from '../src/content/manifests/webV1.ts'
import type { Command, World } from '../src/sim/index.ts'
import { DEFAULT_SETTINGS, makeSim, objectsOf } from '../src/sim/index.ts'
import { readManifests } from '../src/sim/manifest/index.ts'

const HOUR = 3_600_000

function given(world: World, command: Command): World {
  const { world: after, refusal } = kernel.dispatch(world, command)
  if (refusal) throw new Error(refusal.message)
  return after
}

const kernel = makeSim({})
const { objects } = readManifests(webV1)

function demand(holds: boolean, what: string): void {
  if (!holds) throw new Error(what)
}

/** Starts the set with n replicas, rolls it to a new image, scales it to 0; returns how many due items it took. */
export function life(replicas: number): number {
  const web = { namespace: 'default', name: 'web' }
  let world = kernel.create(1, DEFAULT_SETTINGS)
  let steps = 0
  const quiet = (w: World): World => {
    let current = w
    for (let next = kernel.next(current); next && next.world.now < 100 * HOUR; next = kernel.next(current)) {
      current = next.world
      steps++
    }
    return current
  }
  world = given(world, { type: 'applyObjects', objects })
  world = given(world, { type: 'scaleStatefulSet', ...web, replicas })
  world = quiet(world)
  demand(objectsOf(world, 'StatefulSet')[0]?.status.readyReplicas === replicas, 'not all pods are Ready')
  world = quiet(given(world, { type: 'setImage', ...web, image: 'registry.k8s.io/nginx-slim:v2' }))
  demand(objectsOf(world, 'StatefulSet')[0]?.status.updatedReplicas === replicas, 'not all pods are updated')
  world = quiet(given(world, { type: 'scaleStatefulSet', ...web, replicas: 0 }))
  demand(objectsOf(world, 'Pod').length === 0, 'a pod is left')
  return steps
}
