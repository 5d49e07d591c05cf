/** Where notices appear: over the lower edge of the canvas. What draws them is loaded with the first one. */
import { lazy, Suspense, useState } from 'react'
import { useOrdinal } from '../useOrdinal.ts'

const Toasts = lazy(() => import('./Toasts.tsx'))

export function Notices() {
  const noticed = useOrdinal((state) => state.notices.length > 0)
  const [told, setTold] = useState(noticed)
  // Once there was a notice its region stays, so that later ones are announced.
  if (noticed && !told) setTold(true)
  return <Suspense fallback={null}>{told && <Toasts />}</Suspense>
}
