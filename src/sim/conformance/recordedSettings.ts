/** The cluster that a record was made in: its version and the gates that were set. */
import type { ClusterSettings } from '../api/strategy.ts'
import { versionNamed } from '../api/switches.ts'
import type { Recorded } from './recordTypes.ts'

const known = new Map<string, ClusterSettings>()

/** The same object for the same cluster. Throws for a version that is not simulated. */
export function settingsOf({ kubernetes: release, gates }: Pick<Recorded, 'kubernetes' | 'gates'>): ClusterSettings {
  const key = `${release} ${JSON.stringify(gates)}`
  const kubernetes = versionNamed(release)
  if (kubernetes === undefined) throw new Error(`Kubernetes ${release} is not simulated`)
  const settings = known.get(key) ?? { clusterDomain: 'cluster.local', kubernetes, gates, dnsTtlSeconds: 30 }
  known.set(key, settings)
  return settings
}
