/** Lists of amounts of resources: what a container asks for, what a quota allows, what is used of it. */
import { addQuantities } from './quantity.ts'

/** Amounts by resource: `{ cpu: '250m' }`. */
export type ResourceList = Readonly<Record<string, string>>

/** What a list says of a resource, which may have any name: `constructor` too. */
export const amountOf = (list: ResourceList | undefined, resource: string): string | undefined =>
  list && Object.hasOwn(list, resource) ? list[resource] : undefined

/** Both lists together, resource by resource. */
export function addLists(a: ResourceList, b: ResourceList): ResourceList {
  const sum: Record<string, string> = { ...a }
  for (const resource in b) sum[resource] = addQuantities(amountOf(sum, resource) ?? '0', b[resource] as string)
  return sum
}

/** The list with these resources alone. */
export const masked = (list: ResourceList, resources: readonly string[]): ResourceList =>
  Object.fromEntries(
    resources.flatMap((resource) => {
      const amount = amountOf(list, resource)
      return amount === undefined ? [] : [[resource, amount]]
    }),
  )
