/**
 * How a mistake is planted in a cluster: a decider that is missing, that sees something otherwise than it is, or whose
 * decisions are changed on their way; or an act that is done otherwise.
 */
import type { Answer, ClusterView, Decider, Decision, Laws, Outcome } from '../sim/kernel/types.ts'

export type Doing = Generator<Decision, Outcome, Answer>
export type Change = (laws: Laws) => Laws

export interface Mutant {
  readonly name: string
  /** The rule that must be broken. */
  readonly rule: string
  readonly change: Change
  /** Where the search begins, for those that few seeds find. */
  readonly from?: number
}

export const without =
  (decider: string): Change =>
  (laws) => ({ ...laws, deciders: laws.deciders.filter(({ name }) => name !== decider) })

/** The named decider decides otherwise. */
export const turning =
  (name: string, decide: (inner: Decider['decide']) => Decider['decide']): Change =>
  (laws) => ({
    ...laws,
    deciders: laws.deciders.map((decider) =>
      decider.name === name ? { ...decider, decide: decide(decider.decide) } : decider,
    ),
  })

/** The same view, but for some of what it can do. */
export const seenThrough = (view: ClusterView, other: Partial<ClusterView>): ClusterView =>
  Object.create(view, Object.getOwnPropertyDescriptors(other)) as ClusterView

/** Each decision of the decider is changed; one that becomes undefined is taken for done. */
export const changing = (
  name: string,
  change: (decision: Decision, view: ClusterView) => Decision | undefined,
): Change =>
  turning(
    name,
    (inner) =>
      function* (view, key, due): Doing {
        const steps = inner(view, key, due)
        let step = steps.next()
        while (!step.done) {
          const decision = change(step.value, view)
          step = steps.next(decision ? yield decision : { ok: true })
        }
        return step.value
      },
  )
