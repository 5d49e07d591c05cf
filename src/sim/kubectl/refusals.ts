/** What a person is told when an act cannot be done, worded as Kubernetes or kubectl would word it. */
import { KINDS, resourceOf } from '../api/kinds.ts'
import type { FieldError, Refusal } from '../api/strategy.ts'
import type { Kind } from '../api/types.ts'

export const notFound = (kind: Kind, name: string): Refusal => ({
  reason: 'NotFound',
  message: `${resourceOf(kind)} "${name}" not found`,
})

export const badRequest = (message: string, fields?: readonly FieldError[]): Refusal => ({
  reason: 'BadRequest',
  message,
  ...(fields && { fields }),
})

/** The API would take it, or kubectl would try, and nothing would come of it. */
export const impossible = (message: string): Refusal => ({ reason: 'Impossible', message })

/** One object of a command, as kubectl names it in its answers: `statefulset.apps/web`. */
export function qualifiedName(kind: Kind, name: string): string {
  const [group, version] = KINDS[kind].apiVersion.split('/')
  return `${KINDS[kind].singular}${version === undefined ? '' : `.${group}`}/${name}`
}
