/** The page on a phone: the list of pods, a sheet with everything else over it, and time under the thumb. */
import { Canvas } from './canvas/Canvas.tsx'
import { PhoneBar } from './controls/PhoneBar.tsx'
import { SetSummary } from './controls/SetSummary.tsx'
import { PhoneTransport } from './controls/Transport.tsx'
import type { Doors } from './keys.ts'
import { Notices } from './panels/Notices.tsx'
import { Sheet } from './panels/Sheet.tsx'
import './shell.css'
import './phone.css'

export default function Phone({ doors }: { readonly doors: Doors }) {
  return (
    <div className="phone">
      <PhoneBar doors={doors} />
      <div className="summary-bar">
        <SetSummary />
      </div>
      <main id="canvas" tabIndex={-1}>
        <Canvas />
        <Notices />
      </main>
      <Sheet />
      <PhoneTransport />
    </div>
  )
}
