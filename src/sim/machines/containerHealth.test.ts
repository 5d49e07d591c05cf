/** One container's health, told as lines: startup and liveness probes, hangs, want of memory, preStop hooks. */
import { describe, expect, it } from 'vitest'
import { containerLifecycle } from './containerLifecycle.ts'
import type { ContainerEvent, ContainerPlan, ProbePlan } from './containerPlan.ts'
import { playChart } from './fixtures/playChart.ts'

const probe: ProbePlan = {
  anchor: 0,
  initialDelayMs: 0,
  periodMs: 5000,
  failureThreshold: 3,
  successThreshold: 1,
  graceMs: 3000,
}
const plan: ContainerPlan = {
  restartPolicy: 'Always',
  pullable: true,
  pullMs: 2000,
  startMs: 600,
  readyMs: 100,
  stopMs: 900,
  preStopMs: 0,
  killMs: 50,
  crashAfterMs: null,
  crashExitCode: 1,
  crashOutOfMemory: false,
  resyncMs: 1000,
  configAgainMs: 12_000,
  needsNames: false,
  probe: null,
  startup: null,
  liveness: null,
  liveMs: 100,
}

const start: ContainerEvent = { type: 'start', pullMs: null, at: 0 }
const hang = (at: number): ContainerEvent => ({ type: 'hang', at })
const stop = (at: number, graceMs: number): ContainerEvent => ({ type: 'stop', graceMs, at })

/** `5000 steady/passing/well`: process, readiness, health. Without the first two lines, which are the same everywhere. */
function play(changes: Partial<ContainerPlan>, events: readonly ContainerEvent[], until = 60_000) {
  const { lines, state } = playChart(containerLifecycle, { ...plan, ...changes }, [start, ...events], until)
  const short = lines.map((line) =>
    line.replace('running.process.', '').replace('+readiness.', '/').replace('+health.', '/'),
  )
  return { lines: short.slice(1), context: state.context }
}

describe('a startup probe', () => {
  const slow = { startup: probe, probe, readyMs: 12_000, liveMs: 12_000 }

  it('keeps the others waiting until it passes, and is not asked again', () => {
    expect(play({ ...slow, liveness: { ...probe, failureThreshold: 1 } }, []).lines).toEqual([
      '600 steady/gated/starting !created',
      '5000 steady/gated/starting !startupFailed',
      '10000 steady/gated/starting !startupFailed',
      '15000 steady/untried/well',
      '15000 steady/passing/well',
    ])
  })

  it('leaves its failures behind: liveness is counted anew', () => {
    const { lines } = play({ ...slow, probe: null, liveness: probe }, [hang(16_000)])
    expect(lines.find((line) => line.endsWith('!killingUnhealthy'))).toBe(
      '30000 killed/passing/unasked !livenessFailed !killingUnhealthy',
    )
  })

  it('without a readiness probe is what readiness waits for', () => {
    expect(play({ ...slow, probe: null }, []).lines.at(-1)).toBe('15000 steady/passing/well')
  })

  it('that fails too often has the container killed and restarted', () => {
    const { lines, context } = play({ ...slow, liveMs: null }, [], 30_000)
    expect(lines.slice(2)).toEqual([
      '10000 steady/gated/starting !startupFailed',
      '15000 killed/gated/unasked !startupFailed !killingUnhealthy',
      '15900 exited',
      '16900 restarting',
      '17500 steady/gated/starting !created',
      '20000 steady/gated/starting !startupFailed',
      '25000 steady/gated/starting !startupFailed',
      '30000 killed/gated/unasked !startupFailed !killingUnhealthy',
    ])
    expect(context.ended).toEqual({ exitCode: 0, startedAt: 600, finishedAt: 15_900, failed: 'startup' })
  })

  it('is not asked while the pod ends', () => {
    expect(play({ ...slow, stopMs: 20_000 }, [stop(3000, 30_000)]).lines.slice(1)).toEqual([
      '3000 terminating/gated/unasked !killing',
      '23000 stopped',
    ])
  })
})

describe('a liveness probe', () => {
  const live = { liveness: probe }

  it('that passes leaves nothing due', () => {
    expect(play(live, []).lines).toEqual(['600 steady/passing/well !created'])
  })

  it('asks from its initial delay on, and forgives a process that is slow within the threshold', () => {
    expect(play({ ...live, liveMs: 12_000 }, []).lines).toEqual([
      '600 steady/passing/ailing !created',
      '5000 steady/passing/ailing !livenessFailed',
      '10000 steady/passing/ailing !livenessFailed',
      '15000 steady/passing/well',
    ])
    const later = { ...probe, initialDelayMs: 14_000 }
    expect(play({ liveness: later, liveMs: 12_000 }, []).lines).toEqual(['600 steady/passing/well !created'])
  })

  it('that fails too often ends a hung process at the deadline of the probe, and the restart heals it', () => {
    const { lines, context } = play(live, [hang(6000)])
    expect(lines.slice(1)).toEqual([
      '6000 steady/passing/ailing',
      '10000 steady/passing/ailing !livenessFailed',
      '15000 steady/passing/ailing !livenessFailed',
      '20000 killed/passing/unasked !livenessFailed !killingUnhealthy',
      '23050 exited',
      '24050 restarting',
      '24650 steady/passing/well !created',
    ])
    expect(context).toMatchObject({ restarts: 1, hung: false, sick: 0, condemned: null })
    expect(context.ended).toMatchObject({ exitCode: 137, failed: 'liveness' })
  })

  it('of a process that is never live leads to a growing back-off', () => {
    const { lines } = play({ ...live, liveMs: null }, [], 200_000)
    const starts = lines.filter((line) => line.endsWith('!created')).map((line) => Number(line.split(' ')[0]))
    const kills = lines.filter((line) => line.endsWith('exited')).map((line) => Number(line.split(' ')[0]))
    expect(starts.slice(1).map((at, run) => at - (kills[run] as number) - 600)).toEqual([1000, 10_000, 20_000, 40_000])
  })

  it.each<[ContainerPlan['restartPolicy'], string]>([
    ['Never', '16900 completed'],
    ['OnFailure', '16900 restarting'],
  ])('and policy %s: %s', (restartPolicy, line) => {
    expect(play({ ...live, liveMs: null, restartPolicy }, [], 17_000).lines.at(-1)).toBe(line)
  })

  it('gives way to the end of the pod', () => {
    const { lines } = play({ ...live, liveMs: null, stopMs: 2500 }, [stop(16_000, 30_000)])
    expect(lines.slice(-2)).toEqual(['16000 terminating/passing/unasked !killing', '17500 stopped'])
  })
})

describe('a process that hangs', () => {
  it('without a liveness probe is restarted by nobody', () => {
    expect(play({ probe }, [hang(6000)]).lines.slice(1)).toEqual([
      '5000 steady/passing/well',
      '6000 steady/faltering/well',
      '10000 steady/faltering/well !probeFailed',
      '15000 steady/faltering/well !probeFailed',
      '20000 steady/failing/well !probeFailed',
    ])
    expect(play({}, [hang(6000)]).lines).toEqual(['600 steady/passing/well !created'])
  })

  it('does not become Ready any more', () => {
    const slow = { probe, readyMs: 12_000 }
    expect(play(slow, [hang(7000)]).lines.slice(-2)).toEqual([
      '5000 steady/recovering/well !probeFailed',
      '7000 steady/failing/well',
    ])
  })

  it('hears no SIGTERM', () => {
    const { lines, context } = play({}, [hang(2000), stop(3000, 10_000)])
    expect(lines.at(-1)).toBe('13050 stopped')
    expect(context.ended?.exitCode).toBe(137)
  })
})

describe('want of memory', () => {
  it('ends a process with 137, by itself or by an act', () => {
    const killed = { exitCode: 137, outOfMemory: true, startedAt: 600 }
    const own = { crashAfterMs: 800, crashExitCode: 137, crashOutOfMemory: true }
    expect(play(own, [], 2000).context.ended).toEqual({ ...killed, finishedAt: 1400 })
    const act: ContainerEvent = { type: 'exit', exitCode: 137, outOfMemory: true, at: 3000 }
    expect(play({}, [act], 4000).context.ended).toEqual({ ...killed, finishedAt: 3000 })
  })
})

describe('a preStop hook', () => {
  const hooked = { preStopMs: 5000 }

  it('runs before the process is told, within the grace period', () => {
    const { lines, context } = play(hooked, [stop(1000, 30_000)])
    expect(lines.slice(1)).toEqual([
      '1000 preStopping/passing/unasked !killing',
      '6000 terminating/passing/unasked',
      '6900 stopped',
    ])
    expect(context.ended?.exitCode).toBe(0)
  })

  it.each<[string, number, number, string, number]>([
    ['leaves the process the rest', 10_000, 4500, '10500 stopped', 0],
    ['leaves it no more than that', 10_000, 9000, '11050 stopped', 137],
    ['is cut off at the deadline, and the process has two seconds', 4000, 1500, '6500 stopped', 0],
    ['leaves it two seconds at least', 6000, 9000, '8050 stopped', 137],
  ])('%s', (_name, graceMs, stopMs, last, exitCode) => {
    const { lines, context } = play({ ...hooked, stopMs }, [stop(1000, graceMs)])
    expect(lines.at(-1)).toBe(last)
    expect(context.ended?.exitCode).toBe(exitCode)
  })

  it('may be hurried', () => {
    const { lines } = play({ ...hooked, stopMs: 9000 }, [stop(1000, 30_000), stop(2000, 2000)])
    expect(lines.slice(-2)).toEqual(['4000 terminating/passing/unasked', '6050 stopped'])
  })

  it('ends with its process', () => {
    expect(play(hooked, [stop(1000, 30_000), { type: 'exit', exitCode: 3, at: 2000 }]).lines.at(-1)).toBe(
      '2000 stopped',
    )
  })
})
