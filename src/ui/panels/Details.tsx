/** The looks of the inspector besides Why. Loaded when the first of them is taken. */
import type { ObjectKey } from '../../sim/index.ts'
import type { InspectorTab } from '../../store/types.ts'
import { NearEvents } from './NearEvents.tsx'
import { Overview } from './Overview.tsx'
import { Yaml } from './Yaml.tsx'

type Props = { readonly subject: ObjectKey; readonly tab: Exclude<InspectorTab, 'why'> }

export default function Details({ subject, tab }: Props) {
  switch (tab) {
    case 'overview':
      return <Overview subject={subject} />
    case 'yaml':
      return <Yaml subject={subject} />
    case 'events':
      return <NearEvents subject={subject} />
  }
}
