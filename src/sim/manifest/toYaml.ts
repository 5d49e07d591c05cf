/** An object as `kubectl get -o yaml` prints it: keys sorted, lists not indented, nothing shortened. */
import { stringify } from 'yaml'

const byName = (a: { key: unknown }, b: { key: unknown }): number => {
  const [left, right] = [String(a.key), String(b.key)]
  return left < right ? -1 : left > right ? 1 : 0
}

export const toYaml = (object: object): string =>
  stringify(object, {
    version: '1.1',
    sortMapEntries: byName,
    indentSeq: false,
    lineWidth: 0,
    aliasDuplicateObjects: false,
  })
