/**
 * The kubectl line of the act that is pointed at or has the focus, before it is given. One cell for the acts that are in
 * view together.
 */
import type { ReactNode } from 'react'
import { createContext, useContext, useMemo, useState } from 'react'
import type { Command } from '../../sim/index.ts'

interface Preview {
  readonly command: Command | undefined
  readonly show: (command: Command | undefined) => void
}

const PreviewContext = createContext<Preview>({ command: undefined, show: () => {} })

export function PreviewScope({ children }: { readonly children: ReactNode }) {
  const [command, show] = useState<Command>()
  const preview = useMemo(() => ({ command, show }), [command])
  return <PreviewContext value={preview}>{children}</PreviewContext>
}

export const usePreview = (): Preview => useContext(PreviewContext)

/** Handlers for an element that gives this command. */
export function usePreviewOf(command: Command | undefined) {
  const { show } = usePreview()
  return {
    onPointerEnter: () => show(command),
    onPointerLeave: () => show(undefined),
    onFocus: () => show(command),
    onBlur: () => show(undefined),
  }
}
