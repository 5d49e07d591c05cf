/** Traps of names and of deleting a whole set. */
import { afterEach, expect, it } from 'vitest'
import { resolve } from '../../index.ts'
import { Lab, serviceNamed, setNamed } from '../fixtures/lab.ts'

afterEach(() => expect(Lab.violations()).toEqual([]))

const lookup = (lab: Lab, name: string) => resolve(lab.world, name, 'A')
const HOST = 'web-0.nginx.default.svc.cluster.local'

it('trap 38: nobody checks the Service: without one the set starts all the same, and has no names', () => {
  const lab = new Lab().apply(setNamed()).quiet()
  expect(lab.status().readyReplicas).toBe(3)
  expect(lookup(lab, HOST)).toEqual([])
  lab.apply(serviceNamed()).quiet()
  expect(lookup(lab, HOST)).toHaveLength(1)
})

it('trap 41: in the background the set is gone first, its pods go in any order, and a new set meets their names', () => {
  const lab = Lab.up({ annotations: { 'ordinal.dev/stop-ms': '4000' } })
  lab.deleteSet('background').run(1000)
  expect(lab.find('StatefulSet', 'web')).toBeUndefined()
  expect(['web-0', 'web-1', 'web-2'].map(lab.isTerminating)).toEqual([true, true, true])
  lab.apply(setNamed()).run(500)
  expect(lab.told(['podCreated']).filter((text) => text === 'podCreated web-0')).toHaveLength(1)
  expect(lab.quiet().status().readyReplicas).toBe(3)
})

it('trap 38: a Service with an address of its own gives the pods their names all the same', () => {
  const lab = new Lab().apply(serviceNamed('nginx', { clusterIP: '10.96.7.7' }), setNamed()).quiet()
  expect(lookup(lab, HOST)).toHaveLength(1)
  expect(lookup(lab, 'nginx.default.svc.cluster.local')).toEqual(['10.96.7.7'])
})

it('trap 39: only Ready pods are published, unless the Service says otherwise', () => {
  const names = (publishNotReadyAddresses: boolean) => {
    const service = serviceNamed('nginx', { clusterIP: 'None', publishNotReadyAddresses })
    return lookup(new Lab().apply(service, setNamed({ tag: 'never-ready' })).run(60_000), HOST)
  }
  expect(names(false)).toEqual([])
  expect(names(true)).toHaveLength(1)
})

it('trap 40: a headless Service without a Ready pod has no name at all', () => {
  const lab = new Lab().apply(serviceNamed(), setNamed({ tag: 'never-ready' })).run(60_000)
  expect(lookup(lab, 'nginx.default.svc.cluster.local')).toEqual([])
})
