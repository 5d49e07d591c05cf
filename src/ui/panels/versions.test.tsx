// @vitest-environment jsdom
/** Choosing a version, and what changes between two, on the real store: the comparison is really played. */
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { App } from '../App.tsx'
import { addressOf } from '../controls/pageMenus.tsx'
import { chooseOption, fakeWindow, openView } from '../fixtures/openView.tsx'

const slow = { timeout: 20_000 }

beforeEach(() => fakeWindow())
afterEach(cleanup)

const openMenu = (name: RegExp) => {
  fireEvent.click(screen.getByRole('button', { name }))
  return screen.findByRole('menu', {}, slow)
}

async function openDialog() {
  const menu = await openMenu(/Kubernetes .*: choose another/)
  fireEvent.click(within(menu).getByText('What changes between versions'))
  return screen.findByRole('dialog', { name: 'What changes between versions' }, slow)
}

describe('the version of the cluster', () => {
  test('stands in the bar; choosing another begins the run anew, which can be taken back', async () => {
    const view = await openView(<App />)
    view.run((verbs) => verbs.nextBeat())
    const before = view.state().length
    const menu = await openMenu(/Kubernetes 1\.36: choose another/)
    fireEvent.click(within(menu).getByText('Kubernetes 1.30'))
    expect(view.state()).toMatchObject({ now: 0, length: 1, run: { kubernetes: '1.30', scenario: 'rolling-update' } })
    expect(screen.getByRole('button', { name: /Kubernetes 1\.30: choose another/ })).toBeTruthy()
    expect(view.state().notices.map(({ kind, action }) => [kind, action])).toContainEqual(['loaded', 'undoFork'])
    view.run((verbs) => verbs.undoFork())
    expect(view.state()).toMatchObject({ length: before, run: { kubernetes: '1.36' } })
  })

  test('is part of the address that is copied, where it is not the usual one', () => {
    const run = { scenario: 'on-delete', seed: 7 }
    const at = (kubernetes: string) =>
      addressOf({ run: { ...run, kubernetes }, now: 0, stories: [] }, 'https://x.example/y')
    expect(at('1.36')).not.toContain('k8s')
    expect(at('1.30')).toContain('k8s=1.30')
  })
})

describe('what changes between two versions', () => {
  test('tells where the story parts, which switch decides it, and plays it in either', async () => {
    const view = await openView(<App />)
    const dialog = await openDialog()
    await waitFor(() => expect(dialog.textContent).toContain(' switches between them'), slow)
    expect(dialog.textContent).toContain('Then the two stories part.')
    expect(within(dialog).getByRole('region', { name: 'In 1.30' }).textContent).toContain('web-2 is created')
    const [first] = within(dialog).getAllByText(/Decides what happens here/)
    expect(first?.closest('li')?.textContent).toContain('recreatesEndedPodsAtOnce')
    fireEvent.click(within(dialog).getByRole('button', { name: 'Play it in 1.30' }))
    expect(view.state().run.kubernetes).toBe('1.30')
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  test('says that a version is the same as itself', async () => {
    await openView(<App />)
    const dialog = await openDialog()
    chooseOption(within(dialog).getByRole('combobox', { name: 'One version' }), '1.36')
    expect(dialog.textContent).toContain('These are the same version.')
    expect(within(dialog).queryByRole('button', { name: /Play it/ })).toBeNull()
  })
})
