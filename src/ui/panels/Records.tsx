/** The records of the whole run besides the timeline: all Events, all guarantees. Loaded when the first is looked at. */

import { eventsOf } from '../../sim/index.ts'
import type { DockTab } from '../../store/types.ts'
import { useOrdinal } from '../useOrdinal.ts'
import { EventList } from './EventList.tsx'
import { Guarantees } from './Guarantees.tsx'

export default function Records({ tab }: { readonly tab: Extract<DockTab, 'events' | 'guarantees'> }) {
  return tab === 'events' ? <AllEvents /> : <Guarantees />
}

function AllEvents() {
  const lines = useOrdinal((state) => eventsOf(state.world))
  return <EventList lines={lines} wide />
}
