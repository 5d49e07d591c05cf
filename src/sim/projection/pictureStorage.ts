/** Claims and volumes as their cards show them. Words and short access modes are those of kubectl. */
import type { ObjectKey } from '../api/kinds.ts'
import { keyOf } from '../api/kinds.ts'
import type { Reason } from '../api/reasons.ts'
import type { PersistentVolume, PersistentVolumeClaim } from '../api/types.ts'
import { phaseWord, shortAccessModes } from '../kubectl/podStatus.ts'
import { countdownOf } from './pictureReasons.ts'
import type { ClaimPicture, VolumePicture } from './types.ts'

const CLAIM_STATES = { Pending: 'pending', Bound: 'bound', Lost: 'lost' } as const

const VOLUME_STATES = {
  Pending: 'pending',
  Available: 'available',
  Bound: 'bound',
  Released: 'released',
  Failed: 'failed',
} as const

export function claimPictureOf(claim: PersistentVolumeClaim, reasons: readonly Reason[]): ClaimPicture {
  const { namespace, name, deletionTimestamp } = claim.metadata
  const { phase, capacity, accessModes } = claim.status
  const size = capacity?.storage ?? claim.spec.resources?.requests?.storage
  const modes = shortAccessModes(accessModes ?? claim.spec.accessModes)
  const countdown = countdownOf(reasons)
  return {
    key: keyOf('PersistentVolumeClaim', namespace, name),
    name,
    state: deletionTimestamp === undefined ? CLAIM_STATES[phase] : 'terminating',
    status: phaseWord(claim),
    ...(size !== undefined && { capacity: size }),
    ...(modes !== '' && { accessModes: modes }),
    ...(claim.spec.storageClassName !== undefined && { storageClass: claim.spec.storageClassName }),
    ...(reasons[0] && { reason: reasons[0] }),
    ...(countdown && { countdown }),
  }
}

export const absentClaim = (key: ObjectKey, name: string, reasons: readonly Reason[]): ClaimPicture => ({
  key,
  name,
  state: 'absent',
  status: '',
  ...(reasons[0] && { reason: reasons[0] }),
})

export function volumePictureOf(
  volume: PersistentVolume,
  files: Readonly<Record<string, string>> | undefined,
): VolumePicture {
  const { name, deletionTimestamp } = volume.metadata
  const { persistentVolumeReclaimPolicy } = volume.spec
  return {
    key: keyOf('PersistentVolume', undefined, name),
    name,
    state: deletionTimestamp === undefined ? VOLUME_STATES[volume.status.phase] : 'terminating',
    status: phaseWord(volume),
    ...(persistentVolumeReclaimPolicy !== undefined && { reclaimPolicy: persistentVolumeReclaimPolicy }),
    files: Object.keys(files ?? {}),
  }
}
