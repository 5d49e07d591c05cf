/** Files that a person gives to the page: a saved run, or manifests. What is wrong with one is told by the store. */
import type { OrdinalVerbs } from '../../store/types.ts'

/** A saved run is JSON that says so; everything else is taken for manifests. */
export function isSavedRun(text: string): boolean {
  if (!text.trimStart().startsWith('{')) return false
  try {
    const value = JSON.parse(text) as Readonly<Record<string, unknown>>
    return !('apiVersion' in value) && 'seed' in value
  } catch {
    return false
  }
}

/** Larger files are not manifests; reading them would only hold up the page. */
const MOST_BYTES = 8_000_000

export async function openFile(file: File, verbs: Pick<OrdinalVerbs, 'importRun' | 'load' | 'pause'>): Promise<void> {
  verbs.pause()
  const text = await file.slice(0, MOST_BYTES).text()
  if (isSavedRun(text)) verbs.importRun(text)
  else verbs.load({ manifests: text })
}

/** Asks the person for a file; undefined when they choose none. */
export function pickFile(): Promise<File | undefined> {
  const field = document.createElement('input')
  field.type = 'file'
  field.accept = '.yaml,.yml,.json,.txt'
  return new Promise((resolve) => {
    field.addEventListener('change', () => resolve(field.files?.[0]))
    field.addEventListener('cancel', () => resolve(undefined))
    field.click()
  })
}
