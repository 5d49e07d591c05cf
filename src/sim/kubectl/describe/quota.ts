/**
 * Quotas described: by themselves, and among what a namespace has.
 * Models: staging/src/k8s.io/kubectl/pkg/describe/describe.go (ResourceQuotaDescriber, DescribeResourceQuotas), v1.36.
 */
import { parseQuantity, printQuantity, unitsOf } from '../../api/quantity.ts'
import type { ResourceQuota } from '../../api/types.ts'
import { sortedEntries } from './parts.ts'
import type { DescribeWriter } from './tabs.ts'

const ABOUT_SCOPES: Readonly<Record<string, string>> = {
  Terminating:
    'Matches all pods that have an active deadline. These pods have a limited lifespan on a node before being actively terminated by the system.',
  NotTerminating:
    'Matches all pods that do not have an active deadline. These pods usually include long running pods whose container command is not expected to terminate.',
  BestEffort:
    'Matches all pods that do not have resource requirements set. These pods have a best effort quality of service.',
  NotBestEffort:
    'Matches all pods that have at least one resource requirement set. These pods have a burstable or guaranteed quality of service.',
}

function scopes(
  out: DescribeWriter,
  level: number,
  bullet: string,
  { scopes: given = [] }: ResourceQuota['spec'],
): void {
  if (given.length === 0) return
  const sorted = [...given].sort()
  out.line(level, `Scopes:\t${sorted.join(', ')}`)
  for (const scope of sorted) if (Object.hasOwn(ABOUT_SCOPES, scope)) out.line(level, `${bullet}${ABOUT_SCOPES[scope]}`)
}

/** An amount in the form of another: where they differ, kubectl rounds it up to whole units. */
function inFormOf(hard: string, used: string): string {
  const form = parseQuantity(hard)?.form
  if (form === undefined || parseQuantity(used)?.form === form) return used
  return printQuantity({ nanos: BigInt(unitsOf(used)) * 1_000_000_000n, form })
}

export function quota(out: DescribeWriter, { metadata, spec, status }: ResourceQuota): void {
  out.line(0, `Name:\t${metadata.name}`).line(0, `Namespace:\t${metadata.namespace}`)
  scopes(out, 0, ' * ', spec)
  out.line(0, 'Resource\tUsed\tHard').line(0, '--------\t----\t----')
  for (const [resource, hard] of sortedEntries(status.hard))
    out.line(0, `${resource}\t${inFormOf(hard, status.used?.[resource] ?? '0')}\t${hard}`)
}

export function quotasOfNamespace(out: DescribeWriter, quotas: readonly ResourceQuota[]): void {
  out.line(0, quotas.length === 0 ? 'No resource quota.' : 'Resource Quotas')
  for (const { metadata, spec, status } of quotas) {
    out.line(1, `Name:\t${metadata.name}`)
    scopes(out, 1, '* ', spec)
    out.line(1, 'Resource\tUsed\tHard').line(1, '--------\t---\t---')
    for (const [resource, hard] of sortedEntries(status.hard))
      out.line(1, `${resource}\t${status.used?.[resource] ?? '0'}\t${hard}`)
  }
}
