/**
 * What changes between two versions of Kubernetes for the story at hand: where it parts and how it goes on in each, and
 * which of the switches between them decide that. Found by playing, so it takes a moment.
 */
import { useState } from 'react'
import { KUBERNETES_VERSIONS } from '../../sim/index.ts'
import { versionText } from '../controls/VersionMenu.tsx'
import { Button } from '../kit/Button.tsx'
import { useText } from '../text.ts'
import { useOrdinal, useVerbs } from '../useOrdinal.ts'
import { Dialogue } from './Dialogue.tsx'
import { useComparison } from './useComparison.ts'
import { VersionStories } from './VersionStories.tsx'
import { VersionSwitches } from './VersionSwitches.tsx'
import './versions.css'

const NAMES: readonly string[] = KUBERNETES_VERSIONS.map(({ name }) => name)

/** Before and after the greatest change in how a pod that has ended is replaced; what the page is asked for most. */
const USUAL = ['1.30', '1.36'] as const

/** The version at hand with another one worth a comparison, the older first. */
function pairWith(version: string): readonly [string, string] {
  const other = version === USUAL[1] ? USUAL[0] : USUAL[1]
  return NAMES.indexOf(version) < NAMES.indexOf(other) ? [version, other] : [other, version]
}

export default function Versions({ onClose }: { readonly onClose: () => void }) {
  const version = useOrdinal((state) => state.run.kubernetes)
  const [[from, to], setPair] = useState(() => pairWith(version))
  const t = useText()
  return (
    <Dialogue title={t('version.compare')} className="versions" onClose={onClose}>
      <div className="versions-pair">
        <Choice label={t('versions.from')} value={from} onChoose={(name) => setPair([name, to])} />
        <span>{t('versions.and')}</span>
        <Choice label={t('versions.to')} value={to} onChoose={(name) => setPair([from, name])} />
      </div>
      <div className="versions-body" aria-live="polite">
        {from === to ? <p>{t('versions.equal')}</p> : <Compared from={from} to={to} />}
      </div>
      {from !== to && <Play versions={[from, to]} onClose={onClose} />}
    </Dialogue>
  )
}

type ChoiceProps = { readonly label: string; readonly value: string; readonly onChoose: (name: string) => void }

function Choice({ label, value, onChoose }: ChoiceProps) {
  return (
    <select
      className="choice"
      aria-label={label}
      value={value}
      onChange={(event) => onChoose(event.currentTarget.value)}
    >
      {NAMES.toReversed().map((name) => (
        <option key={name} value={name}>
          {versionText(name)}
        </option>
      ))}
    </select>
  )
}

type Pair = { readonly from: string; readonly to: string }

function Compared({ from, to }: Pair) {
  const compared = useComparison(from, to)
  const t = useText()
  switch (compared.kind) {
    case 'working':
      return (
        <p className="versions-working">
          {t('versions.working')}
          <progress value={compared.done} aria-label={t('versions.working')} />
        </p>
      )
    case 'failed':
      return <p role="alert">{compared.message}</p>
    case 'done':
      return (
        <>
          <VersionStories comparison={compared.comparison} from={from} to={to} />
          <VersionSwitches switches={compared.comparison.switches} />
        </>
      )
  }
}

type PlayProps = { readonly versions: readonly string[]; readonly onClose: () => void }

/** Begins the story anew in one of the two. */
function Play({ versions, onClose }: PlayProps) {
  const { setKubernetes } = useVerbs()
  const t = useText()
  const play = (version: string) => {
    setKubernetes(version)
    onClose()
  }
  return (
    <div className="versions-acts">
      {versions.map((version) => (
        <Button key={version} onClick={() => play(version)}>
          {t('versions.play', { version: versionText(version) })}
        </Button>
      ))}
    </div>
  )
}
