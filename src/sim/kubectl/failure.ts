/** A command line that ends with words on stderr: what kubectl says, and the exit code. */
import type { FieldError, Refusal } from '../api/strategy.ts'

export class Failure extends Error {
  readonly exit: number

  /** `message` is everything that is said, without a line end. */
  constructor(message: string, exit = 1) {
    super(message)
    this.exit = exit
  }
}

/** `error: …`: what kubectl itself finds wrong. */
export const clientError = (message: string, exit = 1): Failure => new Failure(`error: ${message}`, exit)

/** The usage of the command as it was called is wrong. */
export const usageError = (command: string, message: string): Failure =>
  new Failure(`error: ${message}\nSee 'kubectl ${command} -h' for help and examples`)

const causes = (fields: readonly FieldError[]): readonly string[] => [
  ...new Set(fields.map(({ field, message }) => `${field}: ${message}`)),
]

/** The reasons of ours that an API server does not have. */
const WITHOUT_REASON: readonly Refusal['reason'][] = ['Impossible']

/**
 * A refusal of the API server in kubectl's words. `doing` is what it was about: `error when creating "web.yaml"`. Messages
 * that are kubectl's own already stay as they are.
 */
export function refusalText({ reason, message, fields = [] }: Refusal, doing?: string): string {
  if (message.startsWith('error: ') || message.startsWith('The request is invalid')) return message
  const invalid = reason === 'Invalid' && /^(\S+?)(?:\.\S+)? "(.*?)" is invalid/.exec(message)
  if (invalid) {
    const [, kind, name] = invalid
    const list = causes(fields)
    const said = list.length === 1 ? ` ${list[0]}` : [' ', ...list.map((cause) => `* ${cause}`)].join('\n')
    return `The ${kind} "${name}" is invalid:${said}`
  }
  if (WITHOUT_REASON.includes(reason)) return `error: ${message}`
  return `Error from server (${reason}): ${doing === undefined ? '' : `${doing}: `}${message}`
}
