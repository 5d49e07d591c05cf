/** The arrangement by node: a machine loses its network, its pod lives on there, and a second one stands beside it. */
import { expect, test } from './stage.ts'

test('cut off a node, force the pod away, and see two web-1 at once', async ({ stage, page }) => {
  await stage.open({ scenario: 'rolling-update' })
  await stage.untilQuiet()
  await stage.button('Arrange by node').click()
  const card = (name: string) => page.getByRole('listitem').filter({ has: page.getByText(name, { exact: true }) })
  await expect(card('node-2').getByRole('button', { name: /web-1/ })).toBeVisible()
  await card('node-2').getByRole('button', { name: 'Cut off' }).click()
  await expect(card('node-2').getByText('Cut off from the network')).toBeVisible()
  await stage.advance(60_000)
  await expect(card('node-2').getByText('NotReady')).toBeVisible()
  await stage.dispatch({ type: 'deletePod', namespace: 'default', name: 'web-1', force: true })
  // Its volume is taken from the lost node by force after six minutes.
  await stage.until('web-1', 'Ready', 600_000)
  await expect(card('node-2').getByRole('button', { name: /web-1: its processes run on/ })).toBeVisible()
  await expect(page.getByRole('button', { name: /web-1/ }).and(page.locator('.resident'))).toHaveCount(2)
  await card('node-2').getByRole('button', { name: 'Reconnect' }).click()
  await stage.advance(60_000)
  await expect(page.locator('.resident').filter({ hasText: 'web-1' })).toHaveCount(1)
})

test('what befalls a machine shows while time stands still, and is taken back', async ({ stage, page }) => {
  await stage.open({ scenario: 'rolling-update' })
  await stage.untilQuiet()
  await stage.button('Arrange by node').click()
  const card = page.getByRole('listitem').filter({ has: page.getByText('node-2', { exact: true }) })
  const now = await stage.now()
  await card.getByRole('button', { name: 'Power off' }).click()
  await expect(card.getByText(/^No power since/)).toBeVisible()
  expect(await stage.now()).toBe(now)
  await page.keyboard.press('ControlOrMeta+z')
  await expect(card.getByText(/^No power since/)).toBeHidden()
  expect(await stage.now()).toBe(now)
})

test('cordon and drain by keyboard; a new node takes what found no place', async ({ stage, page }) => {
  await stage.open({ scenario: 'rolling-update' })
  await stage.untilQuiet()
  await stage.button('Arrange by node').click()
  for (const name of ['node-1', 'node-2', 'node-3']) {
    const toolbar = page.getByRole('toolbar', { name: `What may be done to ${name}` })
    await toolbar.getByRole('button', { name: 'Drain' }).focus()
    await page.keyboard.press('Enter')
    await stage.advance(40_000)
  }
  await expect(page.getByText('Waiting for a node')).toBeVisible()
  await stage.button('Add a node').click()
  await stage.untilQuiet()
  expect(Object.keys(await stage.pods())).toEqual(['web-0', 'web-1', 'web-2'])
  await expect(page.getByText('Waiting for a node')).toBeHidden()
})
