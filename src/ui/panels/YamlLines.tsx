/** Lines of YAML, numbered, those that changed tinted and signed. */
import { useText } from '../text.ts'
import './yaml.css'
import type { Fold, YamlLine } from './yamlLines.ts'
import { partsOf } from './yamlLines.ts'

type Props = {
  readonly label: string
  readonly lines: readonly (YamlLine | Fold)[]
}

export function YamlLines({ label, lines }: Props) {
  const t = useText()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls and holds nothing else that the keyboard could stand on.
    <section className="yaml" aria-label={label} tabIndex={0}>
      {lines.map((line, index) =>
        line.mark === 'fold' ? (
          <p key={line.id} className="yaml-fold">
            {t('yaml.folded', { count: line.count })}
          </p>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no names, and are drawn anew when one changes.
          <Line key={index} line={line} />
        ),
      )}
    </section>
  )
}

const signs = { same: '', added: '+', removed: '−' } as const

function Line({ line: { mark, text, number } }: { readonly line: YamlLine }) {
  const [indent, key, value] = partsOf(text)
  return (
    <p className="yaml-line" data-mark={mark}>
      <span className="yaml-number">{number}</span>
      <span className="yaml-sign">{signs[mark]}</span>
      <span className="yaml-text">
        {indent}
        {key && <span>{key}</span>}
        <b>{value}</b>
      </span>
    </p>
  )
}
