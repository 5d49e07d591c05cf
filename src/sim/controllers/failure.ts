/**
 * Why a step of a sync failed: the texts of its errors as Kubernetes prints several of them together.
 * Models: k8s.io/apimachinery/pkg/util/errors (aggregates), v1.36, with the texts in a fixed order where the real one is
 * that of a map.
 */
import type { Refusal } from '../api/strategy.ts'

export interface Failure {
  /** In code-unit order, none twice. */
  readonly messages: readonly string[]
  /** The API's reason; absent when several errors came together or it was no refusal. */
  readonly reason?: Refusal['reason']
  /** The quota that says no; the first where several errors came together. */
  readonly quota?: NonNullable<Refusal['quota']>
}

export const failed = (message: string, of: Pick<Failure, 'reason' | 'quota'> = {}): Failure => ({
  messages: [message],
  ...(of.reason && { reason: of.reason }),
  ...(of.quota && { quota: of.quota }),
})

/** A refusal, with what was being done put in front of its text. */
export const refused = (refusal: Refusal, doing = ''): Failure => failed(doing + refusal.message, refusal)

/** All failures as one; undefined when there is none. */
export function together(failures: readonly (Failure | undefined)[]): Failure | undefined {
  const some = failures.filter((failure) => failure !== undefined)
  if (some.length < 2) return some[0]
  const quota = some.find((failure) => failure.quota)?.quota
  return { messages: [...new Set(some.flatMap(({ messages }) => messages))].sort(), ...(quota && { quota }) }
}

/** One text as it is, several as `[a, b]`. */
export const textOf = ({ messages }: Failure): string =>
  messages.length === 1 ? (messages[0] as string) : `[${messages.join(', ')}]`
