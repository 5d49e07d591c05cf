/** From a notice to its words. Texts of Kubernetes inside them stay as they are. */

import { en } from '../../content/texts/en.ts'
import type { Notice } from '../../store/types.ts'
import type { Say, TextKey } from '../text.ts'

interface Said {
  readonly title: string
  readonly text?: string
}

const isKey = (key: string): key is TextKey => Object.hasOwn(en, key)

export function noticeSaid({ kind, params }: Notice, t: Say): Said {
  switch (kind) {
    case 'refused':
      return { title: refusedTitle(params, t), text: String(params.message) }
    case 'paused': {
      const key = `toast.paused.${params.why}`
      return { title: t('toast.paused'), text: isKey(key) ? pausedText(key, params, t) : '' }
    }
    case 'violation':
      return { title: t('toast.violation', { rule: String(params.rule) }), text: String(params.message) }
    case 'parameter':
      return { title: t('toast.parameter', { name: String(params.name) }), text: String(params.problem) }
    case 'undone':
      return { title: t('toast.undone'), text: String(params.line) }
    case 'forked':
      return { title: t('toast.forked'), text: t('toast.forked.text', { dropped: Number(params.dropped) }) }
    case 'notice': {
      const key = `notice.${params.code}`
      return { title: isKey(key) ? t(key, params) : t('notice.other', { code: String(params.code) }) }
    }
    case 'loaded':
    case 'restored':
    case 'copied':
      return { title: t(`toast.${kind}`) }
  }
}

function refusedTitle({ line, column }: Notice['params'], t: Say): string {
  return Number(line) > 0 ? t('toast.refused.at', { line: Number(line), column: Number(column) }) : t('toast.refused')
}

function pausedText(key: TextKey, params: Notice['params'], t: Say): string {
  const fact = `fact.${params.fact}`
  const happened = isKey(fact) ? t(fact, { ...params }) : ''
  return t(key, { ...params, happened })
}
