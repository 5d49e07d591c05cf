/** Bad input gets a clear message that names what and where; nothing is lost; the page goes on. */
import { expect, test } from './stage.ts'

test('impossible numbers are refused where they are typed', async ({ stage, page }) => {
  await stage.open({ scenario: 'rolling-update' })
  await stage.untilQuiet()
  const replicas = page
    .getByRole('spinbutton', { name: 'Replicas' })
    .or(page.getByRole('textbox', { name: 'Replicas' }))
    .first()
  for (const text of ['abc', '-1', '2.5']) {
    await replicas.fill(text)
    await replicas.press('Enter')
    await expect(page.getByText(`“${text}” is not a whole number`, { exact: false })).toBeVisible()
  }
  expect(Object.keys(await stage.pods())).toHaveLength(3)
})

test('refused commands and manifests say what is wrong and where, and change nothing', async ({ stage, page }) => {
  await stage.open({ scenario: 'rolling-update' })
  await stage.untilQuiet()
  const before = await page.evaluate(() => window.ordinal.exportRun())
  const negative = await stage.dispatch({ type: 'setPartition', namespace: 'default', name: 'web', partition: -1 })
  expect(negative?.message).toContain('must be greater than or equal to 0')
  const words = await stage.dispatch({
    type: 'scaleStatefulSet',
    namespace: 'default',
    name: 'web',
    replicas: 'abc' as never,
  })
  expect(words?.message).toMatch(/replicas/)
  const nobody = await stage.dispatch({ type: 'deletePod', namespace: 'default', name: 'web-7' })
  expect(nobody?.message).toBe('pods "web-7" not found')
  const manifest = await page.evaluate(() =>
    window.ordinal.apply('apiVersion: v1\nkind: Service\nmetadata:\n  name: [oops\n'),
  )
  expect(manifest?.line).toBeGreaterThan(3)
  await expect(page.getByText('Nothing was changed', { exact: false }).first()).toBeVisible()
  expect(await page.evaluate(() => window.ordinal.exportRun())).toBe(before)
})

test('a bad word in the address is named, and the page opens all the same', async ({ stage, page }) => {
  await stage.open({ query: { speed: 'warp', colour: 'blue' } })
  await expect(page.getByText('“speed”', { exact: false }).first()).toBeVisible()
  await expect(page.getByRole('button', { name: /comes first/ })).toBeVisible()
})

test('a mistake of the simulation stops at the last good moment and offers the run', async ({ stage, page }) => {
  await stage.open({ scenario: 'rolling-update' })
  await stage.untilQuiet()
  await page.evaluate(() => {
    const trap = new Proxy(
      { type: 'scaleStatefulSet' },
      {
        get: () => {
          throw new Error('a planted mistake')
        },
      },
    )
    try {
      window.ordinal.dispatch(trap as never)
    } catch {
      // the page has been told already
    }
  })
  await expect(page.getByRole('alert').filter({ hasText: 'Save the run' })).toBeVisible()
  await stage.button('Go on').click()
  await stage.dispatch({ type: 'scaleStatefulSet', namespace: 'default', name: 'web', replicas: 2 })
  await stage.untilQuiet()
  expect(Object.keys(await stage.pods())).toEqual(['web-0', 'web-1'])
  stage.complaints.length = 0
})

test('scaling a set that is being deleted is answered with what is right to do', async ({ stage }) => {
  await stage.open({ scenario: 'rolling-update' })
  await stage.untilQuiet()
  await stage.dispatch({ type: 'deleteStatefulSet', namespace: 'default', name: 'web', cascade: 'foreground' })
  const refusal = await stage.dispatch({ type: 'scaleStatefulSet', namespace: 'default', name: 'web', replicas: 5 })
  expect(refusal?.message).toMatch(/being deleted/)
})

test('Escape gives nothing of what was typed or held where the acts float', async ({ stage, page }) => {
  await page.setViewportSize({ width: 1024, height: 768 })
  await stage.open({ scenario: 'rolling-update' })
  await stage.untilQuiet()
  const settings = stage.button('Replicas, partition, strategy')
  await settings.click()
  await page.getByRole('spinbutton', { name: 'Replicas' }).fill('8')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  await settings.click()
  await expect(page.getByRole('spinbutton', { name: 'Replicas' })).toHaveValue('3')
  const partition = page.getByRole('slider', { name: 'Partition' }).last()
  await partition.focus()
  await page.keyboard.down('ArrowRight')
  await page.keyboard.press('Escape')
  await page.keyboard.up('ArrowRight')
  await expect(page.getByRole('dialog')).toBeHidden()
  const [set] = await page.evaluate(() => window.ordinal.objects('statefulsets') as unknown as { spec: object }[])
  expect(set?.spec).toMatchObject({ replicas: 3, updateStrategy: { rollingUpdate: { partition: 0 } } })
})
