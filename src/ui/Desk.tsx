/** The page at a desk: bars above and below, acts at the left, the inspector at the right, the dock under the canvas. */
import type { Panel } from '../store/types.ts'
import { Canvas } from './canvas/Canvas.tsx'
import { Acts, ActsRail } from './controls/Acts.tsx'
import { PreviewScope } from './controls/preview.tsx'
import { TopBar } from './controls/TopBar.tsx'
import { Transport } from './controls/Transport.tsx'
import type { Doors } from './keys.ts'
import { Dock } from './panels/Dock.tsx'
import { Inspector } from './panels/Inspector.tsx'
import { Notices } from './panels/Notices.tsx'
import './shell.css'
import { useText } from './text.ts'
import { useMedia } from './useMedia.ts'
import { useOrdinal } from './useOrdinal.ts'

const none: readonly Panel[] = []

export function Desk({ doors }: { readonly doors: Doors }) {
  const theme = useOrdinal((state) => state.theme)
  const hidden = useOrdinal((state) => state.hidden ?? none)
  const t = useText()
  const narrow = useMedia('(max-width: 1179.9px)')
  const rail = narrow || theme === 'projector'
  const shows = (panel: Panel) => !hidden.includes(panel)
  return (
    <div
      className="shell"
      data-rail={rail || undefined}
      data-narrow={narrow || undefined}
      data-hide={hidden.length > 0 ? hidden.join(' ') : undefined}
    >
      <a className="skip btn" href="#canvas">
        {t('app.skip')}
      </a>
      {shows('top') && <TopBar doors={doors} />}
      <PreviewScope>
        {shows('acts') && (rail ? <ActsRail /> : <Acts />)}
        <main id="canvas" tabIndex={-1}>
          <Canvas />
          <Notices />
        </main>
      </PreviewScope>
      {shows('inspector') && <Inspector />}
      {shows('dock') && <Dock />}
      {shows('time') && <Transport />}
    </div>
  )
}
