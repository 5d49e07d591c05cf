/** Themes, languages, sizes, assistive technology, silence on the network. */
import AxeBuilder from '@axe-core/playwright'
import { expect, test } from './stage.ts'

for (const theme of ['light', 'dark', 'projector'] as const)
  test(`nothing that axe would call serious in the ${theme} theme`, async ({ stage, page }) => {
    await stage.open({ scenario: 'partition-canary', query: { theme } })
    await stage.untilQuiet()
    await stage.dispatch({
      type: 'setImage',
      namespace: 'default',
      name: 'web',
      image: 'registry.k8s.io/nginx-slim:bad',
    })
    await stage.advance(40_000)
    await page.keyboard.press('3')
    const { violations } = await new AxeBuilder({ page }).analyze()
    const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    expect(grave.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`)).toEqual(
      [],
    )
  })

test('on a phone axe finds nothing at all', async ({ stage, page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await stage.open({ scenario: 'partition-canary' })
  await stage.untilQuiet()
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([])
})

test('speaks 简体中文, switched in place and remembered', async ({ stage, page }) => {
  await stage.open({ scenario: 'ordered-start', query: { lang: 'zh-CN' } })
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN')
  await expect(page.getByText('副本', { exact: false }).first()).toBeVisible()
  await stage.untilQuiet()
  await expect(page.getByText('Running').first()).toBeVisible()
})

test('no sentence escaped the catalogue: the pseudo-language shows none in plain English', async ({ stage, page }) => {
  await stage.open({ scenario: 'ordered-start', query: { lang: 'pseudo' } })
  await stage.until('web-1', 'Created')
  const text = await page.locator('body').innerText()
  expect(text).not.toMatch(/\b(Replicas|Roll out|Update strategy|Break|Timeline|Guarantees|What would unblock it)\b/)
})

test('asks nobody for anything once it is ready', async ({ stage, page }) => {
  await stage.open({ scenario: 'partition-canary' })
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await stage.untilQuiet()
  for (const tab of ['Overview', 'YAML', 'Events', 'Why']) await page.getByRole('tab', { name: tab }).first().click()
  for (const tab of ['Events', 'Guarantees', 'Timeline'])
    await page
      .getByRole('tab', { name: new RegExp(`^${tab}`) })
      .last()
      .click()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  expect(asked.filter((url) => !/^(data|blob):/.test(url))).toEqual([])
})

test('on a phone: the list, the sheet, and the main job by touch', async ({ stage, page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await stage.open({ scenario: 'scale-2-5-3' })
  await stage.untilQuiet()
  await page.getByRole('tab', { name: 'Act' }).click()
  await stage.button('One replica more').click()
  await stage.untilQuiet()
  await expect(page.getByText('web-2').first()).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
})

test('reload loses nothing, and the same seed gives the same run', async ({ stage, page }) => {
  await stage.open({ scenario: 'rolling-update', query: { seed: '7' } })
  await stage.untilQuiet()
  await stage.dispatch({ type: 'scaleStatefulSet', namespace: 'default', name: 'web', replicas: 4 })
  await stage.untilQuiet()
  const run = await page.evaluate(() => window.ordinal.exportRun())
  const facts = await page.evaluate(() => JSON.stringify(window.ordinal.facts()))
  await page.evaluate(() => window.ordinal.load({ scenario: 'on-delete' }))
  const refusal = await page.evaluate((text) => window.ordinal.importRun(text), run)
  expect(refusal).toBeUndefined()
  expect(await page.evaluate(() => JSON.stringify(window.ordinal.facts()))).toBe(facts)
})
