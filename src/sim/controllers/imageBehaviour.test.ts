/** What an image is taken to do, by its tag, its name and the pod's annotations. */
import { describe, expect, it } from 'vitest'
import { behaviourOf, digestOf, imageBytes, imageParts } from './imageBehaviour.ts'

const least = { draw: () => 0 }
const most = { draw: () => 0.999_999 }
const of = (image: string, annotations?: Readonly<Record<string, string>>, view = least) =>
  behaviourOf({ image }, annotations, view)

describe('an image', () => {
  it.each([
    ['nginx', 'nginx', 'latest'],
    ['nginx:1.27', 'nginx', '1.27'],
    ['registry.k8s.io/nginx-slim:0.24', 'nginx-slim', '0.24'],
    ['localhost:5000/team/app', 'app', 'latest'],
    ['localhost:5000/team/app:bad', 'app', 'bad'],
    ['nginx:v1@sha256:0123', 'nginx', 'v1'],
  ])('%s has name %s and tag %s', (image, name, tag) => {
    expect(imageParts(image)).toEqual({ name, tag })
  })

  it('is good unless its tag says otherwise', () => {
    const good = {
      pullable: true,
      pullMs: 1500,
      startMs: 400,
      readyMs: 30,
      liveMs: 30,
      stopMs: 500,
      crashAfterMs: null,
      crashExitCode: 1,
      crashOutOfMemory: false,
    }
    expect(of('nginx:v3')).toEqual(good)
    expect(of('nginx:bad')).toEqual({ ...good, pullable: false })
    expect(of('nginx:crash')).toEqual({ ...good, crashAfterMs: 800 })
    expect(of('nginx:never-ready')).toEqual({ ...good, readyMs: null })
    expect(of('nginx:never-live')).toEqual({ ...good, liveMs: null })
    expect(of('nginx:oom')).toEqual({ ...good, crashAfterMs: 800, crashExitCode: 137, crashOutOfMemory: true })
    expect(of('bad:v1')).toEqual(good)
  })

  it('takes the times of its kind', () => {
    expect(of('gcr.io/google_samples/k8szk:v1')).toMatchObject({ pullMs: 3000, readyMs: 2500 })
    expect(of('docker.io/library/postgres:16', undefined, most)).toMatchObject({ pullMs: 6000, readyMs: 8000 })
    expect(of('nginx:v1', undefined, most)).toMatchObject({ pullMs: 2500, stopMs: 1200 })
  })

  it('takes the times that annotations give, and ignores what is no number of ms', () => {
    const annotations = {
      'ordinal.dev/pull-ms': '10',
      'ordinal.dev/start-ms': '0',
      'ordinal.dev/ready-ms': '7000',
      'ordinal.dev/stop-ms': '-5',
      'ordinal.dev/crash-after-ms': '2500',
    }
    expect(of('nginx:v1', annotations)).toEqual({
      pullable: true,
      pullMs: 10,
      startMs: 0,
      readyMs: 7000,
      liveMs: 7000,
      stopMs: 500,
      crashAfterMs: 2500,
      crashExitCode: 1,
      crashOutOfMemory: false,
    })
    expect(of('nginx:v1', { 'ordinal.dev/stop-ms': '1.5s' }).stopMs).toBe(500)
  })

  it('in an init container ends by itself, and heeds only annotations for it', () => {
    const init = { image: 'busybox', name: 'prepare', ends: true }
    const heeds = (annotations: Readonly<Record<string, string>>, more = {}) => {
      const { startMs, crashAfterMs, crashExitCode } = behaviourOf({ ...init, ...more }, annotations, least)
      return [startMs, crashAfterMs, crashExitCode]
    }
    expect(heeds({})).toEqual([400, 800, 0])
    expect(heeds({}, { image: 'busybox:crash' })).toEqual([400, 800, 1])
    expect(heeds({}, { image: 'busybox:crash', command: ['sh', '-c', 'sleep 9; exit 0'] })).toEqual([400, 800, 1])
    expect(heeds({}, { command: ['sh', '-c', 'sleep 7 && chown app /data'] })).toEqual([400, 7020, 0])
    expect(heeds({ 'ordinal.dev/start-ms': '1', 'ordinal.dev/crash-after-ms': '1' })).toEqual([400, 800, 0])
    const own = { 'ordinal.dev/start-ms.prepare': '5', 'ordinal.dev/exit-code.prepare': '3' }
    expect(heeds(own)).toEqual([5, 800, 3])
  })

  it('runs out of memory when an annotation says so', () => {
    expect(of('nginx:v1', { 'ordinal.dev/oom-after-ms': '900' })).toMatchObject({
      crashAfterMs: 900,
      crashExitCode: 137,
      crashOutOfMemory: true,
    })
  })

  it.each([
    [['sh', '-c', 'exit 1'], [], { crashAfterMs: 20, crashExitCode: 1 }],
    [['/bin/sh', '-c'], ['sleep 2; exit 3'], { crashAfterMs: 2020, crashExitCode: 3 }],
    [['sh', '-c', 'exit 0 # and more'], [], { crashAfterMs: null, crashExitCode: 1 }],
    [['nginx', '-c', 'exit 1'], [], { crashAfterMs: null, crashExitCode: 1 }],
  ])('ends as its script says: %j %j', (command, args, end) => {
    expect(behaviourOf({ image: 'busybox', command, args }, undefined, least)).toMatchObject(end)
  })

  it('has a size and a digest that never change', () => {
    expect(imageBytes('nginx:v1')).toBe(imageBytes('nginx:v1'))
    expect(imageBytes('nginx:v1')).not.toBe(imageBytes('nginx:v2'))
    expect(digestOf('nginx:v1')).toMatch(/^[0-9a-f]{64}$/)
    expect(digestOf('nginx:v1')).toBe(digestOf('nginx:v1'))
    expect(digestOf('nginx:v1')).not.toBe(digestOf('nginx:v2'))
  })
})
