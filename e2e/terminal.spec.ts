/** The terminal: typed with the keyboard, read from the screen; acts and commands are one thing; time is virtual. */
import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, Stage, test } from './stage.ts'

class Typist {
  readonly stage: Stage
  readonly page: Page

  constructor(stage: Stage) {
    this.stage = stage
    this.page = stage.page
  }

  /** Opens it with its key; the cursor is in it then. */
  async open(): Promise<void> {
    await this.page.keyboard.press('/')
    await expect(this.field()).toBeFocused()
    await this.is('ready')
  }

  field() {
    return this.page.getByRole('textbox', { name: /^Command line/ })
  }

  is(state: 'ready' | 'reading' | 'waiting'): Promise<void> {
    return expect(this.page.locator('.terminal-screen')).toHaveAttribute('data-state', state)
  }

  /** The rows that are seen, without the times at their right edge. */
  async rows(): Promise<readonly string[]> {
    const rows = await this.page.locator('.xterm-rows > div').allInnerTexts()
    return rows
      .map((row) => row.replaceAll('\u00a0', ' ').replace(/\s+(\d\d:\d\d\.\d{3})?\s*$/, ''))
      .filter((row) => row !== '')
  }

  async type(line: string): Promise<void> {
    await this.page.keyboard.insertText(line)
    await this.page.keyboard.press('Enter')
  }

  shows(text: string | RegExp): Promise<void> {
    return expect
      .poll(async () => (await this.rows()).join('\n'))
      .toMatch(typeof text === 'string' ? new RegExp(text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')) : text)
  }

  /** Empties the screen first, so that what is seen belongs to this line. */
  async ask(line: string, answer: string | RegExp): Promise<void> {
    await this.page.keyboard.press('Control+l')
    await this.type(line)
    await this.shows(answer)
  }
}

const ground = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ground\n'

test('the session of the handbook plays as it was printed', async ({ stage, page }) => {
  const lines = readFileSync(new URL('./sessions/web-session.txt', import.meta.url), 'utf8').split('\n')
  const commands = lines.flatMap((line) => /^(?:\$|\/ #) (.+)$/.exec(line)?.[1] ?? [])
  expect(commands).toHaveLength(15)
  await stage.open({ query: { seed: '1' } })
  await page.evaluate((manifests) => window.ordinal.load({ manifests }), ground)
  const typist = new Typist(stage)
  await typist.open()
  const next = async (answer: string | RegExp) => {
    const line = commands.shift() ?? ''
    await typist.ask(line, answer)
    return line
  }
  await next(/service\/nginx created\n[\s\S]*statefulset\.apps\/web created/)
  await stage.untilQuiet()
  await next(/nginx\s+ClusterIP\s+None\s+<none>\s+80\/TCP/)
  await next(/web\s+2\/2/)
  await next(/www-web-0\s+Bound[\s\S]*www-web-1\s+Bound/)
  await next(/web-0\s+1\/1\s+Running[\s\S]*web-1\s+1\/1\s+Running/)
  await next('run -i --tty')
  await stage.untilQuiet()
  await typist.is('reading')
  await next(/Name:\s+web-0\.nginx\n[\s\S]*Address 1: 10\.244\./)
  await next(/Name:\s+web-1\.nginx\n[\s\S]*Address 1: 10\.244\./)
  await next(/Name:\s+web-0\.nginx\.default\.svc\.cluster\.local/)
  await typist.type('exit')
  await stage.untilQuiet()
  await typist.is('ready')
  await next('statefulset.apps/web scaled')
  await stage.untilQuiet()
  expect(Object.keys(await stage.pods())).toEqual(['web-0', 'web-1', 'web-2', 'web-3', 'web-4'])
  await next('statefulset.apps/web patched')
  await stage.untilQuiet()
  await next('statefulset.apps/web patched')
  await stage.untilQuiet()
  await next('statefulset.apps "web" deleted')
  await stage.untilQuiet()
  await typist.is('ready')
  await next('service "nginx" deleted')
  await next(/persistentvolumeclaim "www-web-0" deleted[\s\S]*persistentvolumeclaim "www-web-1" deleted/)
  expect(commands).toEqual([])
})

test('a paused world holds a waiting command, says so, and moves it on with a step', async ({ stage, page }) => {
  await stage.open({ scenario: 'rolling-update' })
  await stage.untilQuiet()
  const typist = new Typist(stage)
  await typist.open()
  await typist.type('kubectl rollout restart sts/web')
  await typist.ask('kubectl rollout status sts/web', 'This command waits, and time stands still')
  await typist.is('waiting')
  await typist.shows(/Waiting for|waiting for/)
  const before = await stage.now()
  await page.waitForTimeout(300)
  expect(await stage.now()).toBe(before)
  await typist.is('waiting')
  await stage.untilQuiet()
  await typist.is('ready')
  await typist.shows(/rolling update complete|roll out complete/)
})

test('acts of the mouse appear as their lines, and a typed line is an act like them', async ({ stage, page }) => {
  await stage.open({ scenario: 'rolling-update' })
  await stage.untilQuiet()
  const typist = new Typist(stage)
  await typist.open()
  await stage.button('One replica more').click()
  await typist.shows('▸ kubectl scale sts web --replicas=4')
  await typist.field().focus()
  await typist.ask('kubectl scale sts web --replicas=1', 'statefulset.apps/web scaled')
  await stage.untilQuiet()
  expect(Object.keys(await stage.pods())).toEqual(['web-0'])
  await page.keyboard.press('Escape')
  await expect(typist.field()).not.toBeFocused()
  await page.keyboard.press('Control+z')
  await stage.untilQuiet()
  expect(Object.keys(await stage.pods())).toEqual(['web-0', 'web-1', 'web-2', 'web-3'])
})

test('Tab completes, the arrows and Ctrl-R bring lines back, names lead to the canvas', async ({ stage, page }) => {
  await stage.open({ scenario: 'rolling-update' })
  await stage.untilQuiet()
  const typist = new Typist(stage)
  await typist.open()
  await page.keyboard.type('kubectl desc')
  await page.keyboard.press('Tab')
  await page.keyboard.type('statef')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await typist.shows('$ kubectl describe statefulsets web')
  await page.getByRole('tab', { name: 'Timeline' }).click()
  await page.keyboard.press('/')
  await typist.shows('$ kubectl describe statefulsets web')
  await page.keyboard.press('Control+u')
  await typist.type('echo first')
  await typist.type('echo second')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.type('!')
  await typist.shows('$ echo first!')
  await page.keyboard.press('Control+c')
  await page.keyboard.press('Control+r')
  await page.keyboard.type('sec')
  await typist.shows("(reverse-i-search)'sec': echo second")
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+l')
  await typist.type('kubectl get pods')
  await typist.shows(/web-2\s+1\/1/)
  const row = page.locator('.xterm-rows > div').filter({ hasText: /^web-2/ })
  const box = await row.boundingBox()
  if (!box) throw new Error('the row is not drawn')
  await page.mouse.move(box.x + 10, box.y + 8)
  await page.mouse.move(box.x + 14, box.y + 8)
  await page.mouse.click(box.x + 14, box.y + 8)
  await expect(page.getByRole('complementary').getByRole('heading', { name: 'web-2' }).first()).toBeVisible()
})

test('Chinese is typed with an input method', async ({ stage, page }) => {
  await stage.open({ scenario: 'rolling-update' })
  const typist = new Typist(stage)
  await typist.open()
  await page.keyboard.type('echo ')
  const device = await page.context().newCDPSession(page)
  await device.send('Input.imeSetComposition', { text: 'jiedian', selectionStart: 7, selectionEnd: 7 })
  await device.send('Input.insertText', { text: '节点' })
  await page.keyboard.type('x')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Backspace')
  await page.keyboard.press('Enter')
  await typist.shows(/\n点x(\n|$)/)
})

test('hostile input is answered within a second and changes nothing', async ({ stage, page }) => {
  await stage.open({ scenario: 'rolling-update' })
  await stage.untilQuiet()
  const typist = new Typist(stage)
  await typist.open()
  const before = await page.evaluate(() => window.ordinal.exportRun())
  const paste = (text: string, times = 1) =>
    page.evaluate(
      ([piece, count]) => {
        const data = new DataTransfer()
        data.setData('text/plain', piece.repeat(count))
        document.activeElement?.dispatchEvent(
          new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
        )
      },
      [text, times] as const,
    )
  const within = async (work: () => Promise<void>, answer: string | RegExp) => {
    await page.keyboard.press('Control+l')
    const start = Date.now()
    await work()
    await typist.shows(answer)
    expect(Date.now() - start).toBeLessThan(1000)
    await typist.is('ready')
  }
  await within(() => typist.type('frobnicate --all'), 'bash: frobnicate: command not found')
  await within(() => typist.type('kubectl frobnicate'), 'error: unknown command "frobnicate" for "kubectl"')
  await within(() => paste('kubectl delete pods --all\n', 400_000), 'Nothing was run')
  await within(
    () => paste("echo 'a\u001b[2J\u0007\u0000b<script>alert(1)</script>'\n"),
    'a[2Jb<script>alert(1)</script>',
  )
  await within(() => typist.type(`kubectl get ${'x'.repeat(500)}`), "the server doesn't have a resource type")
  expect(await page.evaluate(() => window.ordinal.exportRun())).toBe(before)
  expect(await page.evaluate(() => document.querySelectorAll('.terminal script').length)).toBe(0)
})

test('a paste of several lines is run line by line, and what is saved survives a reload', async ({ stage, page }) => {
  await stage.open({ scenario: 'rolling-update' })
  await stage.untilQuiet()
  const typist = new Typist(stage)
  await typist.open()
  await page.evaluate(() => {
    const data = new DataTransfer()
    data.setData(
      'text/plain',
      'cat > note.txt <<EOF\nkept here\nEOF\nfor i in 0 1; do\n  kubectl get pod web-$i -o name\ndone\n',
    )
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    )
  })
  await typist.shows(/pod\/web-0\npod\/web-1/)
  await page.reload()
  await page.evaluate(() => window.ordinal.ready())
  await typist.open()
  await typist.ask('cat note.txt', 'kept here')
})

test('on a phone it is a tab of the sheet, with the keys that such keyboards lack', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  const page = await context.newPage()
  const stage = new Stage(page)
  await stage.open({ scenario: 'rolling-update' })
  await stage.untilQuiet()
  const typist = new Typist(stage)
  await page.getByRole('tab', { name: 'Terminal' }).tap()
  await page.locator('.xterm-screen').tap()
  await expect(typist.field()).toBeFocused()
  await typist.type('echo once')
  await page.getByRole('button', { name: 'Earlier line' }).tap()
  await page.keyboard.press('Enter')
  await typist.shows(/once\n\$ echo once\nonce/)
  await page.setViewportSize({ width: 390, height: 420 })
  await expect(page.locator('.transport-phone')).toBeHidden()
  await expect(page.locator('.xterm-screen')).toBeInViewport()
  await typist.field().blur()
  await expect(page.locator('.transport-phone')).toBeVisible()
  expect(stage.complaints).toEqual([])
  await context.close()
})
