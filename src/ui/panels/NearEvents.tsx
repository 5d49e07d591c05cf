/** The Events about an object and what belongs to it, or about the whole set. */
import { useMemo, useState } from 'react'
import type { ObjectKey } from '../../sim/index.ts'
import { eventsOf } from '../../sim/index.ts'
import { nameIn } from '../kit/ObjectLink.tsx'
import { Segments } from '../kit/Segments.tsx'
import { useText } from '../text.ts'
import { useOrdinal } from '../useOrdinal.ts'
import { EventList } from './EventList.tsx'

export function NearEvents({ subject }: { readonly subject: ObjectKey }) {
  const [reach, setReach] = useState<'near' | 'set'>('near')
  const set = useOrdinal((state) => state.picture.set?.key)
  const world = useOrdinal((state) => state.world)
  const t = useText()
  const about = reach === 'set' || subject === set ? set : subject
  const lines = useMemo(() => eventsOf(world, about), [world, about])
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      {subject !== set && (
        <div className="inspector-bar">
          <Segments
            label={t('events.reach')}
            value={reach}
            options={[
              ['near', t('events.near', { name: nameIn(subject) })],
              ['set', t('events.set')],
            ]}
            onChange={setReach}
          />
        </div>
      )}
      <EventList lines={lines} />
    </div>
  )
}
