/** What a run begins with: from a scenario, or from somebody's manifests. */
import type { ClusterSettings, Command, Kernel, Refusal, Scenario } from '../sim/index.ts'
import {
  DEFAULT_SETTINGS,
  openScenario,
  refusalOf,
  scenarioSettings,
  settingsProblem,
  versionNamed,
} from '../sim/index.ts'
import type { ManifestReader, ReadManifests } from './manifests.ts'
import type { ParameterFault, Parameters } from './parameters.ts'
import type { Opening } from './run.ts'
import type { RunReader } from './runReader.ts'
import type { Stories } from './stories.ts'

/** What is asked for. A run is of a scenario or of manifests, never of both; of the first scenario when neither is named. */
export interface LoadRequest {
  readonly scenario?: string
  readonly manifests?: string
  readonly seed?: number
  /** As `versionNamed` takes it. Default: what the scenario says, else the usual version. */
  readonly kubernetes?: string
  readonly clusterDomain?: string
}

export interface Shelf {
  readonly kernel: Kernel
  readonly reader: ManifestReader
  readonly runReader: RunReader
  readonly stories: Stories
}

export interface Loaded {
  readonly opening: Opening
  readonly scenario?: Scenario
  readonly notices: ReadManifests['notices']
}

const refuse = (reason: Refusal['reason'], message: string): Refusal => ({ reason, message })

function settingsFor({ kubernetes, clusterDomain }: LoadRequest, scenario?: Scenario): ClusterSettings | Refusal {
  const settings = scenarioSettings(scenario, DEFAULT_SETTINGS, {
    ...(kubernetes !== undefined && { kubernetes: versionNamed(kubernetes) ?? kubernetes }),
    ...(clusterDomain !== undefined && { clusterDomain }),
  })
  const problem = settingsProblem(settings)
  return problem === undefined ? settings : refuse('Impossible', problem)
}

/** The commands that a scenario begins with. One that cannot be applied is our own mistake, and throws. */
function commandsOf({ kernel, reader }: Shelf, scenario: Scenario, settings: ClusterSettings): readonly Command[] {
  const entries = openScenario({ kernel, read: (text, options) => reader.read(text, options) }, scenario, settings)
  for (const entry of entries)
    if (entry.kind === 'check' && !entry.check.holds) throw new Error(`scenario ${scenario.id}: ${entry.check.found}`)
  return entries.flatMap((entry) => (entry.kind === 'moment' && entry.command ? [entry.command] : []))
}

function scenarioOpening(shelf: Shelf, request: LoadRequest): Loaded | Refusal {
  const { stories } = shelf
  const scenario = request.scenario ? stories.find(request.scenario) : stories.all[0]
  if (!scenario) {
    const known = stories.all.map(({ id }) => id).join(', ')
    const more = stories.complete ? '' : ', and others that are still being loaded'
    return refuse('NotFound', `no scenario "${request.scenario}"; known are ${known}${more}`)
  }
  const settings = settingsFor(request, scenario)
  if ('message' in settings) return settings
  const commands = commandsOf(shelf, scenario, settings)
  const seed = request.seed ?? scenario.seed
  const { notices } = shelf.reader.read(scenario.manifests, {
    namespace: scenario.namespace ?? 'default',
    settings,
  })
  return { opening: { seed, settings, commands, scenario: scenario.id }, scenario, notices }
}

/** What a request comes to, or why it cannot be. */
export function openingOf(shelf: Shelf, request: LoadRequest): Loaded | Refusal {
  const { manifests, seed = 1 } = request
  if (manifests === undefined) return scenarioOpening(shelf, request)
  if (request.scenario !== undefined) return refuse('BadRequest', 'load takes a scenario or manifests, not both')
  const settings = settingsFor(request)
  if ('message' in settings) return settings
  const found = shelf.reader.read(manifests, { namespace: 'default', settings })
  const refusal = refusalOf(found.problems)
  if (refusal) return refusal
  const commands: Command[] = [{ type: 'applyObjects', objects: found.objects, source: 'manifests.yaml' }]
  return { opening: { seed, settings, commands }, notices: found.notices }
}

/** What the address asks for; a part of it that cannot be is told and left out. */
export function openingOfAddress(
  shelf: Shelf,
  { scenario, seed, k8s, domain }: Parameters,
  tell: (fault: ParameterFault) => void,
): Loaded {
  const possible = (name: string, value: string, request: LoadRequest): LoadRequest => {
    const loaded = openingOf(shelf, request)
    if ('opening' in loaded) return request
    tell({ name, value, problem: loaded.message })
    return {}
  }
  const loaded = openingOf(shelf, {
    ...(scenario !== undefined && possible('scenario', scenario, { scenario })),
    ...(k8s !== undefined && possible('k8s', k8s, { kubernetes: k8s })),
    ...(domain !== undefined && { clusterDomain: domain }),
    ...(seed !== undefined && { seed }),
  })
  if ('opening' in loaded) return loaded
  throw new Error(`the first scenario cannot be opened: ${loaded.message}`)
}
