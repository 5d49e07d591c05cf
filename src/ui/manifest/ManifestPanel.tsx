/**
 * The manifest editor as a panel: the text, what is wrong with it, what applying would change, and the acts on it. Loaded
 * when it is first opened. What is written here is kept until the page is left.
 */
import type { DragEvent } from 'react'
import { useState } from 'react'
import { Button } from '../kit/Button.tsx'
import { saveAsFile } from '../kit/clipboard.ts'
import { Segments } from '../kit/Segments.tsx'
import { pickFile } from '../panels/files.ts'
import { useText } from '../text.ts'
import { useOrdinal, useVerbs } from '../useOrdinal.ts'
import { ChangesView } from './ChangesView.tsx'
import { DraftEditor } from './DraftEditor.tsx'
import { RemarkList } from './RemarkList.tsx'
import type { Workbench } from './useWorkbench.ts'
import { useWorkbench } from './useWorkbench.ts'
import './manifest.css'

type Mode = 'text' | 'changes'

export default function ManifestPanel() {
  const t = useText()
  const bench = useWorkbench()
  const [mode, setMode] = useState<Mode>('text')
  const draft = useOrdinal((state) => state.editing)
  if (bench === 'missing') return <p className="events-empty">{t('manifest.missing')}</p>
  if (!bench) return null
  if (draft) return <DraftEditor desk={bench.desk} draft={draft} />
  const drop = (event: DragEvent) => {
    const file = event.dataTransfer.files[0]
    if (!file) return
    event.preventDefault()
    event.stopPropagation()
    void bench.open(file)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a section without a heading of its own.
    <div className="manifest" role="group" aria-label={t('manifest.label')} data-drops onDropCapture={drop}>
      <p id="manifest-help" className="sr-only">
        {t('manifest.help')}
      </p>
      <Bar bench={bench} mode={mode} onMode={setMode} />
      <div className="manifest-body" hidden={mode !== 'text'} ref={bench.host} />
      {mode === 'changes' && <ChangesView desk={bench.desk} text={bench.editor.text} />}
      <Said bench={bench} />
      {mode === 'text' && <RemarkList remarks={bench.remarks} onChoose={(remark) => bench.editor.goTo(remark)} />}
    </div>
  )
}

type BarProps = { readonly bench: Workbench; readonly mode: Mode; readonly onMode: (mode: Mode) => void }

function Bar({ bench, mode, onMode }: BarProps) {
  const t = useText()
  const open = async () => {
    const file = await pickFile()
    if (file) await bench.open(file)
  }
  const put = (text: string) => {
    onMode('text')
    bench.editor.put(text)
  }
  return (
    <div className="manifest-bar">
      <Segments
        label={t('manifest.mode')}
        value={mode}
        options={[
          ['text', t('manifest.text')],
          ['changes', t('manifest.changes')],
        ]}
        onChange={onMode}
      />
      <Button look="primary" small aria-keyshortcuts="Control+Enter" onClick={bench.apply}>
        {t('manifest.apply')}
      </Button>
      <Button look="ghost" small onClick={() => void open()}>
        {t('manifest.open')}
      </Button>
      <Button look="ghost" small onClick={() => put(bench.desk.start())}>
        {t('manifest.start')}
      </Button>
      <Button look="ghost" small onClick={() => put(bench.desk.running())}>
        {t('manifest.running')}
      </Button>
      <Button look="ghost" small onClick={() => saveAsFile('ordinal.yaml', bench.desk.running())}>
        {t('manifest.export')}
      </Button>
    </div>
  )
}

/** What came of the last act, until the text changes. */
function Said({ bench: { said } }: { readonly bench: Workbench }) {
  const { undo } = useVerbs()
  const t = useText()
  const text = said && (said.is === 'tooLong' ? t('manifest.tooLong', said) : t(`manifest.${said.is}`))
  return (
    <div className="manifest-said" data-bad={(said && said.is !== 'applied') || undefined}>
      <span role="status">{text}</span>
      {said?.is === 'applied' && (
        <Button look="tool" small onClick={undo}>
          {t('manifest.undo')}
        </Button>
      )}
    </div>
  )
}
