// How soon the page can be used, and how smoothly it moves: frames per second while 60 and 300 pods roll at 4× speed,
// held against an empty page in the same run. Frame rates depend on the machine; their share of the empty page's matters.

const SECONDS = 4

/** Frames that the page draws in the next seconds, per second. */
const frames = (page) =>
  page.evaluate(
    (seconds) =>
      new Promise((done) => {
        const start = performance.now()
        let count = 0
        const tick = (now) => {
          count++
          if (now - start >= seconds * 1000) done((count * 1000) / (now - start))
          else requestAnimationFrame(tick)
        }
        requestAnimationFrame(tick)
      }),
    SECONDS,
  )

async function opened(page, address) {
  await page.goto(address)
  await page.waitForFunction(() => window.ordinal !== undefined)
  await page.evaluate(() => window.ordinal.ready())
}

async function loading(page, url, report) {
  const times = []
  for (let run = 0; run < 5; run++) {
    await page.goto('about:blank')
    await page.goto(`${url}?clock=manual&seed=${run + 1}`)
    await page.getByRole('button', { name: 'Play' }).waitFor()
    await page.locator('.canvas [data-stop]').first().waitFor()
    times.push(await page.evaluate(() => performance.now()))
  }
  times.sort((a, b) => a - b)
  report('canvas and controls usable after', `${Math.round(times[2])} ms (median of 5)`)
  return times[2]
}

async function rolling(page, url, replicas) {
  await opened(page, `${url}?scenario=rolling-update&speed=4`)
  await page.evaluate((wanted) => {
    const { ordinal } = window
    const web = { namespace: 'default', name: 'web' }
    ordinal.dispatch({ type: 'scaleStatefulSet', ...web, replicas: wanted })
    ordinal.untilQuiet(36_000_000)
    ordinal.dispatch({ type: 'setImage', ...web, image: 'registry.k8s.io/nginx-slim:v2' })
  }, replicas)
  await page.locator('body').press('Space')
  const rate = await frames(page)
  const moved = await page.evaluate(() => window.ordinal.now())
  await page.locator('body').press('Space')
  return { rate, moved }
}

export async function run({ page, url, report }) {
  const usable = await loading(page, url, report)
  await page.goto('about:blank')
  const empty = await frames(page)
  report('empty page', `${empty.toFixed(1)} frames a second`)
  const shares = {}
  for (const replicas of [60, 300]) {
    const { rate } = await rolling(page, url, replicas)
    shares[replicas] = rate / empty
    report(
      `${replicas} pods rolling at 4×`,
      `${rate.toFixed(1)} frames a second, ${Math.round(shares[replicas] * 100)} % of the empty page`,
    )
  }
  if (usable > 1000) throw new Error(`usable after ${Math.round(usable)} ms; the budget is 1,000 ms`)
  if (shares[60] < 0.9) throw new Error('60 pods: less than 90 % of the empty page')
  if (shares[300] < 0.6) throw new Error('300 pods: less than 60 % of the empty page')
}
