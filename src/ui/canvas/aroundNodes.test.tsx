/** The cards around the columns: what they say, to those who see them and to those who do not, and what they select. */
import { cleanup, fireEvent, render, screen } from '@testing-library/preact'
import type { ReactNode } from 'react'
import { afterEach, expect, test } from 'vitest'
import type { AroundPicture, EndpointState, ObjectKey } from '../../sim/index.ts'
import { OrdinalContext } from '../useOrdinal.ts'
import { AroundList } from './AroundList.tsx'
import { AroundContext } from './around.ts'
import { fixtureStore } from './fixtureStore.ts'
import { column, pictureOf, setOf } from './fixtures.ts'
import { ClassNode, DoorNode, EndpointNode } from './nodes/AroundNodes.tsx'

afterEach(cleanup)

const SLICE = 'EndpointSlice/default/nginx-a' as ObjectKey
const outside = ['172.18.0.2:31690', '172.18.0.3:31690']
const door = { ports: [2181], addresses: ['10.96.0.100'], outside, nodePorts: [31690], endpoints: 1 }

const around: AroundPicture = {
  endpoints: {},
  doors: [
    { ...door, key: 'Service/default/web-0' as ObjectKey, name: 'web-0', type: 'NodePort', ordinals: [0], ready: 1 },
    {
      ...door,
      key: 'Service/default/client' as ObjectKey,
      name: 'client',
      type: 'ClusterIP',
      ordinals: [0, 1],
      nodePorts: [],
      outside: [],
      ready: 0,
    },
  ],
  classes: [
    {
      key: 'StorageClass//standard' as ObjectKey,
      name: 'standard',
      exists: true,
      isDefault: true,
      provisioner: 'disk.csi.example.com',
      bindingMode: 'WaitForFirstConsumer',
      reclaimPolicy: 'Retain',
      ordinals: [0],
    },
    { key: 'StorageClass//gold' as ObjectKey, name: 'gold', exists: false, isDefault: false, ordinals: [0, 1] },
  ],
}

function show(children: ReactNode, more: Partial<AroundPicture> = {}) {
  const fixture = fixtureStore(pictureOf(setOf([column(0, 'ready'), column(1, 'notReady')])))
  render(
    <OrdinalContext value={fixture.store}>
      <AroundContext value={{ ...around, ...more }}>{children}</AroundContext>
    </OrdinalContext>,
  )
  return fixture
}

const node = (Node: unknown, data: object) => {
  const Card = Node as (props: { data: object }) => ReactNode
  return <Card data={{ anchors: [], ...data }} />
}

test.each<[EndpointState, string]>([
  ['ready', 'ready'],
  ['published', 'ready anyway'],
  ['notReady', 'not ready'],
  ['serving', 'still serving'],
  ['terminating', 'terminating'],
])('an endpoint that is %s says so, and selects its slice', (state, word) => {
  const endpoints = { 0: { key: SLICE, state, addresses: ['10.244.2.2', 'fd00:10:244:1::2'] } }
  const { store } = show(node(EndpointNode, { ordinal: 0 }), { endpoints })
  const said = `Endpoint 10.244.2.2, fd00:10:244:1::2 in EndpointSlice nginx-a: ${word}`
  const button = screen.getByRole('button', { name: said })
  expect(button.textContent).toContain(word)
  fireEvent.click(button)
  expect(store.getState().selected).toBe(SLICE)
})

test('a pod without an address has no endpoint', () => {
  show(node(EndpointNode, { ordinal: 1 }))
  expect(screen.queryByRole('button')).toBeNull()
})

test.each([
  [0, 'Service web-0, NodePort, every node :31690, 172.18.0.2:31690, 172.18.0.3:31690, 1 of 1 ready'],
  [1, 'Service client, ClusterIP, 10.96.0.100 :2181, 0 of 1 ready'],
])('door %i says where it is reached, and how many answer', (index, label) => {
  const { store } = show(node(DoorNode, { index }))
  fireEvent.click(screen.getByRole('button', { name: label }))
  expect(store.getState().selected).toBe(around.doors[index]?.key)
})

test.each([
  [
    0,
    'StorageClass standard, default, disk.csi.example.com, binding WaitForFirstConsumer · reclaim Retain. 1 pod has claims of it.',
  ],
  [1, 'StorageClass gold, does not exist. 2 pods have claims of it.'],
])('class %i says what becomes of its claims', (index, label) => {
  const { store } = show(node(ClassNode, { index }))
  fireEvent.click(screen.getByRole('button', { name: label }))
  expect(store.getState().selected).toBe(around.classes[index]?.key)
})

test('the list names them all, and selects them', () => {
  const { store } = show(<AroundList />)
  const rows = screen.getAllByRole('button')
  expect(rows.map((row) => row.textContent)).toEqual([
    'nginx Service · 1 of 2 names published',
    'web-0 NodePort · every node :31690 · 1 of 1 ready',
    'client ClusterIP · 10.96.0.100 :2181 · 0 of 1 ready',
    'standard StorageClass (default) · binding WaitForFirstConsumer · reclaim Retain',
    'gold StorageClass · does not exist',
  ])
  fireEvent.click(rows[4] as HTMLElement)
  expect(store.getState().selected).toBe('StorageClass//gold')
  expect(rows[4]?.getAttribute('aria-pressed')).toBe('true')
})
