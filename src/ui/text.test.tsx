import { cleanup, render, screen } from '@testing-library/preact'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { scenarios } from '../content/scenarios/index.ts'
import { en } from '../content/texts/en.ts'
import { zhCN } from '../content/texts/zh-CN.ts'
import { FACT_TYPES } from '../sim/api/changes.ts'
import { REASONS } from '../sim/api/reasons.ts'
import { RULES } from '../sim/guarantees/rules.ts'
import { UNBLOCK_CODES } from '../sim/guarantees/types.ts'
import { GUARANTEES } from '../sim/index.ts'
import { OVERVIEW_CODES } from '../sim/projection/types.ts'
import { fakeWindow, openView } from './fixtures/openView.tsx'
import { readMessage, slotsOf } from './messages.ts'
import { hasTexts, loadTexts, tagOf, useRich, useText, wordsOf } from './text.ts'

afterEach(cleanup)

const keys = Object.keys(en) as (keyof typeof en)[]
const slots = (text: string) => [...new Set(slotsOf(readMessage(text)))].sort()

describe('the catalogues', () => {
  test('both languages have every key', () => {
    expect(Object.keys(zhCN).sort()).toEqual([...keys].sort())
  })

  test('no text stands in two files', async () => {
    const files = Object.values(import.meta.glob<Record<string, object>>('../content/texts/en.*.ts', { eager: true }))
    const all = files.flatMap((file) => Object.values(file).flatMap((texts) => Object.keys(texts)))
    expect(all.length).toBeGreaterThan(0)
    expect(all.sort()).toEqual([...keys].sort())
  })

  test('a text that is still to come is a mark, not an error', () => {
    const { say } = wordsOf({ catalogue: { 'copy.do': 'Copy' }, locale: 'en' })
    expect([say('copy.do'), say('story.next', { number: 2 })]).toEqual(['Copy', '…'])
  })

  test('every message can be read, and no text is empty', () => {
    for (const catalogue of [en, zhCN]) {
      for (const [key, text] of Object.entries(catalogue)) {
        expect(() => readMessage(text), key).not.toThrow()
        expect(text.trim(), key).not.toBe('')
      }
    }
  })

  test('a translation has the slots and the marks of the English text', () => {
    const marks = (text: string) => (text.match(/<[bk]>/g) ?? []).sort()
    const wrong = keys.filter(
      (key) => slots(zhCN[key]).join() !== slots(en[key]).join() || marks(zhCN[key]).join() !== marks(en[key]).join(),
    )
    expect(wrong).toEqual([])
  })

  test('Chinese says more than the words of Kubernetes', () => {
    const plain = keys.filter((key) => /[a-z]{4}/.test(en[key]) && zhCN[key] === en[key])
    // What is the same in both is a word that kubectl prints or a part of the API.
    expect(
      plain.filter((key) => !/^(state|strip|overview|canvas|timeline|inspector|scenario|summary)\./.test(key)),
    ).toEqual([])
  })
})

describe('every code of the simulation has its words', () => {
  const has = (key: string) => expect(Object.hasOwn(en, key), key).toBe(true)

  test('reasons', () => {
    for (const reason of REASONS) for (const part of ['head', 'title', 'note']) has(`reason.${reason}.${part}`)
  })
  test('what would unblock', () => {
    for (const code of UNBLOCK_CODES) has(`unblock.${code}`)
  })
  test('facts', () => {
    for (const type of FACT_TYPES) has(`fact.${type}`)
  })
  test('guarantees', () => {
    expect(GUARANTEES.length).toBeGreaterThanOrEqual(RULES.length)
    for (const id of GUARANTEES) for (const part of ['title', 'note']) has(`guarantee.${id}.${part}`)
  })
  test('rows of the overview', () => {
    for (const code of OVERVIEW_CODES) has(`overview.${code}`)
  })
  test('scenarios and their beats', () => {
    for (const { id, beats } of scenarios) {
      for (const part of ['title', 'summary']) has(`scenario.${id}.${part}`)
      for (const { name } of beats) has(`scenario.${id}.beats.${name}`)
    }
  })
})

function Sentence() {
  const t = useText()
  const rich = useRich()
  return (
    <>
      <p data-testid="plain">{t('fact.podCreated', { name: 'web-0' })}</p>
      <p data-testid="rich">{rich('fact.podCreated', { name: <a href="#web-0">web-0</a> })}</p>
    </>
  )
}

describe('saying texts', () => {
  test('marks are dropped from plain texts, and become elements around elements in rich ones', async () => {
    fakeWindow()
    await openView(<Sentence />)
    expect(screen.getByTestId('plain').textContent).toBe('web-0 is created')
    expect(screen.getByTestId('rich').innerHTML).toBe('<b><a href="#web-0">web-0</a></b> is created')
  })

  test('another language takes over in place once it is loaded, and English stands in until then', async () => {
    fakeWindow()
    const { run } = await openView(<Sentence />)
    run((verbs) => verbs.set({ language: 'zh-CN' }))
    expect(screen.getByTestId('plain').textContent).toBe('web-0 is created')
    await loadTexts('zh-CN')
    expect(hasTexts('zh-CN')).toBe(true)
    await vi.waitFor(() => expect(screen.getByTestId('plain').textContent).toBe('创建 web-0'), 30_000)
    run((verbs) => verbs.set({ language: 'en' }))
    expect(screen.getByTestId('plain').textContent).toBe('web-0 is created')
  })

  test('a key that only another language has yet is known', async () => {
    vi.resetModules()
    const fresh = await import('./text.ts')
    expect(fresh.isTextKey('scenario.drain-four-nodes.title')).toBe(false)
    await fresh.loadTexts('zh-CN')
    expect(fresh.isTextKey('scenario.drain-four-nodes.title')).toBe(true)
  })

  test('the pseudo-language is a language like any other', async () => {
    fakeWindow()
    const { run } = await openView(<Sentence />)
    await loadTexts('pseudo')
    run((verbs) => verbs.set({ language: 'pseudo' }))
    expect(screen.getByTestId('plain').textContent).toMatch(/^⟦web-0 îš çŕéåţéđ·+⟧$/)
    expect(tagOf('pseudo')).toBe('en-XA')
  })
})

test('the compiler knows keys and slots', () => {
  function Checked() {
    const t = useText()
    // @ts-expect-error no such key
    t('no.such.key')
    // @ts-expect-error a slot is missing
    t('fact.podCreated')
    // @ts-expect-error no such slot
    t('fact.podCreated', { name: 'web-0', pod: 'web-0' })
    // @ts-expect-error this text has no slots
    t('copy.do', { name: 'web-0' })
    t('lamp.held', { checks: 2 })
    return null
  }
  expect(render).toBeDefined()
  expect(Checked).toBeDefined()
})
