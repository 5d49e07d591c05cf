/** Label selectors: which objects are meant. Models: k8s.io/apimachinery/pkg/labels, v1.36. */
import type { LabelSelector, Labels } from './types.ts'

/** True when every wanted label is there with that value. An empty selection matches nothing, as a Service without one. */
export function matchesLabels(wanted: Labels | undefined, labels: Labels | undefined): boolean {
  let any = false
  for (const key in wanted) {
    any = true
    if (labels?.[key] !== wanted[key]) return false
  }
  return any
}

/** True when the selector selects these labels. A missing selector selects nothing; an empty one everything. */
export function selects(selector: LabelSelector | undefined, labels: Labels | undefined): boolean {
  if (!selector) return false
  for (const key in selector.matchLabels) if (labels?.[key] !== selector.matchLabels[key]) return false
  for (const { key, operator, values = [] } of selector.matchExpressions ?? []) {
    const value = labels?.[key]
    const holds =
      operator === 'Exists'
        ? value !== undefined
        : operator === 'DoesNotExist'
          ? value === undefined
          : operator === 'In'
            ? value !== undefined && values.includes(value)
            : value === undefined || !values.includes(value)
    if (!holds) return false
  }
  return true
}

/** `app=nginx,tier in (a,b)`, as kubectl prints a selector; `<none>` when empty. */
export function printSelector(selector: LabelSelector | undefined): string {
  const parts = Object.entries(selector?.matchLabels ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .sort()
  for (const { key, operator, values = [] } of selector?.matchExpressions ?? [])
    parts.push(
      operator === 'Exists'
        ? key
        : operator === 'DoesNotExist'
          ? `!${key}`
          : `${key} ${operator === 'In' ? 'in' : 'notin'} (${[...values].sort().join(',')})`,
    )
  return parts.join(',') || '<none>'
}
