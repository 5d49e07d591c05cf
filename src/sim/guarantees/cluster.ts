import type { Rule } from '../kernel/types.ts'
export const CLUSTER: readonly Rule[] = []
