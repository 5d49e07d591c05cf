/**
 * The names on the screen by keyboard: Alt+L goes to the lowest one and then upwards, arrows go on, Enter shows the object on
 * the canvas, Escape and every other key end it. Knows neither xterm nor words.
 */
import type { ObjectKey } from '../../sim/index.ts'

export interface ShownLink {
  readonly key: ObjectKey
  readonly name: string
  /** Row of the buffer and columns, from 0. */
  readonly row: number
  readonly column: number
  readonly width: number
}

export interface WalkDoors {
  /** Those on the screen, from the top to the bottom. */
  links(): readonly ShownLink[]
  /** Marks the link; undefined marks none. */
  mark(link: ShownLink | undefined): void
  /** What the keyboard is at; undefined when the walk has ended. `index` counts from 1 at the top. */
  tell(told: WalkTold | undefined): void
  select(key: ObjectKey): void
}

export type WalkTold =
  | { readonly is: 'none' }
  | { readonly is: 'at' | 'shown'; readonly link: ShownLink; readonly index: number; readonly count: number }

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>

const STEPS: Readonly<Record<string, -1 | 1>> = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 }

const MODIFIERS: readonly string[] = ['Alt', 'AltGraph', 'Control', 'Meta', 'Shift']

export class LinkWalk {
  private readonly doors: WalkDoors
  private links: readonly ShownLink[] = []
  private at: number | undefined
  private told = false

  constructor(doors: WalkDoors) {
    this.doors = doors
  }

  /** True when the key was the walk's. */
  takes({ key, code, altKey, ctrlKey, metaKey, shiftKey }: Pressed): boolean {
    if (altKey && !ctrlKey && !metaKey && code === 'KeyL') {
      if (this.at === undefined) this.begin()
      else this.go(shiftKey ? 1 : -1)
      return true
    }
    if (MODIFIERS.includes(key)) return false
    const { at } = this
    const link = at === undefined ? undefined : this.links[at]
    if (at === undefined || !link) {
      this.end()
      return false
    }
    const plain = !altKey && !ctrlKey && !metaKey
    const step = plain ? STEPS[key] : undefined
    if (step !== undefined) this.go(step)
    else if (plain && key === 'Enter') {
      this.doors.select(link.key)
      this.end()
      this.tell({ is: 'shown', link, index: at + 1, count: this.links.length })
    } else {
      this.end()
      return plain && key === 'Escape'
    }
    return true
  }

  private begin(): void {
    this.links = this.doors.links()
    if (this.links.length === 0) this.tell({ is: 'none' })
    else {
      this.at = 0
      this.go(-1)
    }
  }

  /** Beyond either end it comes in again at the other. */
  private go(by: -1 | 1): void {
    const { length } = this.links
    this.at = ((this.at ?? 0) + by + length) % length
    const link = this.links[this.at] as ShownLink
    this.doors.mark(link)
    this.tell({ is: 'at', link, index: this.at + 1, count: length })
  }

  private end(): void {
    if (this.at !== undefined) this.doors.mark(undefined)
    if (this.told) this.doors.tell(undefined)
    this.told = false
    this.at = undefined
  }

  private tell(told: WalkTold): void {
    this.told = true
    this.doors.tell(told)
  }
}
