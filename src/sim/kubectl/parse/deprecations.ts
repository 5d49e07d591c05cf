/** What kubectl says on stderr about spellings that will go. */
import type { Invocation } from './invocation.ts'

export function deprecations({ command, flags }: Invocation): string {
  const told: string[] = []
  if (flags.has('record')) told.push('Flag --record has been deprecated, --record will be removed in the future')
  if (command === 'autoscale' && flags.has('cpu-percent'))
    told.push(
      "Flag --cpu-percent has been deprecated, Use --cpu with percentage or resource quantity format (e.g., '70%' for utilization or '500m' for milliCPU).",
    )
  if (command === 'drain' && flags.has('delete-local-data'))
    told.push(
      'Flag --delete-local-data has been deprecated, This option is deprecated and will be deleted. Use --delete-emptydir-data.',
    )
  return told.map((line) => `${line}\n`).join('')
}
