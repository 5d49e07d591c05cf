/** What is to be said about the text, as a list: a press goes to the place. New problems are told politely. */
import { useText } from '../text.ts'
import type { Remark } from './remarks.ts'

type Props = {
  readonly remarks: readonly Remark[]
  readonly onChoose: (remark: Remark) => void
}

export function RemarkList({ remarks, onChoose }: Props) {
  const t = useText()
  const problems = remarks.filter(({ kind }) => kind === 'problem')
  const [first] = problems
  return (
    <>
      <p className="sr-only" role="status">
        {first ? `${t('manifest.count', { count: problems.length })} ${first.message}` : t('manifest.sound')}
      </p>
      {remarks.length > 0 && (
        <ul className="manifest-remarks" aria-label={t('manifest.problems')}>
          {remarks.map((remark, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: remarks have no names, and two may say the same.
            <li key={index}>
              <button type="button" data-kind={remark.kind} onClick={() => onChoose(remark)}>
                <span className="manifest-place">
                  {remark.line === undefined ? '' : `${remark.line}:${remark.column ?? 1}`}
                </span>
                <span>{remark.message}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
