import { cleanup, fireEvent, screen, within } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { en } from '../../content/texts/en.ts'
import type { Lamp } from '../../sim/index.ts'
import type { Notice } from '../../store/types.ts'
import { addressOf } from '../controls/pageMenus.tsx'
import { fakeWindow, openView } from '../fixtures/openView.tsx'
import { wordsOf } from '../text.ts'
import CrashPanel from './CrashPanel.tsx'
import { Dock } from './Dock.tsx'
import { isSavedRun, openFile } from './files.ts'
import { standing } from './Guarantees.tsx'
import { noticeSaid } from './noticeText.ts'
import { heightBy } from './Separator.tsx'
import Toasts from './Toasts.tsx'
import { folded, numbered, partsOf } from './yamlLines.ts'

const { say } = wordsOf({ catalogue: en, locale: 'en' })

beforeEach(() => fakeWindow())
afterEach(cleanup)

describe('a guarantee stands', () => {
  test.each<[Partial<Lamp>, string]>([
    [{ status: 'held', checks: 0 }, 'not needed yet'],
    [{ status: 'held', checks: 1 }, 'held · 1 check'],
    [{ status: 'held', checks: 214 }, 'held · 214 checks'],
    [{ status: 'broken', checks: 3, brokenAt: 74_200 }, 'broken at 01:14.2'],
    [{ status: 'notPromised', checks: 0, why: 'parallel' }, 'not promised: Parallel gives up the order'],
    [{ status: 'notPromised', checks: 0, why: 'forceDelete' }, 'not promised: a pod was deleted by force'],
    [{ status: 'notPromised', checks: 0, why: 'of a later version' }, 'not promised here'],
  ])('%o', (lamp, said) => {
    expect(standing({ id: 'ORD-1', status: 'held', checks: 0, ...lamp }, say)).toBe(said)
  })

  test('a broken one comes first and leads to its moment', async () => {
    const view = await openView(<Dock />)
    view.run((verbs) => verbs.advance(60_000))
    const lamps = view
      .state()
      .lamps.map((lamp): Lamp => (lamp.id === 'ORD-3' ? { ...lamp, status: 'broken', brokenAt: 5000 } : lamp))
    view.store.setState({ lamps })
    expect(await screen.findByText(/1 is broken/)).toBeTruthy()
    fireEvent.click(screen.getByRole('tab', { name: /Guarantees/ }))
    const [first] = await screen.findAllByRole('listitem')
    expect(first?.textContent).toContain('ORD-3')
    fireEvent.click(screen.getByRole('button', { name: 'Show the moment' }))
    expect(view.state().now).toBe(5000)
  })

  test('are followed by the promises of progress, and what holds one up is said', async () => {
    const view = await openView(<Dock />)
    view.run((verbs) => verbs.advance(2_000))
    fireEvent.click(screen.getByRole('tab', { name: /Guarantees/ }))
    const promises = within(await screen.findByRole('region', { name: 'Promises of progress' }))
    expect(promises.getAllByRole('listitem').map((row) => row.textContent?.slice(0, 5))).toHaveLength(9)
    expect(promises.getByText('held up: web-1 is not created')).toBeTruthy()
    expect(promises.getAllByText('kept').length).toBeGreaterThan(4)
  })
})

describe('the dock', () => {
  test('is shut and opened, and choosing a tab opens it', async () => {
    await openView(<Dock />)
    fireEvent.click(screen.getByRole('button', { name: 'Shut the lower panel' }))
    expect(screen.queryByRole('tabpanel')).toBeNull()
    fireEvent.click(screen.getByRole('tab', { name: /Events/ }))
    expect(screen.getByRole('tabpanel')).toBeTruthy()
  })

  test('is resized by the keyboard', async () => {
    await openView(<Dock />)
    const edge = screen.getByRole('separator')
    const height = () => Number(edge.getAttribute('aria-valuenow'))
    const before = height()
    fireEvent.keyDown(edge, { key: 'ArrowUp' })
    expect(height()).toBe(before + 24)
    fireEvent.keyDown(edge, { key: 'Home' })
    expect(height()).toBe(96)
  })

  test.each([
    ['ArrowUp', 224],
    ['ArrowDown', 176],
    ['Home', 96],
    ['End', 500],
    ['a', undefined],
  ])('%s', (key, height) => {
    expect(heightBy(key, 200, 96, 500)).toBe(height)
  })
})

describe('notices', () => {
  const said = (kind: Notice['kind'], params: Notice['params']) => noticeSaid({ id: 1, kind, params }, say)

  test.each<[Notice['kind'], Notice['params'], string, string | undefined]>([
    [
      'refused',
      { message: 'spec.replicas: Invalid value: -1', line: 0, column: 0 },
      'Refused. Nothing was changed.',
      'spec.replicas: Invalid value: -1',
    ],
    [
      'refused',
      { message: 'unknown field', line: 12, column: 3 },
      'Refused at line 12, column 3. Nothing was changed.',
      'unknown field',
    ],
    ['forked', { dropped: 1 }, 'A new future begins here', '1 later moment was dropped.'],
    ['forked', { dropped: 31 }, 'A new future begins here', '31 later moments were dropped.'],
    [
      'paused',
      { why: 'decision', fact: 'podCreated', name: 'web-1' },
      'Paused',
      'The controller decided: web-1 is created.',
    ],
    ['paused', { why: 'violation', rule: 'ORD-1' }, 'Paused', 'Guarantee ORD-1 is broken.'],
    [
      'violation',
      { rule: 'DNS-1', message: 'web-1 is published', moment: 3 },
      'Guarantee DNS-1 is broken',
      'web-1 is published',
    ],
    [
      'parameter',
      { name: 'speed', value: '99', problem: 'must be one of 1, 2' },
      'The address has a bad “speed”. It was left out.',
      'must be one of 1, 2',
    ],
    ['undone', { line: 'kubectl scale sts web --replicas=5' }, 'Taken back', 'kubectl scale sts web --replicas=5'],
    [
      'notice',
      { code: 'legacyVersion', name: 'web', apiVersion: 'apps/v1beta1', kept: 'apps/v1' },
      'web: apps/v1beta1 is read as apps/v1, with the defaults of its own.',
      undefined,
    ],
    ['notice', { code: 'of a later version' }, 'Notice: of a later version', undefined],
    ['loaded', {}, 'Another run is open now.', undefined],
    ['restored', {}, 'Your run of last time is back.', undefined],
  ])('%s %o', (kind, params, title, text) => {
    expect(said(kind, params)).toEqual(text === undefined ? { title } : { title, text })
  })

  test('an act in the past offers to be taken back', async () => {
    const view = await openView(<Toasts />)
    view.run((verbs) => verbs.advance(60_000))
    const { length } = view.state()
    view.run((verbs) => verbs.seek(3000))
    view.run((verbs) => verbs.dispatch({ type: 'scaleStatefulSet', namespace: 'default', name: 'web', replicas: 5 }))
    expect(screen.getByText('A new future begins here')).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }))
    expect(view.state().length).toBe(length)
    expect(view.state().notices.some(({ kind }) => kind === 'forked')).toBe(false)
  })

  test('a refusal says what the API server says and can be put away', async () => {
    const view = await openView(<Toasts />)
    view.run((verbs) => verbs.dispatch({ type: 'setPartition', namespace: 'default', name: 'web', partition: -1 }))
    expect(screen.getByText(/must be greater than or equal to 0/)).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'Put away' }))
    expect(view.state().notices).toEqual([])
  })
})

describe('a crash', () => {
  test('says so, offers the run, and can be put away', async () => {
    const view = await openView(<CrashPanel />)
    expect(screen.queryByRole('alert')).toBeNull()
    view.run(() => view.store.setState({ crash: { message: 'no such slot', stack: 'at web', at: 42_180, run: '{}' } }))
    expect(screen.getByRole('alert').textContent).toContain('The simulation made a mistake at 00:42.1')
    expect(screen.getByText('no such slot')).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Save the run' })).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'Go on' }))
    expect(view.state().crash).toBeUndefined()
  })
})

describe('files', () => {
  test.each([
    ['{"format":1,"seed":7,"commands":[]}', true],
    ['{"apiVersion":"v1","kind":"Service","seed":1}', false],
    ['{"kind":"List"}', false],
    ['apiVersion: v1', false],
    ['{ broken', false],
    ['', false],
  ])('%s is a saved run: %s', (text, saved) => {
    expect(isSavedRun(text)).toBe(saved)
  })

  test('a run that the page saves is one that it knows again', async () => {
    const view = await openView(null)
    const text = view.state().verbs.exportRun()
    expect(isSavedRun(text)).toBe(true)
    const importRun = vi.fn()
    const load = vi.fn()
    await openFile(new File([text], 'run.json'), { importRun, load, pause: () => {} })
    expect(importRun).toHaveBeenCalledWith(text)
    await openFile(new File(['kind: Service'], 'web.yaml'), { importRun, load, pause: () => {} })
    expect(load).toHaveBeenCalledWith({ manifests: 'kind: Service' })
  })
})

test('the address of a moment names scenario, seed and time, and nothing else', () => {
  const run = { scenario: 'on-delete', seed: 7, kubernetes: '1.36' }
  expect(addressOf({ run, now: 42_180, stories: [] }, 'https://example.org/base/?theme=dark&t=1#x')).toBe(
    'https://example.org/base/?scenario=on-delete&seed=7&t=42.18',
  )
})

describe('YAML by lines', () => {
  const line = (mark: 'same' | 'added' | 'removed', text: string) => ({ mark, text })

  test('only lines that are there have a number', () => {
    expect(numbered([line('same', 'a'), line('removed', 'b'), line('added', 'c')]).map(({ number }) => number)).toEqual(
      [1, undefined, 2],
    )
  })

  test('what did not change is folded away, but for two lines around', () => {
    const lines = numbered(
      [...'abcdef']
        .map((text) => line('same', text))
        .concat(
          line('added', 'g'),
          [...'hijk'].map((text) => line('same', text)),
        ),
    )
    expect(folded(lines).map((shown) => (shown.mark === 'fold' ? `… ${shown.count}` : shown.text))).toEqual([
      '… 4',
      'e',
      'f',
      'g',
      'h',
      'i',
      '… 2',
    ])
  })

  test.each([
    ['  replicas: 3', ['  ', 'replicas:', ' 3']],
    ['- name: www', ['- ', 'name:', ' www']],
    ['  - - x', ['  - - ', '', 'x']],
    ['    "a b": c', ['    ', '"a b":', ' c']],
    ['url: http://x', ['', 'url:', ' http://x']],
    ['  10.0.0.1:80', ['  ', '', '10.0.0.1:80']],
  ])('%s', (text, parts) => {
    expect(partsOf(text)).toEqual(parts)
  })
})
