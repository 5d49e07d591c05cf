/**
 * The manifest desk of the page: a text is read, tried on the world that is shown, and applied as an act of the run. A
 * trial is a transition that nobody keeps, so it finds what the real act would find. Loaded when the editor is opened.
 */
import type { AnyObject, Command, Refusal, World } from '../../sim/index.ts'
import { ALL_KINDS, keyOfObject, objectsOf, partsOfKey, readObject } from '../../sim/index.ts'
import { exportedObject, exportedText, writtenObjects } from '../../sim/kubectl/index.ts'
import type { PlacedManifests } from '../../sim/manifest/index.ts'
import { fieldPath, fieldsAt, MOST_CHARACTERS, readPlacedManifests } from '../../sim/manifest/index.ts'
import type { Holder } from '../holder.ts'
import type { Changes, Checked, ManifestDesk, ManifestProblem } from './types.ts'

type Trial =
  | { readonly ok: true; readonly command: Command; readonly after: World; readonly read: PlacedManifests }
  | { readonly ok: false; readonly problems: readonly ManifestProblem[]; readonly read?: PlacedManifests }

const FAILED = {
  ok: false,
  problems: [{ code: 'nothing', message: 'the text could not be tried' }],
} as const satisfies Trial

const applying = (objects: readonly AnyObject[]): Command => ({
  type: 'applyObjects',
  objects,
  source: 'manifests.yaml',
})

const stored = (world: World, object: AnyObject): AnyObject | undefined => {
  const { kind, namespace, name } = partsOfKey(keyOfObject(object))
  return readObject(world.objects, kind, namespace, name) as AnyObject | undefined
}

export class PageDesk implements ManifestDesk {
  readonly mostCharacters = MOST_CHARACTERS
  readonly fieldsAt = fieldsAt
  private readonly holder: Holder

  constructor(holder: Holder) {
    this.holder = holder
  }

  private get world(): World {
    return this.holder.session.run.world
  }

  private get namespace(): string {
    return this.holder.session.scenario?.namespace ?? 'default'
  }

  start(): string {
    const { scenario, run } = this.holder.session
    if (scenario) return scenario.manifests
    return exportedText(
      run.opening.commands.flatMap((command) =>
        command.type === 'applyObjects' ? command.objects.map(exportedObject) : [],
      ),
    )
  }

  running(): string {
    const { world } = this
    const all = ALL_KINDS.flatMap((kind): readonly AnyObject[] => objectsOf(world, kind))
    return exportedText(writtenObjects(all).map(exportedObject))
  }

  check(text: string): Checked {
    const trial = this.trial(text)
    return { problems: trial.ok ? [] : trial.problems, notices: trial.read?.notices ?? [] }
  }

  changes(text: string): Changes | { readonly problems: readonly ManifestProblem[] } {
    const trial = this.trial(text)
    if (!trial.ok) return { problems: trial.problems }
    const textIn = (world: World) =>
      exportedText(trial.read.objects.flatMap((object) => stored(world, object) ?? []).map(exportedObject))
    return { before: textIn(this.world), after: textIn(trial.after) }
  }

  apply(text: string): readonly ManifestProblem[] {
    const trial = this.trial(text)
    if (!trial.ok) return trial.problems
    const given = this.holder.do(() => ({ refusal: this.holder.session.act(trial.command) }))
    if (!given) return FAILED.problems
    if (given.refusal) return [this.problem(given.refusal, undefined)]
    this.holder.tell(trial.read.notices)
    return []
  }

  /** What applying the text to the world shown would come to. */
  private trial(text: string): Trial {
    return this.holder.session.guard(() => this.tried(text)) ?? FAILED
  }

  private tried(text: string): Trial {
    const { world, namespace } = this
    const storageClasses = objectsOf(world, 'StorageClass').map(({ metadata }) => metadata.name)
    const read = readPlacedManifests(text, { namespace, settings: world.settings, storageClasses })
    if (read.problems.length > 0) return { ok: false, problems: read.problems, read }
    const command = applying(read.objects)
    const { refusal, world: after } = this.holder.parts.kernel.dispatch(world, command)
    if (!refusal) return { ok: true, command, after, read }
    const problems = this.refusedOnes(world, read)
    return { ok: false, problems: problems.length > 0 ? problems : [this.problem(refusal, undefined)], read }
  }

  /** Which objects are refused, and where in the text what is wrong with them stands. */
  private refusedOnes(world: World, read: PlacedManifests): readonly ManifestProblem[] {
    const { kernel } = this.holder.parts
    let standing = world
    return read.objects.flatMap((object) => {
      const { refusal, world: after } = kernel.dispatch(standing, applying([object]))
      if (!refusal) {
        standing = after
        return []
      }
      const field = refusal.fields?.[0]?.field
      return [this.problem(refusal, read.placeOf(object, field === undefined ? ['kind'] : fieldPath(field)))]
    })
  }

  private problem({ message }: Refusal, place: ReturnType<PlacedManifests['placeOf']>) {
    return { code: 'invalidField', message, ...place } as const
  }
}
