/**
 * Flags without which a command is not begun. Models: cobra's MarkFlagRequired, as kubectl 1.36 uses it.
 */
import { clientError } from '../failure.ts'
import type { Invocation } from './invocation.ts'

const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  autoscale: ['max'],
  'create deployment': ['image'],
  run: ['image'],
  scale: ['replicas'],
}

/** @throws Failure */
export function checkRequired({ command, flags }: Invocation): void {
  const missing = (REQUIRED[command] ?? []).filter((name) => !flags.has(name))
  if (missing.length > 0)
    throw clientError(`required flag(s) ${missing.map((name) => JSON.stringify(name)).join(', ')} not set`)
}
