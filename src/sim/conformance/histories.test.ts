// Long random histories of scripted events, with the syncs of the real controller of Kubernetes v1.36.2 after each.
import { expect, it } from 'vitest'
import { linesOf, ownRecording } from '../../../scripts/recordings.mjs'
import { Conformance } from './conformance.ts'

it('goes every recorded history as the real controller did', { timeout: 300_000 }, () => {
  const conformance = new Conformance()
  for (const { line, number } of linesOf(ownRecording('histories'))) conformance.take(line, `histories:${number}`)
  expect(conformance.disagreements()).toEqual([])
  expect(conformance.result()).toBe('conformance: 858 of 858')
})
