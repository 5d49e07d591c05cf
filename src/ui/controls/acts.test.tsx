import { act, cleanup, fireEvent, screen } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { View } from '../fixtures/openView.tsx'
import { chooseOption, fakeWindow, openView } from '../fixtures/openView.tsx'
import { Acts } from './Acts.tsx'
import { goodTags, imageParts } from './images.ts'
import { ticksOf } from './Partition.tsx'
import { PreviewScope } from './preview.tsx'

const scoped = (
  <PreviewScope>
    <Acts />
  </PreviewScope>
)

let view: View

beforeEach(async () => {
  fakeWindow()
  view = await openView(scoped)
  view.run((verbs) => verbs.untilQuiet())
  await vi.waitFor(() => expect(view.state().picture.set?.ready).toBe(3), 30_000)
})
afterEach(cleanup)

const set = () => view.state().picture.set
const line = () => screen.getByRole('region', { name: 'Same as' }).textContent
const selectPod = (ordinal: number) => view.run((verbs) => verbs.select(`Pod/default/web-${ordinal}`))

async function choose(button: RegExp, item: RegExp): Promise<void> {
  fireEvent.click(screen.getByRole('button', { name: button }))
  fireEvent.click(await screen.findByRole('menuitem', { name: item }, { timeout: 5000 }))
}

function type(field: HTMLElement, text: string): void {
  fireEvent.change(field, { target: { value: text } })
  fireEvent.keyDown(field, { key: 'Enter' })
}

describe('replicas', () => {
  test('are stepped by one', () => {
    fireEvent.click(screen.getByRole('button', { name: 'One replica more' }))
    expect(set()?.desired).toBe(4)
    fireEvent.click(screen.getByRole('button', { name: 'One replica fewer' }))
    expect(set()?.desired).toBe(3)
    expect(line()).toContain('kubectl scale sts web --replicas=3')
  })

  test('are typed, and taken with Enter or on leaving', () => {
    const field = screen.getByRole('spinbutton', { name: 'Replicas' })
    type(field, '5')
    expect(set()?.desired).toBe(5)
    act(() => field.focus())
    fireEvent.change(field, { target: { value: '2' } })
    act(() => field.blur())
    expect(set()?.desired).toBe(2)
  })

  test.each(['-1', 'abc', '2.5', '', '100000'])('“%s” is refused by name, and nothing changes', (text) => {
    const field = screen.getByRole('spinbutton', { name: 'Replicas' }) as HTMLInputElement
    const acts = view.state().length
    type(field, text)
    expect(screen.getByRole('alert').textContent).toBe(`replicas: “${text}” is not a whole number from 0 to 1000`)
    expect(field.getAttribute('aria-invalid')).toBe('true')
    expect(field.value).toBe('3')
    expect(view.state().length).toBe(acts)
    type(field, '4')
    expect(screen.queryByRole('alert')).toBeNull()
  })

  test('Escape forgets what was typed; none goes below 0', () => {
    const field = screen.getByRole('spinbutton', { name: 'Replicas' }) as HTMLInputElement
    fireEvent.change(field, { target: { value: '9' } })
    fireEvent.keyDown(field, { key: 'Escape' })
    expect(field.value).toBe('3')
    type(field, '0')
    expect(screen.getByRole('button', { name: 'One replica fewer' }).hasAttribute('disabled')).toBe(true)
  })
})

describe('rolling out', () => {
  test('a good image of the repository that runs', async () => {
    await choose(/nginx-slim:v1/, /:v2/)
    view.run((verbs) => verbs.advance(1000))
    expect(set()?.rolling).toBe(true)
    expect(line()).toContain('nginx=registry.k8s.io/nginx-slim:v2')
  })

  test('the line is shown before the act is given', async () => {
    fireEvent.click(screen.getByRole('button', { name: /nginx-slim:v1/ }))
    const item = await screen.findByRole('menuitem', { name: /:bad/ }, { timeout: 5000 })
    act(() => item.focus())
    expect(line()).toContain('nginx-slim:bad')
    expect(set()?.rolling).toBe(false)
  })

  test('never-ready gives a probe to a container that has none', async () => {
    cleanup()
    view = await openView(scoped, 'on-delete')
    await choose(/nginx-slim:0\.8/, /:never-ready/)
    expect(view.state().lastAct?.command).toMatchObject({
      type: 'patchObject',
      patch: {
        spec: { template: { spec: { containers: [{ name: 'nginx', readinessProbe: { httpGet: { path: '/' } } }] } } },
      },
    })
  })

  test.each([
    ['nginx', 'nginx', 'latest'],
    ['nginx:1.27', 'nginx', '1.27'],
    ['registry:5000/a/nginx', 'registry:5000/a/nginx', 'latest'],
    ['registry:5000/a/nginx:v1@sha256:00', 'registry:5000/a/nginx', 'v1'],
  ])('%s has its parts', (image, repository, tag) => {
    expect(imageParts(image)).toEqual({ repository, tag })
  })

  test('what runs is offered too, unless it is broken', () => {
    expect(goodTags('nginx:1.27')).toEqual(['1.27', 'v1', 'v2', 'v3'])
    expect(goodTags('nginx:crash')).toEqual(['v1', 'v2', 'v3'])
  })
})

describe('the partition', () => {
  test('is given once, when the hand lets go', () => {
    const slider = screen.getByRole('slider', { name: 'Partition' })
    fireEvent.change(slider, { target: { value: '1' } })
    fireEvent.change(slider, { target: { value: '2' } })
    expect(set()?.partition).toBe(0)
    expect(line()).toContain('"partition":2')
    fireEvent.pointerUp(slider)
    expect(set()?.partition).toBe(2)
    expect(view.state().lanes.markers.filter(({ text }) => text.includes('patch'))).toHaveLength(1)
  })

  test('may lie beyond the replicas as a number, and refuses what is none', () => {
    const field = screen.getByRole('spinbutton', { name: 'Partition as a number' })
    type(field, '7')
    expect(set()?.partition).toBe(7)
    type(field, '-1')
    expect(screen.getByRole('alert').textContent).toContain('partition: “-1” is not a whole number')
    expect(set()?.partition).toBe(7)
  })

  test('rests under OnDelete', () => {
    fireEvent.click(screen.getByRole('radio', { name: 'OnDelete' }))
    expect(set()?.strategy).toBe('OnDelete')
    expect(screen.getByRole('slider', { name: 'Partition' }).hasAttribute('disabled')).toBe(true)
    expect(screen.getByText('OnDelete pays no heed to it')).toBeTruthy()
    fireEvent.click(screen.getByRole('radio', { name: 'RollingUpdate' }))
    expect(set()?.strategy).toBe('RollingUpdate')
  })

  test.each([
    [0, [0]],
    [3, [0, 1, 2, 3]],
    [6, [0, 1, 2, 3, 4, 5, 6]],
    [10, [0, 3, 6, 10]],
    [100, [0, 25, 50, 75, 100]],
  ])('of %i has ticks that leave room', (most, ticks) => {
    expect(ticksOf(most)).toEqual(ticks)
  })
})

describe('breaking a pod', () => {
  test('needs one that is chosen, here or on the canvas', () => {
    const button = screen.getByRole('button', { name: 'Delete pod' })
    expect(button.hasAttribute('disabled')).toBe(true)
    chooseOption(screen.getByRole('combobox', { name: 'Pod to act on' }), 'Pod/default/web-1')
    expect(view.state().selected).toBe('Pod/default/web-1')
    expect(button.hasAttribute('disabled')).toBe(false)
  })

  test.each([
    ['Fail readiness', { type: 'setReadiness', ready: false }],
    ['Crash container', { type: 'crashContainer' }],
    ['Hang process', { type: 'hangContainer' }],
    ['Use up memory', { type: 'exhaustMemory' }],
    ['Evict', { type: 'failPod' }],
    ['Delete pod', { type: 'deletePod' }],
    ['Force delete', { type: 'deletePod', force: true }],
    ['Delete PVC', { type: 'deleteClaim', name: 'www-web-1' }],
  ])('%s', (name, command) => {
    selectPod(1)
    fireEvent.click(screen.getByRole('button', { name }))
    expect(view.state().lastAct?.command).toMatchObject({ namespace: 'default', name: 'web-1', ...command })
  })

  test('a selected claim means its pod', () => {
    view.run((verbs) => verbs.select('PersistentVolumeClaim/default/www-web-2'))
    fireEvent.pointerEnter(screen.getByRole('button', { name: 'Delete pod' }))
    expect(line()).toContain('kubectl delete pod web-2')
    fireEvent.pointerLeave(screen.getByRole('button', { name: 'Delete pod' }))
    expect(line()).not.toContain('web-2')
  })

  test('readiness that is held down can be let go', () => {
    selectPod(0)
    fireEvent.click(screen.getByRole('button', { name: 'Fail readiness' }))
    view.run((verbs) => verbs.advance(25_000))
    fireEvent.click(screen.getByRole('button', { name: 'Make Ready' }))
    expect(view.state().lastAct?.command).toMatchObject({ type: 'setReadiness', ready: true })
  })
})

describe('the end of the set', () => {
  test.each(['background', 'foreground', 'orphan'])('with cascade %s', async (cascade) => {
    await choose(/Delete web/, new RegExp(cascade))
    expect(view.state().lastAct?.line).toBe(`kubectl delete sts web --cascade=${cascade}`)
  })

  test('is followed by applying again', async () => {
    await choose(/Delete web/, /background/)
    view.run((verbs) => verbs.advance(60_000))
    expect(set()?.exists ?? false).toBe(false)
    fireEvent.click(screen.getByRole('button', { name: 'Apply again' }))
    expect(set()?.exists).toBe(true)
  })

  test('undo takes the last act back', () => {
    const undo = screen.getByRole('button', { name: 'Undo the last act' })
    expect(undo.hasAttribute('disabled')).toBe(true)
    fireEvent.click(screen.getByRole('button', { name: 'One replica more' }))
    fireEvent.click(undo)
    expect(set()?.desired).toBe(3)
  })
})
