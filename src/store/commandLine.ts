/** The kubectl line of a command in a given cluster: a set's only container is named, where the command leaves it open. */
import type { Command, World } from '../sim/index.ts'
import { kubectlLine, readObject } from '../sim/index.ts'

export function commandLine(world: World, command: Command): string {
  if (command.type !== 'setImage' || command.container !== undefined) return kubectlLine(command)
  const set = readObject(world.objects, 'StatefulSet', command.namespace ?? 'default', command.name)
  const [only, ...others] = set?.spec.template.spec.containers ?? []
  return kubectlLine(command, only && others.length === 0 ? { container: only.name } : {})
}
