// All texts of the page in English; the other languages have the same keys. Slots are named, plurals are ICU's.
import { canvas } from './en.canvas.ts'
import { facts } from './en.facts.ts'
import { guarantees } from './en.guarantees.ts'
import { manifest } from './en.manifest.ts'
import { nodes } from './en.nodes.ts'
import { reasons } from './en.reasons.ts'
import { scenarios } from './en.scenarios.ts'
import { shell } from './en.shell.ts'
import { start } from './en.start.ts'
import { terminal } from './en.terminal.ts'
import { versions } from './en.versions.ts'

export const en = {
  ...start,
  ...canvas,
  ...scenarios,
  ...reasons,
  ...facts,
  ...guarantees,
  ...nodes,
  ...shell,
  ...terminal,
  ...manifest,
  ...versions,
} as const
