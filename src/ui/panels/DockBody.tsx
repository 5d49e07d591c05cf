/** What lies under the tabs that the dock and the phone's sheet share. All but the timeline is loaded when it is first opened. */
import { lazy, useEffect } from 'react'
import type { DockTab } from '../../store/types.ts'
import { Timeline } from '../timeline/Timeline.tsx'
import { useOrdinal } from '../useOrdinal.ts'
import { wishes } from '../wish.ts'

const Records = lazy(() => import('./Records.tsx'))
const ManifestPanel = lazy(() => import('../manifest/ManifestPanel.tsx'))
const TerminalPanel = lazy(() => import('../terminal/TerminalPanel.tsx'))

export function DockBody({ tab }: { readonly tab: DockTab }) {
  switch (tab) {
    case 'timeline':
      return <Timeline />
    case 'terminal':
      return <TerminalPanel />
    case 'manifest':
      return <ManifestPanel />
    case 'events':
    case 'guarantees':
      return <Records tab={tab} />
  }
}

/** Shows the tab in which somebody wishes to write, or a command of the terminal wants a text edited. */
export function useWishedTab(show: (tab: keyof typeof wishes) => void): void {
  const editing = useOrdinal((state) => state.editing)
  useEffect(() => wishes.terminal.listen(() => show('terminal')))
  useEffect(() => wishes.manifest.listen(() => show('manifest')))
  // After those that listen: effects run in their order.
  useEffect(() => {
    if (editing) wishes.manifest.ask()
  }, [editing])
}
