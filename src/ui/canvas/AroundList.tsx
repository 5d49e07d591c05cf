/**
 * Below the rows of the list: the governing Service, other Services that lead to the pods, and the classes of their claims.
 * A press selects one, as on the canvas.
 */
import { DoorOpen, HardDrive, Network } from 'lucide'
import type { ReactNode } from 'react'
import type { ObjectKey } from '../../sim/index.ts'
import { Icon } from '../kit/Icon.tsx'
import { useText } from '../text.ts'
import { useOrdinal, useVerbs } from '../useOrdinal.ts'
import { classFacts, doorPlace, doorReady } from './AroundText.tsx'
import { useAround } from './around.ts'

export function AroundList() {
  const { doors, classes } = useAround()
  const service = useOrdinal((state) => state.picture.set?.service)
  const t = useText()
  return (
    <ul className="around" aria-label={t('list.around')}>
      {service && (
        <Line of={service.key} icon={<Icon of={Network} size={18} />}>
          <b>{service.name}</b> {t('canvas.service')} ·{' '}
          {service.exists
            ? t('list.names', { published: service.published, names: service.names })
            : t('canvas.service.missing')}
        </Line>
      )}
      {doors.map((door) => (
        <Line key={door.key} of={door.key} icon={<Icon of={DoorOpen} size={18} />}>
          <b>{door.name}</b> {door.type} · {doorPlace(t, door)} · {doorReady(t, door)}
        </Line>
      ))}
      {classes.map((named) => (
        <Line key={named.key} of={named.key} icon={<Icon of={HardDrive} size={18} />}>
          <b>{named.name}</b> {t('canvas.class')}
          {named.isDefault && ` (${t('canvas.class.default')})`} · {classFacts(t, named)}
        </Line>
      ))}
    </ul>
  )
}

type LineProps = { readonly of: ObjectKey; readonly icon: ReactNode; readonly children: ReactNode }

function Line({ of, icon, children }: LineProps) {
  const { select } = useVerbs()
  const selected = useOrdinal((state) => state.selected === of)
  return (
    <li>
      <button type="button" aria-pressed={selected} onClick={() => select(of)}>
        {icon}
        <span>{children}</span>
      </button>
    </li>
  )
}
