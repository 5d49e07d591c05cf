/** The version of the cluster: chosen, shown, kept in links; and what changes between two. */
import { expect, test } from './stage.ts'

test('a version is chosen in the bar, begins the story anew, and can be taken back', async ({ stage, page }) => {
  await stage.open({ scenario: 'pod-deleted' })
  await stage.untilQuiet()
  const now = await stage.now()
  await stage.button('Kubernetes 1.36: choose another version').click()
  await page.getByRole('menuitemradio', { name: 'Kubernetes 1.30' }).click()
  await expect(stage.button('Kubernetes 1.30: choose another version')).toBeVisible()
  expect(await stage.now()).toBe(0)
  await stage.untilQuiet()
  await stage.dispatch({ type: 'failPod', namespace: 'default', name: 'web-1' })
  await stage.untilQuiet()
  const events = await page.evaluate(() =>
    (window.ordinal.objects('events') as { reason: string }[]).map(({ reason }) => reason),
  )
  expect(events).toContain('RecreatingFailedPod')
  expect(now).toBeGreaterThan(0)
})

test('the address asks for a version; one that is not known is told, and the page goes on', async ({ stage, page }) => {
  await stage.open({ scenario: 'rolling-update', query: { k8s: '1.35.2' } })
  await expect(stage.button('Kubernetes 1.35.0: choose another version')).toBeVisible()
  await stage.open({ scenario: 'rolling-update', query: { k8s: '1.12' } })
  await expect(stage.button('Kubernetes 1.36: choose another version')).toBeVisible()
  await expect(page.getByText('Kubernetes 1.12 is not simulated').first()).toBeVisible()
})

test('a scenario comes in its own version, and another one may be asked for', async ({ stage, page }) => {
  await stage.open({ scenario: 'max-unavailable-deadlock' })
  await expect(stage.button('Kubernetes 1.35.0: choose another version')).toBeVisible()
  const budget = () =>
    page.evaluate(() => {
      const [set] = window.ordinal.objects('statefulsets') as { spec: { updateStrategy: { rollingUpdate: object } } }[]
      return set?.spec.updateStrategy.rollingUpdate
    })
  expect(await budget()).toEqual({ partition: 0, maxUnavailable: 1 })
  await stage.open({ scenario: 'max-unavailable-deadlock', query: { k8s: '1.36' } })
  expect(await budget()).toEqual({ partition: 0 })
})

for (const width of [1440, 390])
  test(`what changes between 1.30 and 1.36 is played and told, at ${width} px`, async ({ stage, page }) => {
    await page.setViewportSize({ width, height: 844 })
    await stage.open({ scenario: 'rolling-update' })
    await stage.button(/choose another version/).click()
    await page.getByRole('menuitem', { name: /What changes between versions/ }).click()
    const dialog = page.getByRole('dialog', { name: 'What changes between versions' })
    await expect(dialog.getByText('Then the two stories part.')).toBeVisible({ timeout: 30_000 })
    await expect(dialog.getByRole('region', { name: 'In 1.30' })).toContainText('web-2 is created')
    await expect(dialog.getByRole('listitem').filter({ hasText: 'recreatesEndedPodsAtOnce' })).toContainText(
      'Decides what happens here',
    )
    const box = await dialog.boundingBox()
    expect((box?.x ?? -1) + (box?.width ?? 0)).toBeLessThanOrEqual(width)
    await dialog.getByRole('combobox', { name: 'One version' }).selectOption('1.31')
    await expect(dialog.getByText('This story goes the same way in both versions.')).toBeVisible({ timeout: 30_000 })
    await dialog.getByRole('button', { name: 'Play it in 1.31' }).click()
    await expect(dialog).toBeHidden()
    await expect(stage.button('Kubernetes 1.31: choose another version')).toBeVisible()
  })

test('only the keyboard: from the palette to the dialog and back', async ({ stage, page }) => {
  await stage.open({ scenario: 'rolling-update' })
  await page.keyboard.press('Control+k')
  const field = page.getByRole('dialog').getByRole('combobox')
  const chosen = page.getByRole('option', { selected: true })
  // What is told to be chosen is what is.
  const told = async () =>
    expect(field).toHaveAttribute('aria-activedescendant', (await chosen.getAttribute('id')) ?? '')
  await expect(chosen).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('option').nth(1)).toHaveAttribute('aria-selected', 'true')
  await told()
  await field.fill('What changes between')
  await expect(page.getByRole('option').first()).toHaveText(/What changes between versions/)
  await expect(chosen).toHaveText(/What changes between versions/)
  await told()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'What changes between versions' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
})
