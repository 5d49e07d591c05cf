/**
 * The page: which layout fits this width, and what is loaded only when it is asked for. Reads the moment and sends acts
 * through its parts; holds nothing of the cluster itself.
 */
import './theme.css'
import { lazy, Suspense, useEffect, useMemo, useState } from 'react'
import { Announcer } from './announce.tsx'
import { Desk } from './Desk.tsx'
import type { Doors } from './keys.ts'
import { keepFocus, useKeys } from './keys.ts'
import { TipLayer } from './kit/TipLayer.tsx'
import { DropZone } from './panels/DropZone.tsx'
import { hasTexts, isTextKey, loadTexts, tagOf } from './text.ts'
import { useMedia } from './useMedia.ts'
import { useOrdinal, useVerbs } from './useOrdinal.ts'

const Phone = lazy(() => import('./Phone.tsx'))
const CrashPanel = lazy(() => import('./panels/CrashPanel.tsx'))
const Palette = lazy(() => import('./panels/Palette.tsx'))
const Shortcuts = lazy(() => import('./panels/Shortcuts.tsx'))
const Versions = lazy(() => import('./panels/Versions.tsx'))

type Floating = 'palette' | 'shortcuts' | 'versions' | undefined

export function App() {
  const ready = usePageSettings()
  const [floating, setFloating] = useState<Floating>()
  const { pause } = useVerbs()
  const doors = useMemo((): Doors => {
    const open = (which: Floating) => () => {
      pause()
      setFloating(which)
    }
    return { openPalette: open('palette'), openShortcuts: open('shortcuts'), openVersions: open('versions') }
  }, [pause])
  useKeys(doors)
  const isPhone = useMedia('(max-width: 839.9px)')
  if (!ready) return null
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only keeps a click from moving the focus.
    <div className="contents" data-phone={isPhone || undefined} onMouseDown={keepFocus}>
      <Suspense fallback={null}>{isPhone ? <Phone doors={doors} /> : <Desk doors={doors} />}</Suspense>
      <Over floating={floating} doors={doors} onClose={() => setFloating(undefined)} />
      <DropZone />
      <TipLayer />
      <Announcer />
    </div>
  )
}

type OverProps = { readonly floating: Floating; readonly doors: Doors; readonly onClose: () => void }

/** What may lie over the page; each part is loaded when there is something for it to show. */
function Over({ floating, doors, onClose }: OverProps) {
  const crashed = useOrdinal((state) => state.crash !== undefined)
  return (
    <Suspense fallback={null}>
      {crashed && <CrashPanel />}
      {floating === 'palette' && <Palette onClose={onClose} doors={doors} />}
      {floating === 'shortcuts' && <Shortcuts onClose={onClose} />}
      {floating === 'versions' && <Versions onClose={onClose} />}
    </Suspense>
  )
}

/** Theme and language on the document. False until the first story shown can be told in its language. */
function usePageSettings(): boolean {
  const theme = useOrdinal((state) => state.theme)
  const language = useOrdinal((state) => state.language)
  const scenario = useOrdinal((state) => state.run.scenario)
  const [ready, setReady] = useState(() => hasTexts(language) && (!scenario || isTextKey(`scenario.${scenario}.title`)))
  useEffect(() => {
    document.documentElement.dataset.theme = theme
  }, [theme])
  useEffect(() => {
    document.documentElement.lang = tagOf(language)
    const done = () => setReady(true)
    loadTexts(language).then(done, done)
  }, [language])
  return ready
}
