/** The Parallel set with a budget of one unavailable pod, where the gate MaxUnavailableStatefulSet lets it keep that. */
import { webParallel } from './webParallel.ts'

export const webBudgeted = `${webParallel}  updateStrategy:
    type: RollingUpdate
    rollingUpdate:
      maxUnavailable: 1
`
