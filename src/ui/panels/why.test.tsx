import { cleanup, fireEvent, screen, within } from '@testing-library/preact'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { en } from '../../content/texts/en.ts'
import type { Fact } from '../../sim/index.ts'
import { factsSaid } from '../announce.tsx'
import { fakeWindow, openView } from '../fixtures/openView.tsx'
import { wordsOf } from '../text.ts'
import { notable } from './Forecast.tsx'
import { Inspector } from './Inspector.tsx'

afterEach(cleanup)

const web = { namespace: 'default', name: 'web' } as const
const { say } = wordsOf({ catalogue: en, locale: 'en' })

/** Three pods Ready, then web-1 is held unready and two more are wanted. */
async function blocked() {
  fakeWindow()
  const view = await openView(<Inspector />)
  view.run((verbs) => verbs.untilQuiet())
  await vi.waitFor(() => expect(view.state().picture.set?.ready).toBe(3), 30_000)
  view.run((verbs) => verbs.dispatch({ type: 'setReadiness', namespace: 'default', name: 'web-1', ready: false }))
  view.run((verbs) => verbs.advance(25_000))
  view.run((verbs) => verbs.dispatch({ type: 'scaleStatefulSet', ...web, replicas: 5 }))
  view.run((verbs) => verbs.advance(3000))
  return view
}

describe('before anything has happened', () => {
  test('the inspector says so and what comes first', async () => {
    fakeWindow()
    await openView(<Inspector />)
    expect(screen.getByRole('heading', { level: 3 }).textContent).toBe('Nothing has happened: the clock stands at 0.')
    const first = await screen.findByRole('region', { name: 'First of all' })
    expect(first.textContent).toContain('web-0 is created')
    expect(screen.getByRole('region', { name: 'Story' }).textContent).toContain('Three pods start at v1')
  })
})

describe('why it waits', () => {
  test('one sentence, the chain to its root, and the rule', async () => {
    const view = await blocked()
    view.run((verbs) => verbs.select('Pod/default/web-3'))
    expect(screen.getByRole('heading', { level: 3 }).textContent).toBe('web-3 is not created yet: web-1 comes first.')
    const links = within(screen.getByRole('list', { name: /Reasons/ })).getAllByRole('listitem')
    expect(links.length).toBeGreaterThanOrEqual(2)
    expect(links[0]?.textContent).toContain('ORD-')
    expect(links[0]?.textContent).toContain('because')
    expect(links.at(-1)?.textContent).toContain('You keep web-1 from being Ready')
    expect(links.at(-1)?.textContent).toContain('root cause')
    expect(links.at(-1)?.textContent).not.toContain('because')
  })

  test('the chain leads from object to object', async () => {
    const view = await blocked()
    fireEvent.click(screen.getAllByRole('button', { name: 'web-1' })[0]!)
    expect(view.state().selected).toBe('Pod/default/web-1')
    expect(screen.getByRole('heading', { level: 2 }).textContent).toBe('web-1')
  })

  test('the rule leads to its lamp', async () => {
    const view = await blocked()
    fireEvent.click(screen.getByRole('button', { name: /^Guarantee ORD-\d: / }))
    expect(view.state().dockTab).toBe('guarantees')
  })

  test('what would unblock it is an act that does', async () => {
    const view = await blocked()
    const box = screen.getByRole('region', { name: 'What would unblock it' })
    fireEvent.click(within(box).getByRole('button', { name: 'Make Ready' }))
    expect(view.state().lastAct?.command).toEqual({
      type: 'setReadiness',
      namespace: 'default',
      name: 'web-1',
      ready: true,
    })
  })

  test('or time alone: the run goes to that moment', async () => {
    fakeWindow()
    const view = await openView(<Inspector />)
    const button = () => screen.queryByRole('button', { name: 'Run until then' })
    for (let steps = 0; steps < 40 && !button(); steps++) view.run((verbs) => void verbs.step())
    const before = view.state().now
    fireEvent.click(button() as HTMLElement)
    expect(view.state().now).toBeGreaterThan(before)
  })

  test('what waits for nothing says so, and where the controller stopped', async () => {
    const view = await blocked()
    view.run((verbs) => verbs.select('Pod/default/web-0'))
    expect(screen.getByRole('heading', { level: 3 }).textContent).toBe('web-0 waits for nothing.')
    fireEvent.click(screen.getByRole('button', { name: 'web-1' }))
    expect(view.state().selected).toBe('Pod/default/web-1')
  })
})

describe('the other looks of the inspector', () => {
  test('overview, YAML with its changes, Events near and far', async () => {
    const view = await blocked()
    view.run((verbs) => verbs.select('Pod/default/web-1'))
    fireEvent.click(screen.getByRole('tab', { name: 'Overview' }))
    expect((await screen.findByText('registry.k8s.io/nginx-slim:v1')).closest('dl')).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'www-web-1' }))
    expect(view.state().selected).toBe('PersistentVolumeClaim/default/www-web-1')

    view.run((verbs) => verbs.select('StatefulSet/default/web'))
    fireEvent.click(screen.getByRole('tab', { name: 'YAML' }))
    const yaml = await screen.findByRole('region', { name: 'YAML' })
    expect(yaml.textContent).toContain('replicas: 5')
    fireEvent.click(screen.getByRole('radio', { name: 'Changes' }))
    const changes = [...screen.getByRole('region', { name: 'YAML' }).querySelectorAll('[data-mark="added"]')]
    expect(changes.length).toBeGreaterThan(0)

    view.run((verbs) => verbs.select('Pod/default/web-1'))
    fireEvent.click(screen.getByRole('tab', { name: 'Events' }))
    const near = screen.getAllByRole('listitem').length
    fireEvent.click(screen.getByRole('radio', { name: 'Whole set' }))
    expect(screen.getAllByRole('listitem').length).toBeGreaterThan(near)
  })

  test('tabs follow the arrow keys', async () => {
    const view = await blocked()
    screen.getByRole('tab', { name: 'Why' }).focus()
    fireEvent.keyDown(screen.getByRole('tab', { name: 'Why' }), { key: 'ArrowLeft' })
    expect(view.state().inspectorTab).toBe('events')
    expect(document.activeElement?.textContent).toBe('Events')
    fireEvent.keyDown(document.activeElement as Element, { key: 'Home' })
    expect(view.state().inspectorTab).toBe('why')
  })
})

describe('facts as sentences', () => {
  const fact = (type: Fact['type'], name: string, detail: Fact['detail'] = {}): Fact => ({
    at: 0,
    sequence: 1,
    type,
    by: 'kubelet',
    kind: 'Pod',
    namespace: 'default',
    name,
    uid: 'u',
    detail,
  })

  test('what nobody listens for is left out, and a crowd is cut short', () => {
    const facts = [
      fact('setStatusWritten', 'web'),
      fact('podReady', 'web-0'),
      fact('setScaled', 'web', { from: 2, to: 3 }),
      fact('podCreated', 'web-1'),
      fact('podCreated', 'web-2'),
    ]
    expect(factsSaid(facts, say)).toEqual(['web-0 becomes Ready.', 'web is scaled from 2 to 3.', 'web-1 is created.'])
  })

  test('a forecast tells each thing once', () => {
    const facts = [
      fact('podCreated', 'web-0'),
      fact('podUpdated', 'web-0'),
      fact('podCreated', 'web-0'),
      fact('podReady', 'web-0'),
    ]
    expect(notable(facts).map(({ type }) => type)).toEqual(['podCreated', 'podReady'])
  })
})

test('a link names what its reason names: the init container that runs', async () => {
  fakeWindow()
  const view = await openView(<Inspector />, 'init-containers-first')
  view.run((verbs) => verbs.advance(9000))
  const links = within(screen.getByRole('list', { name: /Reasons/ })).getAllByRole('listitem')
  expect(links.at(-1)?.textContent).toMatch(/Init container [\w-]+ of web-0 runs/)
})
