import { cleanup, fireEvent, screen, waitFor } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { App } from './App.tsx'
import type { View } from './fixtures/openView.tsx'
import { fakeWindow, openView } from './fixtures/openView.tsx'
import { loadTexts } from './text.ts'

afterEach(cleanup)
beforeEach(() => {
  // A wide window in which the canvas shows its list: the graph needs a real layout.
  fakeWindow((query) => query.includes('639.9px'))
})

const slow = { timeout: 10_000 }

/** A rollout that is stuck at web-2, whose pod is selected. */
async function stuck(): Promise<View> {
  const view = await openView(<App />, 'broken-rollout')
  view.run((verbs) => verbs.advance(60_000))
  view.run((verbs) => verbs.dispatch({ type: 'setImage', namespace: 'default', name: 'web', image: 'nginx:bad' }))
  view.run((verbs) => verbs.advance(60_000))
  view.run((verbs) => verbs.select('Pod/default/web-2'))
  return view
}

describe('the page', () => {
  test('has its landmarks, its language and its theme', async () => {
    const { run } = await openView(<App />)
    expect(screen.getByRole('banner')).toBeTruthy()
    expect(screen.getByRole('main')).toBeTruthy()
    expect(screen.getByRole('complementary', { name: 'Inspector' })).toBeTruthy()
    for (const name of ['Acts', 'What has happened', 'Time']) expect(screen.getByRole('region', { name })).toBeTruthy()
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Ordinal')
    run((verbs) => verbs.set({ theme: 'dark' }))
    expect(document.documentElement.dataset.theme).toBe('dark')
    expect(document.documentElement.lang).toBe('en')
  })

  test('hides what a link hides', async () => {
    const { run, store } = await openView(<App />)
    run(() => store.setState({ hidden: ['inspector', 'dock', 'time'] }))
    expect(screen.queryByRole('complementary')).toBeNull()
    expect(screen.queryByRole('region', { name: 'Time' })).toBeNull()
    expect(screen.getByRole('banner')).toBeTruthy()
  })

  test('the transport stands in its order: reset far from step', async () => {
    await openView(<App />)
    const bar = screen.getByRole('region', { name: 'Time' })
    const names = [...bar.querySelectorAll('button, select, input, time')].map((part) =>
      part.getAttribute('aria-label'),
    )
    expect(names).toEqual([
      'Speed',
      'Step back',
      'Play',
      'Step to the next write',
      'Run until nothing is left to do',
      'Moment shown',
      'Virtual time',
      'Pause on …',
      'Reset',
    ])
  })

  test('the palette does what is typed, and opening it pauses', async () => {
    const view = await openView(<App />)
    view.run((verbs) => verbs.play())
    fireEvent.keyDown(document.body, { code: 'KeyK', key: 'k', ctrlKey: true })
    const field = await screen.findByPlaceholderText('Type what to do, or a name', undefined, slow)
    expect(view.state().playing).toBe(false)
    fireEvent.change(field, { target: { value: 'replicas=4' } })
    fireEvent.keyDown(field, { key: 'Enter' })
    await waitFor(() => expect(view.state().picture.set?.desired).toBe(4), slow)
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  test('the shortcuts tell every key, and switch single ones off', async () => {
    const view = await openView(<App />)
    fireEvent.keyDown(document.body, { code: 'Slash', key: '?', shiftKey: true })
    const dialog = await screen.findByRole('dialog', { name: 'Keyboard shortcuts' }, slow)
    for (const text of ['Play or pause', 'Step back', 'Select the first to ninth pod'])
      expect(dialog.textContent).toContain(text)
    fireEvent.click(screen.getByRole('checkbox'))
    expect(view.state().singleKeys).toBe(false)
  })

  test('decisions are announced', async () => {
    const view = await openView(<App />)
    view.run((verbs) => void verbs.step())
    await waitFor(() => {
      const said = [...document.querySelectorAll('[aria-live="polite"]')]
        .map(({ textContent }) => textContent)
        .join(' ')
      expect(said).toMatch(/web-0|reserved/)
    }, slow)
  })
})

/** Words that kubectl prints, names of objects and of the API, and what the scenario calls things. */
const allowed =
  /^(Ordinal|Ready|Running|Pending|Bound|Terminating|Completed|ErrImagePull|ImagePullBackOff|OrderedReady|Parallel|RollingUpdate|OnDelete|StatefulSet|web|nginx|www|node|pvc|slim|bad|v\d|RWO|Gi|IP|DNS|EN|Ctrl|Shift|Alt|Space|app|apply|set|image|sts|kubectl|registry|io|k8s|default|standard|svc|cluster|local|manifests?|yaml|max|pseudo|[A-Z]|[a-f\d]+|React|Flow|IDN|ORD|UPD|HLT|STO|DEL|OWN|REV|STA|PDB|API|pod|statefulset|persistentvolumeclaim|nginx-slim)$/

/** Everything that is shown or said: texts, labels, hints. Mono texts are kubectl's. */
function saidIn(root: Element): string[] {
  const said: string[] = []
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.parentElement?.closest('code, kbd, option, .event, script, style')) said.push(node.textContent ?? '')
  }
  for (const element of root.querySelectorAll('*')) {
    for (const name of ['aria-label', 'title', 'placeholder', 'data-tip', 'alt', 'aria-valuetext']) {
      const text = element.getAttribute(name)
      if (text) said.push(text)
    }
  }
  return said
}

/** The words outside of the brackets of the pseudo-language that are neither names nor words of Kubernetes. */
function escaped(said: readonly string[]): string[] {
  return said.flatMap((text) => {
    let rest = text
    while (/⟦[^⟦⟧]*⟧/.test(rest)) rest = rest.replace(/⟦[^⟦⟧]*⟧/g, ' ')
    const words = rest.split(/[^A-Za-z\d-]+/).flatMap((word) => word.split('-'))
    return words.filter((word) => /[A-Za-z]{2}/.test(word) && !allowed.test(word)).map((word) => `${word} in “${text}”`)
  })
}

describe('the pseudo-language', () => {
  test('shows no sentence that did not come from the texts', async () => {
    await loadTexts('pseudo')
    const view = await stuck()
    view.run((verbs) => verbs.set({ language: 'pseudo' }))
    view.run((verbs) => verbs.dispatch({ type: 'setPartition', namespace: 'default', name: 'web', partition: 1 }))
    for (const inspectorTab of ['why', 'overview', 'events'] as const) {
      for (const dockTab of ['timeline', 'events', 'guarantees'] as const) {
        view.run((verbs) => verbs.set({ inspectorTab, dockTab }))
        await waitFor(() => {
          for (const panel of screen.getAllByRole('tabpanel')) expect(panel.textContent).not.toBe('')
        }, slow)
        const line = view.state().lastAct?.line.replace('kubectl ', '') ?? ''
        const texts = saidIn(document.body).map((text) => text.replaceAll(line, ''))
        expect(texts.length).toBeGreaterThan(80)
        expect(escaped(texts)).toEqual([])
      }
    }
  })

  test('would notice one', () => {
    expect(escaped(['⟦Đéļéţé web-0··⟧ Delete it'])).toEqual([
      'Delete in “⟦Đéļéţé web-0··⟧ Delete it”',
      'it in “⟦Đéļéţé web-0··⟧ Delete it”',
    ])
    expect(escaped(['⟦ñö ⟦þöđ·⟧⟧ web-0 ImagePullBackOff 0/1'])).toEqual([])
  })
})
