/**
 * Two regions of a running container: whether it is ready, and whether it is well, which is what its startup and then its
 * liveness probe say. Both know of the process only what is noted in the context.
 * Models: pkg/kubelet/prober/{worker,prober_manager}.go, v1.36.
 */
import { container } from './containerVocabulary.ts'

export const readiness = container.createStateConfig({
  initial: 'unknown',
  states: {
    unknown: {
      always: [
        { guard: 'isNotUp', target: 'gated' },
        { guard: 'isHeldWithoutProbe', target: 'held' },
        { guard: 'hasNoProbe', target: 'passing' },
        { target: 'untried' },
      ],
    },
    /** Its startup probe has not passed. */
    gated: { always: { guard: 'isUp', target: 'unknown' } },
    /** Has a probe that was not asked yet. */
    untried: {
      after: {
        firstProbe: [
          { guard: 'passesAtOnce', target: 'passing' },
          { target: 'failing', actions: ['countFailure', 'probeFailed'] },
        ],
      },
    },
    /** Not ready, and no probe will succeed unless something changes. */
    failing: {
      always: { guard: 'willAnswer', target: 'recovering' },
      on: {
        release: { target: 'failing', actions: 'noteReleased', reenter: true },
        named: { target: 'failing', actions: 'noteNamed', reenter: true },
      },
    },
    /** Not ready, and it is settled which probe will succeed. */
    recovering: {
      always: { guard: 'isSilent', target: 'failing' },
      after: { passingProbe: 'passing' },
      on: { hold: { target: 'failing', actions: 'noteHeld' } },
    },
    passing: {
      entry: 'clearFailures',
      always: { guard: 'isSilent', target: 'faltering' },
      on: {
        hold: [
          { guard: 'hasNoProbe', target: 'held', actions: 'noteHeld' },
          { target: 'faltering', actions: 'noteHeld' },
        ],
      },
    },
    /** Still ready: its probe has not yet failed often enough. */
    faltering: {
      after: {
        nextProbe: [
          { guard: 'isLastFailure', target: 'failing', actions: ['countFailure', 'probeFailed'] },
          { target: 'faltering', reenter: true, actions: ['countFailure', 'probeFailed'] },
        ],
      },
      on: { release: { target: 'passing', actions: 'noteReleased' } },
    },
    /** Without a probe, and held not ready by a person. */
    held: { on: { release: { target: 'passing', actions: 'noteReleased' } } },
  },
})

export const health = container.createStateConfig({
  initial: 'unknown',
  /** Nobody asks any more once the container is told to stop. */
  on: { stop: '.unasked' },
  states: {
    unknown: { always: [{ guard: 'isUp', target: 'well' }, { target: 'starting' }] },
    /** Its startup probe has not passed, and is asked again and again. */
    starting: {
      after: {
        healthProbe: [
          { guard: 'isWell', target: 'well', actions: 'noteUp' },
          { guard: 'isLastSickness', target: 'unasked', actions: ['startupFailed', 'countSickness', 'noteCondemned'] },
          { target: 'starting', reenter: true, actions: ['startupFailed', 'countSickness'] },
        ],
      },
    },
    /** No liveness probe will fail unless something changes. */
    well: { always: { guard: 'willSicken', target: 'ailing' } },
    ailing: {
      after: {
        healthProbe: [
          { guard: 'isWell', target: 'well', actions: 'noteWell' },
          { guard: 'isLastSickness', target: 'unasked', actions: ['livenessFailed', 'countSickness', 'noteCondemned'] },
          { target: 'ailing', reenter: true, actions: ['livenessFailed', 'countSickness'] },
        ],
      },
    },
    unasked: {},
  },
})
