/** What verbs have in common that change objects that are there: find them, change each, say what came of it. */
import type { Steps } from '../../shell/session.ts'
import { currentWorld } from '../../shell/session.ts'
import type { Call, Thing } from '../call.ts'
import { refusalText } from '../failure.ts'
import { changedText, readOutput } from '../print/output.ts'
import type { Found, Selection, SelectOptions } from '../resources.ts'
import { selected } from '../resources.ts'
import { dryRunSuffix, Writes } from '../server.ts'

export interface Changing extends SelectOptions {
  /** `scaled`; by the object, where it depends on what is there. */
  readonly past: string
  /** The object as it should be. A text refuses it, in kubectl's words. */
  readonly change: (found: Found, selection: Selection) => Thing | string
  /** Nothing is said of objects that stay as they are. */
  readonly silentWhenSame?: boolean
}

/** Changes every object that the line names. Objects that are refused do not keep the others from being changed. */
export function* changeEach(call: Call, { past, change, silentWhenSame, ...options }: Changing): Steps {
  const output = readOutput(call, false)
  const selection = selected(call, yield* currentWorld(), options)
  const writes = new Writes(call, yield* currentWorld())
  for (const found of selection.found) {
    const wanted = change(found, selection)
    if (typeof wanted === 'string') {
      writes.fail(wanted)
      continue
    }
    if (writes.dryRun === 'client') {
      writes.say(changedText(output, wanted, past, dryRunSuffix('client')))
      continue
    }
    const tried = writes.change(found.type, found.object, wanted)
    if (!tried.ok) writes.fail(refusalText(tried.refusal))
    else if (!silentWhenSame || tried.after !== tried.before)
      writes.say(changedText(output, tried.after ?? wanted, past, dryRunSuffix(writes.dryRun)))
  }
  for (const error of selection.errors) writes.fail(error)
  yield* writes.commit()
  return writes.exit
}

/** The words that name resources, and the others behind them, of which `isOther` knows the first. */
export function partedArgs(args: readonly string[], isOther: (arg: string) => boolean): readonly [string[], string[]] {
  const at = args.findIndex(isOther)
  return at < 0 ? [[...args], []] : [args.slice(0, at), args.slice(at)]
}
