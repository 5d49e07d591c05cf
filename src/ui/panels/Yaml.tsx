/** The object as YAML: as it is, with the lines marked that its last write changed, or only these. */
import { useMemo, useState } from 'react'
import type { AnyObject, ObjectKey } from '../../sim/index.ts'
import { diffLines } from '../../sim/projection/index.ts'
import { CopyButton } from '../kit/CopyButton.tsx'
import { Segments } from '../kit/Segments.tsx'
import { useText } from '../text.ts'
import { useOrdinal, useVerbs } from '../useOrdinal.ts'
import { useObject } from './objects.ts'
import { YamlLines } from './YamlLines.tsx'
import { folded, numbered } from './yamlLines.ts'

type Mode = 'live' | 'changes'

export function Yaml({ subject }: { readonly subject: ObjectKey }) {
  const object = useObject(subject)
  const ready = useOrdinal((state) => state.ready)
  const t = useText()
  if (!object) return <p className="events-empty">{t('yaml.none')}</p>
  return ready ? <Shown subject={subject} object={object} /> : null
}

function Shown({ subject, object }: { readonly subject: ObjectKey; readonly object: AnyObject }) {
  const [mode, setMode] = useState<Mode>('live')
  const { previous, toYaml } = useVerbs()
  const t = useText()
  const { text, lines, first } = useMemo(() => {
    const former = previous(subject)
    const text = toYaml(object) ?? ''
    return { text, lines: numbered(diffLines(former ? (toYaml(former) ?? '') : text, text)), first: !former }
  }, [object, subject, previous, toYaml])
  const changed = lines.filter(({ mark }) => mark !== 'same').length
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="inspector-bar">
        <Segments
          label={t('yaml.mode')}
          value={mode}
          options={[
            ['live', t('yaml.live')],
            ['changes', t('yaml.changes')],
          ]}
          onChange={setMode}
        />
        <span className="inspector-aside">{first ? t('yaml.first') : t('yaml.lastWrite', { count: changed })}</span>
        <CopyButton text={text} />
      </div>
      {mode === 'changes' && changed === 0 ? (
        <p className="events-empty">{t('yaml.unchanged')}</p>
      ) : (
        <YamlLines
          label={t('inspector.tab.yaml')}
          lines={mode === 'live' ? lines.filter(({ mark }) => mark !== 'removed') : folded(lines)}
        />
      )}
    </div>
  )
}
