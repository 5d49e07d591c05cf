/** The manifest editor: a mistake is named where it stands, mended, applied, undone; nothing hostile hurts, nobody is trapped. */
import type { Page } from '@playwright/test'
import { expect, test } from './stage.ts'

const field = (page: Page) => page.getByRole('textbox', { name: /^Manifest/ })
const problems = (page: Page) => page.getByRole('list', { name: 'Problems' }).getByRole('button')

/** Replaces the whole text, as a paste does. */
async function write(page: Page, text: string): Promise<void> {
  await field(page).press('ControlOrMeta+a')
  await page.keyboard.insertText(text)
}

/** Pastes as the clipboard would. */
const paste = (page: Page, text: string): Promise<void> =>
  field(page).evaluate((element, pasted) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', pasted)
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, text)

test('a mistake is told as it is typed, mended, applied and undone', async ({ stage, page }) => {
  await stage.open({ scenario: 'rolling-update' })
  await page.keyboard.press('m')
  await expect(field(page)).toBeFocused()
  await expect(field(page)).toContainText('kind: StatefulSet')
  await expect(problems(page)).toHaveCount(0)

  const line = page.locator('.cm-line', { hasText: /^\s*replicas: 3/ })
  await line.click()
  await page.keyboard.press('Home')
  await page.keyboard.type('x')
  const problem = problems(page).first()
  await expect(problem).toContainText('unknown field "spec.xreplicas"')
  await expect(page.locator('.cm-lintRange-error')).toContainText('xreplicas')
  const place = /^(\d+):(\d+)/.exec((await problem.innerText()).trim())
  expect(place?.[2]).toBe('3')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('Not applied, nothing was changed.')).toBeVisible()

  await problem.focus()
  await page.keyboard.press('Enter')
  await expect(field(page)).toBeFocused()
  await page.keyboard.press('Delete')
  await page.keyboard.press('End')
  await page.keyboard.press('Backspace')
  await page.keyboard.type('5')
  await expect(problems(page)).toHaveCount(0)

  await page.getByText('Diff', { exact: true }).click()
  await expect(page.locator('.manifest .yaml-line[data-mark=added]')).toContainText('replicas: 5')
  await page.getByRole('button', { name: 'Apply', exact: true }).click()
  await expect(page.getByText('Applied.', { exact: true })).toBeVisible()
  const replicas = () =>
    page.evaluate(() => (window.ordinal.objects('statefulsets') as { spec: { replicas: number } }[])[0]?.spec.replicas)
  expect(await replicas()).toBe(5)
  await page.locator('.manifest').getByRole('button', { name: 'Undo' }).click()
  expect(await replicas()).toBe(3)
})

test('the last line stays in view when the problems open under the text, and its completions with it', async ({
  stage,
  page,
}) => {
  await stage.open({ scenario: 'rolling-update' })
  await page.keyboard.press('m')
  await field(page).press('ControlOrMeta+End')
  await page.keyboard.type('\nspe')
  await expect(problems(page).first()).toBeVisible()
  const line = page.locator('.cm-line').last()
  await expect(line).toHaveText('spe')
  await expect(line).toBeInViewport()
  const [text, list] = await Promise.all([line.boundingBox(), problems(page).first().boundingBox()])
  expect((text?.y ?? 0) + (text?.height ?? 0)).toBeLessThanOrEqual(list?.y ?? 0)
})

test('fields are completed, and the keyboard gets out', async ({ stage, page }) => {
  await stage.open({ scenario: 'rolling-update' })
  await page.keyboard.press('m')
  await expect(field(page)).toBeFocused()
  await write(page, 'apiVersion: apps/v1\nkind: StatefulSet\nspec:\n  ')
  await page.keyboard.type('podM')
  const option = page.getByRole('option', { name: /podManagementPolicy/ })
  await option.click()
  await page.keyboard.type('P')
  await page.getByRole('option', { name: 'Parallel' }).click()
  await expect(field(page)).toContainText('podManagementPolicy: Parallel')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Tab')
  await expect(field(page)).not.toBeFocused()
})

test('hostile texts change nothing and run nothing', async ({ stage, page }) => {
  await stage.open()
  await page.keyboard.press('m')
  await expect(field(page)).toContainText('kind: StatefulSet')
  await field(page).press('ControlOrMeta+a')
  await paste(page, 'x: y\n'.repeat(2_000_000))
  await expect(page.getByText(/262,?144 at most are read/)).toBeVisible()
  await expect(field(page)).toContainText('kind: StatefulSet')

  await paste(page, '<script>window.hurt = 1</script><img src=x onerror="window.hurt = 1">\u0000\u001b')
  await expect(problems(page).first()).toBeVisible()
  await write(page, '['.repeat(20_000))
  await expect(problems(page).first()).toContainText('exceeded max depth')
  await write(page, 'apiVersion: v1\nkind: "<img src=x onerror=window.hurt=1>"\nmetadata:\n  name: a\n')
  await expect(problems(page).first()).toContainText('no matches for kind "<img')
  expect(await page.evaluate(() => 'hurt' in window)).toBe(false)
})

test('a dropped file is read, and what runs is given away as a file', async ({ stage, page }) => {
  await stage.open({ scenario: 'rolling-update' })
  await page.keyboard.press('m')
  await expect(field(page)).toContainText('kind: StatefulSet')
  await page.locator('.manifest').evaluate((element) => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File(['apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: dropped\n'], 'a.yaml'))
    element
      .querySelector('.cm-content')
      ?.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
  })
  await expect(field(page)).toContainText('name: dropped')
  await expect(field(page)).not.toContainText('StatefulSet')
  expect(await page.evaluate(() => window.ordinal.objects('statefulsets').length)).toBe(1)
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export what runs' }).click()
  expect((await download).suggestedFilename()).toBe('ordinal.yaml')
})
