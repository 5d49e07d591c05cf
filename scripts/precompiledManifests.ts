// Reads the manifests of all scenarios while the page is built, so that the page shows its first picture without a YAML
// parser. What was read replaces the empty tables in src/store/precompiled.ts and precompiledStart.ts.
import type { Plugin } from 'vite'
import { scenarios } from '../src/content/scenarios/index.ts'
import type { ClusterSettings } from '../src/sim/index.ts'
import { DEFAULT_SETTINGS, scenarioSettings } from '../src/sim/index.ts'
import { readManifests } from '../src/sim/manifest/index.ts'
import { precompiledKey } from '../src/store/precompiledKey.ts'

const tables = [
  { file: '/src/store/precompiled.ts', name: 'precompiled', of: scenarios },
  { file: '/src/store/precompiledStart.ts', name: 'precompiledStart', of: scenarios.slice(0, 1) },
]

/** Every manifest that these scenarios apply, at first or in a beat, with the namespace and the cluster it is read for. */
function texts(of: typeof scenarios): (readonly [text: string, namespace: string, settings: ClusterSettings])[] {
  return of.flatMap((scenario) => {
    const { manifests, namespace = 'default', beats } = scenario
    const { kubernetes, gates } = DEFAULT_SETTINGS
    const settings = scenarioSettings(scenario, DEFAULT_SETTINGS, { kubernetes, gates })
    const later = beats.flatMap(({ steps }) => steps.flatMap((step) => ('apply' in step ? [step.apply] : [])))
    return [manifests, ...later].map((text) => [text, namespace, settings] as const)
  })
}

function read(of: typeof scenarios): Record<string, unknown> {
  const table = new Map<string, { readonly whole: string; readonly result: unknown }>()
  for (const [text, namespace, settings] of texts(of)) {
    const whole = `${namespace}\n${text}`
    const key = precompiledKey(text, namespace)
    const known = table.get(key)
    if (known && known.whole !== whole) throw new Error(`two manifests share the key ${key}`)
    const result = readManifests(text, { namespace, settings })
    if (result.problems.length > 0) throw new Error(`a scenario's manifest: ${JSON.stringify(result.problems)}`)
    table.set(key, { whole, result })
  }
  return Object.fromEntries([...table].map(([key, { result }]) => [key, result]))
}

export function precompiledManifests(): Plugin {
  return {
    name: 'ordinal-precompiled-manifests',
    enforce: 'pre',
    transform(_code, id) {
      const path = id.replaceAll('\\', '/').split('?')[0]
      const table = tables.find(({ file }) => path?.endsWith(file))
      if (!table) return undefined
      const json = JSON.stringify(JSON.stringify(read(table.of)))
      return { code: `export const ${table.name} = JSON.parse(${json})`, map: null }
    },
  }
}
