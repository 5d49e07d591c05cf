import { cleanup, fireEvent, render, screen } from '@testing-library/preact'
import { ReactFlowProvider } from '@xyflow/react'
import type { ReactNode } from 'react'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { SetPicture } from '../../sim/index.ts'
import type { OrdinalState } from '../../store/types.ts'
import { OrdinalContext } from '../useOrdinal.ts'
import { ControllerCard, phasesOf } from './ControllerCard.tsx'
import { FirstVisit } from './FirstVisit.tsx'
import { fixtureStore } from './fixtureStore.ts'
import { column, NOW, pictureOf, podKey, setKey, setOf } from './fixtures.ts'
import { metricsOf, planOf } from './layout.ts'
import { NameNode } from './nodes/NameNode.tsx'
import { moved, PartitionNode } from './nodes/PartitionNode.tsx'
import { PodNode } from './nodes/PodNode.tsx'
import { PlanContext } from './nodes/RailNode.tsx'
import { ServiceNode } from './nodes/ServiceNode.tsx'
import { ClaimNode, VolumeNode } from './nodes/StorageNodes.tsx'
import { StepContext } from './StopButton.tsx'
import { everyState, partitioned, scalingDown, untouched } from './scenes.ts'

afterEach(cleanup)

function show(children: ReactNode, set: SetPicture, more: Partial<OrdinalState> = {}) {
  const fixture = fixtureStore(pictureOf(set), more)
  render(<OrdinalContext value={fixture.store}>{children}</OrdinalContext>)
  return fixture
}

/** A node as React Flow renders it, without React Flow. */
const node = (Node: unknown, data: object) => {
  const Card = Node as (props: { data: object }) => ReactNode
  return <Card data={{ anchors: [], folded: false, index: 0, ...data }} />
}
const pod = (ordinal: number) => node(PodNode, { ordinal })

describe('a pod', () => {
  test.each([
    [0, 'Pod web-0, Running, 1 of 1 ready, revision A'],
    [1, 'Pod web-1, Running, 1 of 1 ready, revision A, minReadySeconds'],
    [2, 'Pod web-2, Running, 0 of 1 ready, revision B, probe fails'],
    [3, 'Pod web-3, Pending, 0 of 1 ready, revision A, unschedulable'],
    [4, 'Pod web-4, ContainerCreating, 0 of 1 ready, revision A, pulling image'],
    [5, 'Pod web-5, Terminating, 0 of 1 ready, revision A, grace period'],
    [6, 'Pod web-6, CrashLoopBackOff, 0 of 1 ready, revision A, restart 4'],
    [7, 'Pod web-7, ImagePullBackOff, 0 of 1 ready, revision C, pull failed'],
    [8, 'Pod web-8, Evicted, 0 of 1 ready, revision A, evicted'],
    [9, 'Pod web-9, Completed, 0 of 1 ready, revision A'],
    [11, 'Pod web-11, not created, waits for web-10'],
  ])('%i is announced as a whole', (ordinal, label) => {
    show(pod(ordinal), everyState())
    expect(screen.getByRole('button', { name: label })).toBeTruthy()
  })

  test('says the word of kubectl, the ready count and its facts', () => {
    show(pod(6), everyState())
    const card = screen.getByRole('button')
    for (const text of ['CrashLoopBackOff', '0/1', 'nginx:1.27', 'node-a', 'restart 4', 'next 31 s']) {
      expect(card.textContent).toContain(text)
    }
  })

  test('counts down with virtual time', () => {
    const { store } = show(pod(2), everyState())
    expect(screen.getByRole('button').textContent).toContain('next 2.6 s')
    fireEvent.transitionEnd(document.body)
    store.setState({ now: NOW + 1_000 })
    return screen.findByText('1.6 s', { exact: false })
  })

  test('is selected by a click and let go by Escape', () => {
    const { store } = show(pod(1), everyState())
    const card = screen.getByRole('button')
    fireEvent.click(card)
    expect(store.getState().selected).toBe(podKey(1))
    expect(screen.getByRole('button', { pressed: true })).toBe(card)
    fireEvent.keyDown(card, { key: 'Escape' })
    expect(store.getState().selected).toBeUndefined()
  })

  test('leads arrow keys to its neighbours and keeps them from the rest of the page', () => {
    const step = vi.fn()
    const elsewhere = vi.fn()
    document.addEventListener('keydown', elsewhere)
    show(<StepContext value={step}>{pod(1)}</StepContext>, everyState())
    fireEvent.keyDown(screen.getByRole('button'), { key: 'ArrowRight' })
    expect(step).toHaveBeenCalledExactlyOnceWith('pod/1', 'right')
    expect(elsewhere).not.toHaveBeenCalled()
    fireEvent.keyDown(screen.getByRole('button'), { key: 'ArrowRight', shiftKey: true })
    expect(step).toHaveBeenCalledTimes(1)
    expect(elsewhere).toHaveBeenCalledTimes(1)
    document.removeEventListener('keydown', elsewhere)
  })

  test('leaves Space to the playback', () => {
    show(pod(1), everyState())
    const card = screen.getByRole('button')
    expect(fireEvent.keyUp(card, { key: ' ' }), 'default prevented').toBe(false)
    expect(fireEvent.keyDown(card, { key: ' ' }), 'still heard by others').toBe(true)
  })

  test('tells of its name and claim where they have no cards of their own', () => {
    show(node(PodNode, { ordinal: 0, folded: true }), everyState())
    expect(screen.getByRole('button').textContent).toMatch(/DNS.*10\.244\.1\.3.*claim.*Bound/)
  })
})

describe('the other objects of a column', () => {
  test('a cached name is told apart from a published and an absent one', () => {
    show(node(NameNode, { ordinal: 3 }), partitioned())
    const name = screen.getByRole('button', {
      name: /web-3\.nginx\.default\.svc\.cluster\.local.*caches may still answer/,
    })
    expect(name.textContent).toContain('17 s')
  })

  test('claims and volumes say what kubectl says', () => {
    show(
      <>
        {node(ClaimNode, { ordinal: 5 })}
        {node(VolumeNode, { ordinal: 0 })}
      </>,
      everyState(),
    )
    expect(screen.getByRole('button', { name: 'Claim www-web-5, Terminating' }).textContent).toContain('in use')
    expect(screen.getByRole('button', { name: /^Volume pvc-.*, Bound$/ }).textContent).toContain('Delete')
  })

  test('a volume that does not exist is not drawn', () => {
    show(node(VolumeNode, { ordinal: 11 }), everyState())
    expect(screen.queryByRole('button')).toBeNull()
  })

  test('the Service says how many names it publishes, or that it is missing', () => {
    const set = partitioned()
    const { store } = show(node(ServiceNode, {}), set)
    expect(screen.getByRole('button').textContent).toContain('4 of 5 names published')
    fireEvent.click(screen.getByRole('button'))
    expect(store.getState().selected).toBe('Service/default/nginx')
    cleanup()
    show(node(ServiceNode, {}), { ...set, service: { ...set.service, exists: false } })
    expect(screen.getByRole('button').textContent).toContain('does not exist')
  })
})

describe('the controller', () => {
  test('says its verdict, how often it has looked, and selects the set', () => {
    const { store } = show(<ControllerCard />, partitioned())
    const card = screen.getByRole('button', {
      name: /^StatefulSet controller of web\. Stops at web-3: it is not Ready\./,
    })
    expect(card.textContent).toContain('38 syncs, last at 00:54.0')
    expect(card.querySelector('b b, .controller-verdict b')?.textContent).toBe('Stops at web-3:')
    fireEvent.click(card)
    expect(store.getState().selected).toBe(setKey)
  })

  test.each([
    ['createInOrder', ['paused', 'ahead', 'ahead']],
    ['scaleDown', ['done', 'paused', 'ahead']],
    ['update', ['done', 'done', 'paused']],
    ['settled', ['done', 'done', 'done']],
    ['deleting', ['ahead', 'ahead', 'ahead']],
  ] as const)('in %s its phases are %j', (phase, phases) => {
    const controller = { syncs: 1, phase, verdict: '' }
    expect(phasesOf({ controller }).map(({ is }) => is)).toEqual(phases)
  })
})

describe('the first visit', () => {
  test('says one sentence, which is the play button it names', () => {
    const { store } = show(<FirstVisit />, untouched(3), { untouched: true })
    const sentence = screen.getByRole('button')
    expect(sentence.querySelector('.by-key')?.textContent).toBe('Press Space: web-0 comes first.')
    fireEvent.click(sentence)
    expect(store.getState().playing).toBe(true)
    expect(screen.queryByRole('button')).toBeNull()
  })
})

describe('the partition', () => {
  const handle = () => screen.getByRole('slider', { name: 'Partition' })

  function showPartition(set: SetPicture, more: Partial<OrdinalState> = {}) {
    const plan = planOf(
      set.columns.map(({ ordinal, place, claims }) => ({
        ordinal,
        condemned: place === 'condemned',
        claims: claims.length,
      })),
      metricsOf('light'),
    )
    return show(
      <ReactFlowProvider>
        <PlanContext value={plan}>
          <PartitionNode />
        </PlanContext>
      </ReactFlowProvider>,
      set,
      more,
    )
  }

  test('says how many pods it keeps and which revisions meet at it', () => {
    showPartition(partitioned())
    expect(handle().getAttribute('aria-valuetext')).toBe('partition 2: 2 stay, 3 may be replaced')
    expect(handle().getAttribute('aria-valuemax')).toBe('5')
    expect(document.body.textContent).toMatch(/stay at.*A.*partition 2.*replaced by.*B/)
  })

  test('moves by arrow keys and gives one command when the key is let go', () => {
    const { commands } = showPartition(partitioned())
    fireEvent.keyDown(handle(), { key: 'ArrowRight' })
    fireEvent.keyDown(handle(), { key: 'ArrowRight' })
    expect(handle().getAttribute('aria-valuenow')).toBe('4')
    expect(commands).toEqual([])
    fireEvent.keyUp(handle(), { key: 'ArrowRight' })
    expect(commands).toEqual([{ type: 'setPartition', namespace: 'default', name: 'web', partition: 4 }])
  })

  test('gives no command when it comes back to where it was', () => {
    const { commands } = showPartition(partitioned())
    fireEvent.keyDown(handle(), { key: 'ArrowRight' })
    fireEvent.keyDown(handle(), { key: 'ArrowLeft' })
    fireEvent.keyUp(handle(), { key: 'ArrowLeft' })
    expect(commands).toEqual([])
  })

  test.each([
    ['under OnDelete', { strategy: 'OnDelete' } as const, {}],
    ['when no pods are wanted', { desired: 0 }, {}],
    ['for a set that is gone', { exists: false }, {}],
    ['before anything was played', {}, { untouched: true }],
  ])('is not offered %s', (_, set, more) => {
    showPartition({ ...partitioned(), ...set }, more)
    expect(screen.queryByRole('slider')).toBeNull()
  })

  test('larger than the set it stands at the end and keeps its number', () => {
    showPartition({ ...partitioned(), partition: 9 })
    expect(handle().textContent).toContain('partition 9')
    expect(handle().getAttribute('aria-valuenow')).toBe('5')
  })

  test('stands only among the wanted', () => {
    showPartition({ ...scalingDown(3, 2), partition: 1 })
    expect(handle().getAttribute('aria-valuemax')).toBe('3')
  })

  test.each([
    ['ArrowLeft', 1],
    ['ArrowUp', 3],
    ['PageUp', 5],
    ['PageDown', 0],
    ['Home', 0],
    ['End', 5],
    ['Enter', undefined],
  ])('%s from 2 of 5 leads to %s', (key, to) => {
    expect(moved(key, 2, 5)).toBe(to)
  })
})

test('a column that is not there draws nothing', () => {
  show(pod(7), setOf([column(0, 'ready')]))
  expect(screen.queryByRole('button')).toBeNull()
})
