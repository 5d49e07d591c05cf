/** The main job as a person does it: start, scale, break, roll out with a partition, step back, and read why it waits. */
import { expect, test } from './stage.ts'

const canvas = (text: RegExp | string) => ({ name: text })

test('a first visit: one sentence, then Space, and web-0 comes first', async ({ stage, page }) => {
  await stage.open({ live: true, query: { speed: '16' } })
  const sentence = page.getByRole('button', { name: /comes first/ })
  await expect(sentence).toBeVisible()
  await expect(page.getByText('00:00').first()).toBeVisible()
  expect(await stage.pods()).toEqual({})
  await page.keyboard.press('Space')
  await expect(sentence).toBeHidden()
  await expect.poll(() => stage.pods()).toMatchObject({ 'web-0': 'Running Ready' })
  await expect
    .poll(() => stage.pods(), { timeout: 15_000 })
    .toEqual({
      'web-0': 'Running Ready',
      'web-1': 'Running Ready',
      'web-2': 'Running Ready',
    })
  const order = await page.evaluate(() =>
    window.ordinal
      .facts()
      .filter(({ type }) => type === 'podCreated' || type === 'podReady')
      .map(({ type, name }) => `${type} ${name}`),
  )
  expect(order).toEqual([
    'podCreated web-0',
    'podReady web-0',
    'podCreated web-1',
    'podReady web-1',
    'podCreated web-2',
    'podReady web-2',
  ])
})

test('scaling with the stepper: the act shows its kubectl line, the new pods come in order, and undo takes it back', async ({
  stage,
  page,
}) => {
  await stage.open({ scenario: 'scale-2-5-3' })
  await stage.untilQuiet()
  await stage.button('One replica more').click()
  await expect(page.getByText('kubectl scale', { exact: false }).first()).toContainText('--replicas=3')
  await stage.until('web-2', 'Ready')
  await expect(page.getByRole('button', { name: /web-2.*Running/ }).first()).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect.poll(() => stage.pods().then(Object.keys)).toEqual(['web-0', 'web-1'])
})

test('a pod that is not Ready holds back the next one, and the page says why and what would help', async ({
  stage,
  page,
}) => {
  await stage.open({ scenario: 'rolling-update' })
  await stage.untilQuiet()
  await page.keyboard.press('2')
  await stage.button('Fail readiness').click()
  await stage.advance(40_000)
  await stage.dispatch({ type: 'scaleStatefulSet', namespace: 'default', name: 'web', replicas: 4 })
  await stage.advance(20_000)
  expect(Object.keys(await stage.pods())).not.toContain('web-3')
  await expect(page.getByText('Stops at web-1', { exact: false }).first()).toBeVisible()
  await page.keyboard.press('4')
  const why = page.getByRole('tabpanel', { name: 'Why' })
  await expect(why).toContainText('web-1')
  await expect(why.getByText('root cause')).toBeVisible()
  await page.keyboard.press('2')
  await stage.button('Make Ready').first().click()
  await stage.until('web-3', 'Ready')
})

test('a rollout with a partition by mouse, then back through the history by keyboard, and a fork that can be undone', async ({
  stage,
  page,
}) => {
  await stage.open({ scenario: 'partition-canary' })
  await stage.untilQuiet()
  const before = await stage.now()
  await page.getByLabel('Partition as a number').fill('2')
  await page.getByLabel('Partition as a number').press('Enter')
  await page.getByRole('button', { name: 'nginx-slim:v1', exact: true }).click()
  await page.getByRole('menuitem', { name: /:v2/ }).click()
  await stage.untilQuiet()
  const images = () =>
    page.evaluate(() =>
      (
        window.ordinal.objects('pods') as { metadata: { name: string }; spec: { containers: { image: string }[] } }[]
      ).map((pod) => `${pod.metadata.name} ${pod.spec.containers[0]?.image.split(':')[1]}`),
    )
  expect(await images()).toEqual(['web-0 v1', 'web-1 v1', 'web-2 v2'])
  await page.keyboard.press('Home')
  expect(await stage.now()).toBe(0)
  await page.keyboard.press('End')
  expect(await images()).toEqual(['web-0 v1', 'web-1 v1', 'web-2 v2'])
  await page.keyboard.press('ArrowLeft')
  await page.evaluate((ms) => window.ordinal.seek(ms), before)
  await stage.button('One replica fewer').click()
  await expect(page.getByText('A new future begins here').first()).toBeVisible()
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await page.keyboard.press('End')
  expect(await images()).toEqual(['web-0 v1', 'web-1 v1', 'web-2 v2'])
})

test('a broken image stops the rollout; reverting leaves it stopped; deleting the pod frees it', async ({
  stage,
  page,
}) => {
  await stage.open({ scenario: 'rolling-update' })
  await stage.untilQuiet()
  await page.getByRole('button', { name: 'nginx-slim:v1', exact: true }).click()
  await page.getByRole('menuitem', { name: /:bad/ }).click()
  await stage.advance(60_000)
  await expect(page.getByText('ImagePullBackOff').first()).toBeVisible()
  await page.getByRole('button', { name: 'nginx-slim:bad', exact: true }).click()
  await page.getByRole('menuitem', { name: /:v1/ }).click()
  await stage.advance(120_000)
  expect((await stage.pods())['web-2']).toBe('Pending')
  await page.keyboard.press('3')
  await stage.button('Delete pod').click()
  await stage.untilQuiet()
  expect(await stage.pods()).toEqual({ 'web-0': 'Running Ready', 'web-1': 'Running Ready', 'web-2': 'Running Ready' })
})

test('the whole main job with the keyboard alone', async ({ stage, page }) => {
  await stage.open({ scenario: 'scale-2-5-3' })
  await page.keyboard.press('Shift+ArrowRight')
  await expect.poll(() => stage.pods().then((pods) => Object.values(pods))).toEqual(['Running Ready', 'Running Ready'])
  await page
    .getByRole('spinbutton', { name: 'Replicas' })
    .or(page.getByRole('textbox', { name: 'Replicas' }))
    .first()
    .focus()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('3')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await stage.untilQuiet()
  expect(Object.keys(await stage.pods())).toEqual(['web-0', 'web-1', 'web-2'])
  await page.keyboard.press('3')
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.type('Delete pod: web-2')
  await page.keyboard.press('Enter')
  await stage.advance(200)
  const [, , web2] = await page.evaluate(
    () => window.ordinal.objects('pods') as { metadata: { deletionTimestamp?: string } }[],
  )
  expect(web2?.metadata.deletionTimestamp).toBeDefined()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', canvas('Keyboard shortcuts'))).toBeVisible()
  await page.keyboard.press('Escape')
})

test('the menus of the acts open where the acts float, with the keyboard too, and give back the focus', async ({
  stage,
  page,
}) => {
  await page.setViewportSize({ width: 1024, height: 768 })
  await stage.open({ scenario: 'rolling-update' })
  await stage.untilQuiet()
  const acts = stage.button('Roll out, delete the set')
  await acts.click()
  const image = stage.button(/nginx-slim:v1/)
  await image.press('Enter')
  await expect(page.getByRole('menu')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('menu')).toBeHidden()
  await expect(image).toBeFocused()
  await image.click()
  await page.getByRole('menuitem', { name: /:v2/ }).click()
  await expect(page.getByRole('menu')).toBeHidden()
  await page.keyboard.press('Escape')
  await expect(acts).toBeFocused()
  await stage.untilQuiet()
  expect(Object.values(await stage.pods())).toHaveLength(3)
  const images = await page.evaluate(() =>
    (window.ordinal.objects('pods') as unknown as { spec: { containers: { image: string }[] } }[]).map(
      ({ spec }) => spec.containers[0]?.image,
    ),
  )
  expect(images).toEqual(Array(3).fill('registry.k8s.io/nginx-slim:v2'))
})
