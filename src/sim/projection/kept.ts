/**
 * Lets the parts of a picture keep their identity while nothing in them changed, so that a view can skip them, and spares
 * making them again. What was drawn last is kept for each run and slot, never more than that; a picture is the same with or
 * without it.
 */
import { claimNameOf, podNameOf } from '../api/identity.ts'
import type { ObjectKey } from '../api/kinds.ts'
import { keyOf } from '../api/kinds.ts'
import type { PersistentVolume, PersistentVolumeClaim, Pod } from '../api/types.ts'
import { rowOf } from '../kernel/apiServer.ts'
import { same } from '../kernel/equality.ts'
import type { World } from '../kernel/types.ts'
import { Rows } from './rows.ts'
import type {
  ClaimPicture,
  ColumnPicture,
  ControllerPicture,
  NamePicture,
  Picture,
  PodPicture,
  ServicePicture,
  SetPicture,
  VolumePicture,
} from './types.ts'

/** The last value of one place. */
export class Kept<T> {
  private inputs: readonly unknown[] = []
  private value: T | undefined

  /** What `make` gives; it is made again only when one of the inputs is another one. */
  by(inputs: readonly unknown[], make: () => T): T {
    const before = this.inputs
    let unchanged = this.value !== undefined && before.length === inputs.length
    for (let i = 0; unchanged && i < inputs.length; i++) unchanged = inputs[i] === before[i]
    if (unchanged) return this.value as T
    this.inputs = inputs
    return this.as(make())
  }

  /** The value as it was before, if it says the same; else this one. */
  as(value: T): T {
    if (this.value === undefined || !same(this.value, value)) this.value = value
    return this.value
  }
}

/** A set by name. */
interface Name {
  readonly namespace: string
  readonly name: string
}

/** What is kept of one claim's place in a slot, with its names. */
export class ClaimShelf {
  readonly picture = new Kept<ClaimPicture>()
  readonly volume = new Kept<VolumePicture>()
  readonly name: string
  readonly key: ObjectKey
  /** Where the claim stands in the table of claims. */
  readonly row: string

  constructor({ namespace, name }: Name, template: string, ordinal: number) {
    this.name = claimNameOf(template, name, ordinal)
    this.key = keyOf('PersistentVolumeClaim', namespace, this.name)
    this.row = rowOf('PersistentVolumeClaim', namespace, this.name)
  }
}

/** What is kept of one slot, with its pod's names. */
export class SlotShelf {
  readonly column = new Kept<ColumnPicture>()
  readonly picture = new Kept<PodPicture>()
  readonly dns = new Kept<NamePicture>()
  readonly ordinal: number
  readonly name: string
  readonly key: ObjectKey
  /** Where the pod stands in the table of pods. */
  readonly row: string
  private readonly set: Name
  private readonly claims = new Map<string, ClaimShelf>()

  constructor(set: Name, ordinal: number) {
    this.set = set
    this.ordinal = ordinal
    this.name = podNameOf(set.name, ordinal)
    this.key = keyOf('Pod', set.namespace, this.name)
    this.row = rowOf('Pod', set.namespace, this.name)
  }

  claim(template: string): ClaimShelf {
    const known = this.claims.get(template)
    if (known) return known
    const shelf = new ClaimShelf(this.set, template, this.ordinal)
    this.claims.set(template, shelf)
    return shelf
  }
}

/** What is kept of one set. */
export class SetShelf {
  readonly picture = new Kept<SetPicture>()
  readonly service = new Kept<ServicePicture>()
  readonly controller = new Kept<ControllerPicture>()
  readonly columns = new Kept<readonly ColumnPicture[]>()
  private readonly name: Name
  private readonly slots = new Map<number, SlotShelf>()

  constructor(name: Name) {
    this.name = name
  }

  slot(ordinal: number): SlotShelf {
    const known = this.slots.get(ordinal)
    if (known) return known
    const shelf = new SlotShelf(this.name, ordinal)
    this.slots.set(ordinal, shelf)
    return shelf
  }
}

/** What is kept of one run. */
export class RunShelf {
  readonly sets = new Kept<Picture['sets']>()
  readonly nodes = new Kept<Picture['nodes']>()
  readonly pods = new Rows<Pod>()
  readonly claims = new Rows<PersistentVolumeClaim>()
  readonly volumes = new Rows<PersistentVolume>()
  readonly disks = new Rows<Readonly<Record<string, string>>>()
  private readonly bySet = new Map<string, SetShelf>()

  of({ namespace, name }: Name): SetShelf {
    const slot = `${namespace}/${name}`
    const known = this.bySet.get(slot) ?? new SetShelf({ namespace, name })
    this.bySet.set(slot, known)
    return known
  }
}

/** The settings are one object for a whole run, whatever else changes. */
const shelves = new WeakMap<World['settings'], RunShelf>()

export function shelfOf({ settings }: World): RunShelf {
  const known = shelves.get(settings) ?? new RunShelf()
  shelves.set(settings, known)
  return known
}
