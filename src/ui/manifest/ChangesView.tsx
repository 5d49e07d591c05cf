/** What applying the text would change in the cluster that is shown, with the defaults that the server would fill in. */
import { diffLines } from '../../sim/projection/index.ts'
import type { ManifestDesk } from '../../store/manifest/types.ts'
import { YamlLines } from '../panels/YamlLines.tsx'
import { folded, numbered } from '../panels/yamlLines.ts'
import { useText } from '../text.ts'
import { useOrdinal } from '../useOrdinal.ts'

type Props = {
  readonly desk: ManifestDesk
  readonly text: string
}

export function ChangesView({ desk, text }: Props) {
  const t = useText()
  // Another act, or another moment of the past: other differences.
  useOrdinal((state) => state.world.objects)
  const changes = desk.changes(text)
  if ('problems' in changes) {
    return <p className="events-empty">{t('manifest.changes.refused', { count: changes.problems.length })}</p>
  }
  const lines = numbered(diffLines(changes.before, changes.after))
  if (lines.every(({ mark }) => mark === 'same')) return <p className="events-empty">{t('manifest.changes.none')}</p>
  return <YamlLines label={t('manifest.changes')} lines={folded(lines)} />
}
