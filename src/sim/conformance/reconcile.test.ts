// Single syncs of the real StatefulSet controller of Kubernetes v1.36.2 over its whole input space, taken by ours.
import { expect, it } from 'vitest'
import { linesOf, ownRecording } from '../../../scripts/recordings.mjs'
import { Conformance } from './conformance.ts'

it('decides in every recorded sync as the real controller did', { timeout: 300_000 }, () => {
  const conformance = new Conformance()
  for (const { line, number } of linesOf(ownRecording('reconcile'))) conformance.take(line, `reconcile:${number}`)
  expect(conformance.disagreements()).toEqual([])
  expect(conformance.result()).toBe('conformance: 7212 of 7212')
})
