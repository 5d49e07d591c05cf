/** Which image the template names: choosing another rolls it out. */
import { Check, ChevronDown, TriangleAlert } from 'lucide'
import { Icon } from '../kit/Icon.tsx'
import type { MenuEntry } from '../kit/Menu.tsx'
import { Menu } from '../kit/Menu.tsx'
import { useSetObject } from '../panels/objects.ts'
import { useText } from '../text.ts'
import { useVerbs } from '../useOrdinal.ts'
import { BROKEN_TAGS, goodTags, imageParts, rolledOut } from './images.ts'
import { usePreview } from './preview.tsx'
import { useLivingSet } from './target.ts'

export function RollOut() {
  const set = useLivingSet()
  const object = useSetObject()
  const { dispatch } = useVerbs()
  const { show } = usePreview()
  const t = useText()
  const image = object?.spec.template.spec.containers[0]?.image ?? ''
  const { repository, tag: current } = imageParts(image)

  const entryOf = (tag: string, note?: string): MenuEntry => {
    const command = set && object && rolledOut(set, object, tag)
    return {
      kind: 'act',
      id: tag,
      label: `:${tag}`,
      note,
      mono: true,
      icon: tag === current ? <Icon of={Check} size={16} /> : note ? <Icon of={TriangleAlert} size={14} /> : undefined,
      onFocus: () => show(command),
      onSelect: () => command && dispatch(command),
    }
  }
  const entries = (): readonly MenuEntry[] => [
    { kind: 'label', id: 'good', label: repository },
    ...goodTags(image).map((tag) => entryOf(tag)),
    { kind: 'rule', id: 'rule' },
    { kind: 'label', id: 'broken', label: t('acts.rollOut.broken') },
    ...BROKEN_TAGS.map((tag) => entryOf(tag, t(`acts.rollOut.broken.${tag}`))),
  ]
  const trigger = (
    <button type="button" className="choice act-wide font-mono" disabled={!set} title={image}>
      <span className="cut">
        {object ? `${repository.slice(repository.lastIndexOf('/') + 1)}:${current}` : t('acts.none')}
      </span>
      <Icon of={ChevronDown} size={14} />
    </button>
  )
  return (
    <div className="act-group act-group-joined">
      <div className="act-row">
        <h3 className="heading">{t('acts.rollOut')}</h3>
        <Menu trigger={trigger} entries={entries} onClose={() => show(undefined)} />
      </div>
    </div>
  )
}
