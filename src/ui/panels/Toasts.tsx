/** Notices of the store, one card each, in a corner. Nothing waits for them; each can be put away, some offer an act. */
import { CircleAlert, CircleCheck, GitBranch, Info, Pause, TriangleAlert, Undo2, X } from 'lucide'
import { Toast } from 'radix-ui'
import type { ReactNode } from 'react'
import type { Notice } from '../../store/types.ts'
import { Button } from '../kit/Button.tsx'
import { Icon } from '../kit/Icon.tsx'
import { useText } from '../text.ts'
import { useOrdinal, useVerbs } from '../useOrdinal.ts'
import { noticeSaid } from './noticeText.ts'
import './toasts.css'

const icons: Readonly<Record<Notice['kind'], ReactNode>> = {
  copied: <Icon of={CircleCheck} size={18} />,
  forked: <Icon of={GitBranch} size={18} />,
  loaded: <Icon of={Info} size={18} />,
  notice: <Icon of={Info} size={18} />,
  parameter: <Icon of={TriangleAlert} size={18} />,
  paused: <Icon of={Pause} size={18} />,
  refused: <Icon of={CircleAlert} size={18} />,
  restored: <Icon of={Info} size={18} />,
  undone: <Icon of={Undo2} size={18} />,
  violation: <Icon of={CircleAlert} size={18} />,
}

/** Milliseconds of real time until a card goes by itself; errors wait to be read. */
const stays: Partial<Record<Notice['kind'], number>> = {
  refused: 20_000,
  parameter: 20_000,
  violation: 86_400_000,
}

export default function Toasts() {
  const notices = useOrdinal((state) => state.notices)
  const t = useText()
  return (
    <Toast.Provider label={t('toast.label')} swipeDirection="right">
      {notices
        .filter(({ kind }) => kind !== 'notice')
        .map((notice) => (
          <Card key={notice.id} notice={notice} />
        ))}
      <Reading notices={notices.filter(({ kind }) => kind === 'notice')} />
      <Toast.Viewport className="toasts" label={t('toast.region', { hotkey: '{hotkey}' })} />
    </Toast.Provider>
  )
}

/** All that is to be said about how a manifest was read, on one card: how much it is, and each note when it is opened. */
function Reading({ notices }: { readonly notices: readonly Notice[] }) {
  const { dismiss } = useVerbs()
  const t = useText()
  const last = notices.at(-1)
  if (!last) return null
  const putAway = () => {
    for (const { id } of notices) dismiss(id)
  }
  return (
    <Toast.Root
      key={last.id}
      className="toast"
      data-kind="notice"
      type="background"
      duration={86_400_000}
      onOpenChange={(open) => open || putAway()}
    >
      <span className="toast-icon">{icons.notice}</span>
      <details className="toast-notes min-w-0 flex-1">
        <summary>
          <Toast.Title asChild>
            <span className="toast-title">{t('toast.reading', { count: notices.length })}</span>
          </Toast.Title>
        </summary>
        <ul>
          {notices.map((notice) => (
            <li key={notice.id}>{noticeSaid(notice, t).title}</li>
          ))}
        </ul>
      </details>
      <PutAway />
    </Toast.Root>
  )
}

function Card({ notice }: { readonly notice: Notice }) {
  const { dismiss } = useVerbs()
  const t = useText()
  const { title, text } = noticeSaid(notice, t)
  const urgent = notice.kind === 'refused' || notice.kind === 'violation'
  return (
    <Toast.Root
      className="toast"
      data-kind={notice.kind}
      type={urgent ? 'foreground' : 'background'}
      duration={stays[notice.kind] ?? 7000}
      onOpenChange={(open) => open || dismiss(notice.id)}
    >
      <span className="toast-icon">{icons[notice.kind]}</span>
      <div className="min-w-0 flex-1">
        <Toast.Title className="toast-title">{title}</Toast.Title>
        {text && <Toast.Description className="toast-text">{text}</Toast.Description>}
      </div>
      <Action notice={notice} />
      <PutAway />
    </Toast.Root>
  )
}

function PutAway() {
  const t = useText()
  return (
    <Toast.Close asChild>
      <Button look="tool" small aria-label={t('toast.close')}>
        <Icon of={X} size={16} />
      </Button>
    </Toast.Close>
  )
}

function Action({ notice: { id, action, params, kind } }: { readonly notice: Notice }) {
  const verbs = useVerbs()
  const t = useText()
  const offered = action ?? (kind === 'paused' ? 'why' : undefined)
  if (!offered) return null
  const act = () => {
    switch (offered) {
      case 'undoFork':
        verbs.undoFork()
        break
      case 'discardRun':
        verbs.discardRun()
        break
      case 'why':
        verbs.set({ inspectorTab: 'why' })
        break
      case 'showViolation':
        verbs.set({ dockTab: 'guarantees' })
        verbs.seekMoment(Number(params.moment))
    }
    verbs.dismiss(id)
  }
  const label = t(`toast.do.${offered}`)
  return (
    <Toast.Action asChild altText={label} onClick={act}>
      <Button look="ghost" small>
        {label}
      </Button>
    </Toast.Action>
  )
}
