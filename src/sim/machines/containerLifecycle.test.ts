/** One container's life, told as lines: when, which state, what was told. */
import { describe, expect, it } from 'vitest'
import { containerLifecycle } from './containerLifecycle.ts'
import type { ContainerEvent, ContainerPlan } from './containerPlan.ts'
import { playChart } from './fixtures/playChart.ts'

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
const probe = { anchor: 0, initialDelayMs: 0, periodMs: 5000, failureThreshold: 3, successThreshold: 1, graceMs: 3000 }

const start = { type: 'start', pullMs: 2000, at: 0 } as const
const startPresent: ContainerEvent = { type: 'start', pullMs: null, at: 0 }
const at = (moment: number, type: 'hold' | 'release'): ContainerEvent => ({ type, at: moment })
const stop = (moment: number, graceMs: number): ContainerEvent => ({ type: 'stop', graceMs, at: moment })
const exit = (moment: number, exitCode = 1): ContainerEvent => ({ type: 'exit', exitCode, at: moment })

const play = (changes: Partial<ContainerPlan>, events: readonly ContainerEvent[], until = 3_600_000) => {
  const { lines, state } = playChart(containerLifecycle, { ...plan, ...changes }, events, until)
  const short = lines.map((line) =>
    line
      .replace('running.process.', 'run ')
      .replace('+readiness.', '/')
      .replace('readiness.', '')
      .replace(/\+health\.(well|unasked)/, '')
      .replace('+health.', '/'),
  )
  return { lines: short, context: state.context }
}

describe('image', () => {
  it('is pulled before the first start, and not when it is there', () => {
    expect(play({}, [start]).lines).toEqual([
      '0 pulling !pulling',
      '2000 starting !pulled',
      '2600 run steady/passing !created',
    ])
    expect(play({}, [startPresent]).lines).toEqual(['0 starting !pulled', '600 run steady/passing !created'])
  })

  it('that cannot be pulled is tried again 10, 20, 40, 80, 160, 300, 300 s after each refusal', () => {
    const { lines } = play({ pullable: false }, [{ ...start, pullMs: 400 }], 1_200_000)
    expect(lines.slice(0, 4)).toEqual([
      '0 pulling !pulling',
      '400 pullRefused !pullRefused',
      '1400 pullBackOff !pullBackOff',
      '10400 pulling !pulling',
    ])
    const refusals = lines.filter((line) => line.includes('!pullRefused')).map((line) => Number(line.split(' ')[0]))
    const waits = refusals.slice(1).map((time, index) => (time - (refusals[index] as number) - 400) / 1000)
    expect(waits).toEqual([10, 20, 40, 80, 160, 300, 300])
  })
})

const configured = (moment: number, error?: string): ContainerEvent => ({
  type: 'configured',
  at: moment,
  config: error === undefined ? { env: { A: '1' } } : { error, on: 'ConfigMap/default/a' },
})

describe('environment', () => {
  it('is looked for again until it can be put together, before a start and before a restart', () => {
    expect(play({}, [configured(0, 'not found'), startPresent, configured(20_000)]).lines).toEqual([
      '0 configRefused !pulled !configRefused',
      '12000 configRefused !pulled !configRefused',
      '24000 starting !pulled',
      '24600 run steady/passing !created',
    ])
    const again = play({}, [configured(0), startPresent, configured(5000, 'gone'), exit(6000), configured(9000)])
    expect(again.lines.slice(1)).toEqual([
      '600 run steady/passing !created',
      '6000 exited',
      '7000 configRefused !configRefused',
      '19000 restarting !pulled',
      '19600 run steady/passing !created',
    ])
    expect(again.context.restarts).toBe(1)
    expect(again.context.configError).toBeNull()
  })

  it('that is refused keeps nobody from stopping', () => {
    expect(play({}, [configured(0, 'not found'), startPresent, stop(3000, 2000)]).lines.at(-1)).toBe('3000 stopped')
  })
})

describe('a process that looks for names', () => {
  const named = (moment: number): ContainerEvent => ({ type: 'named', at: moment })

  it('answers its probe from when it has found them on, in each of its runs', () => {
    const needy = { probe, needsNames: true }
    expect(play(needy, [startPresent, named(12_000)], 60_000).lines).toEqual([
      '0 starting !pulled',
      '600 run steady/untried !created',
      '5000 run steady/failing !probeFailed',
      '12000 run steady/recovering',
      '15000 run steady/passing',
    ])
    expect(play(needy, [startPresent, named(3000)], 60_000).lines.slice(2)).toEqual(['5000 run steady/passing'])
    const again = play(needy, [startPresent, named(3000), exit(8000), named(21_000)], 60_000)
    expect(again.lines.slice(3)).toEqual([
      '8000 exited',
      '9000 restarting',
      '9600 run steady/untried !created',
      '10000 run steady/failing !probeFailed',
      '21000 run steady/recovering',
      '25000 run steady/passing',
    ])
  })
})

describe('a machine that loses power', () => {
  const lose = (moment: number): ContainerEvent => ({ type: 'lose', at: moment })

  it('ends a process that nobody sees ending, and has it restarted', () => {
    const { lines, context } = play({}, [startPresent, lose(5000)])
    expect(lines.slice(2)).toEqual(['5000 exited', '6000 restarting', '6600 run steady/passing !created'])
    expect(context.ended).toEqual({ exitCode: 255, startedAt: 600, finishedAt: 5000, lost: true })
    expect(context.restarts).toBe(1)
  })

  it('ends for good one that was told to stop', () => {
    const { lines, context } = play({}, [startPresent, stop(5000, 30_000), lose(5100)])
    expect(lines.at(-1)).toBe('5100 stopped')
    expect(context.ended?.exitCode).toBe(255)
  })

  it('changes nothing for one that does not run', () => {
    expect(play({}, [start, lose(1000)], 10_000).lines).toEqual(play({}, [start], 10_000).lines)
  })
})

describe('restart', () => {
  const startsOf = (lines: readonly string[]) =>
    lines.filter((line) => line.includes('!created')).map((line) => Number(line.split(' ')[0]))

  it('comes at once the first time, then 10, 20, 40, 80, 160, 300, 300 s after the end', () => {
    const { lines, context } = play({ crashAfterMs: 800 }, [startPresent], 1_200_000)
    const starts = startsOf(lines)
    // From the end of one run to the start of the next, without the time that starting takes.
    const waits = starts.slice(1).map((time, index) => (time - (starts[index] as number) - 800 - 600) / 1000)
    expect(waits).toEqual([1, 10, 20, 40, 80, 160, 300, 300])
    expect(context.restarts).toBe(8)
    expect(lines.slice(2, 7)).toEqual([
      '1400 exited',
      '2400 restarting',
      '3000 run doomed/passing !created',
      '3800 exited',
      '4800 backOff !restartBackOff',
    ])
  })

  it('forgets its back-off after 600 s without one', () => {
    const crashes = [700, 10_000, 40_000].map((moment) => exit(moment))
    const used = play({}, [startPresent, ...crashes, exit(50_600 + 600_000)])
    const forgotten = play({}, [startPresent, ...crashes, exit(60_601 + 600_000)])
    const lastWait = ({ lines }: { lines: readonly string[] }) => {
      const end = lines
        .filter((line) => line.endsWith('exited'))
        .at(-1)
        ?.split(' ')[0]
      return (startsOf(lines).at(-1) as number) - Number(end)
    }
    expect(lastWait(used)).toBe(40_600)
    expect(lastWait(forgotten)).toBe(1600)
    expect(forgotten.context.restartWait?.ms).toBe(10_000)
  })

  it('keeps the last two endings apart', () => {
    const { context } = play({}, [startPresent, exit(700, 3), exit(9000, 4)], 9500)
    expect(context.ended).toEqual({ exitCode: 4, startedAt: 2300, finishedAt: 9000 })
    expect(context.endedBefore).toEqual({ exitCode: 3, startedAt: 600, finishedAt: 700 })
  })

  it.each<[ContainerPlan['restartPolicy'], number, string]>([
    ['Never', 1, 'completed'],
    ['Never', 0, 'completed'],
    ['OnFailure', 0, 'completed'],
    ['OnFailure', 1, 'run steady/passing !created'],
    ['Always', 0, 'run steady/passing !created'],
  ])('by policy %s after exit code %i: %s', (restartPolicy, exitCode, last) => {
    const { lines } = play({ restartPolicy }, [startPresent, exit(1000, exitCode)])
    expect(lines.at(-1)?.split(' ').slice(1).join(' ')).toBe(last)
  })
})

describe('readiness', () => {
  const ready = (lines: readonly string[]) => lines.filter((line) => /\/|!probe/.test(line)).slice(1)

  it('without a probe comes with the start, and goes and comes when a person says so', () => {
    const { lines } = play({}, [startPresent, at(1000, 'hold'), at(2000, 'release')])
    expect(ready(lines)).toEqual(['1000 run steady/held', '2000 run steady/passing'])
  })

  it('with a probe comes with the first probe after the initial delay', () => {
    const first = (changes: object, readyMs: number | null = 100) =>
      ready(play({ probe: { ...probe, ...changes }, readyMs }, [startPresent]).lines)
    expect(first({})).toEqual(['5000 run steady/passing'])
    expect(first({ initialDelayMs: 4400 })).toEqual(['5000 run steady/passing'])
    expect(first({ initialDelayMs: 4401 })).toEqual(['10000 run steady/passing'])
    expect(first({ anchor: -4300 })).toEqual(['700 run steady/passing'])
    expect(first({ successThreshold: 3 })).toEqual(['15000 run steady/passing'])
  })

  it('of a process that is slow fails its first probe and passes the first after it answers', () => {
    const { lines } = play({ probe, readyMs: 6000 }, [startPresent])
    expect(ready(lines)).toEqual(['5000 run steady/recovering !probeFailed', '10000 run steady/passing'])
  })

  it('of a process that never answers stays away, and nothing more is due', () => {
    const { lines } = play({ probe, readyMs: null }, [startPresent])
    expect(ready(lines)).toEqual(['5000 run steady/failing !probeFailed'])
  })

  it('is lost only after three probes in a row have failed, and comes back with the next that succeeds', () => {
    const { lines } = play({ probe }, [startPresent, at(6000, 'hold'), at(33_000, 'release')])
    expect(ready(lines)).toEqual([
      '5000 run steady/passing',
      '6000 run steady/faltering',
      '10000 run steady/faltering !probeFailed',
      '15000 run steady/faltering !probeFailed',
      '20000 run steady/failing !probeFailed',
      '33000 run steady/recovering',
      '35000 run steady/passing',
    ])
  })

  it('is not lost by a hold that is taken back in time, and counts from the start again', () => {
    const { lines, context } = play({ probe }, [startPresent, at(6000, 'hold'), at(16_000, 'release')])
    expect(ready(lines).at(-1)).toBe('16000 run steady/passing')
    expect(context.fails).toBe(0)
  })

  it('stays held over a restart', () => {
    const { lines } = play({}, [startPresent, at(1000, 'hold'), exit(2000), at(9000, 'release')])
    expect(ready(lines).slice(-2)).toEqual(['3600 run steady/held !created', '9000 run steady/passing'])
  })
})

describe('stop', () => {
  it('lets the process end by itself within the grace period, ready until then', () => {
    const { lines, context } = play({}, [startPresent, stop(1000, 10_000)])
    expect(lines.slice(2)).toEqual(['1000 run terminating/passing !killing', '1900 stopped'])
    expect(context.ended).toEqual({ exitCode: 0, startedAt: 600, finishedAt: 1900 })
  })

  it('kills it at the deadline', () => {
    const { lines, context } = play({ stopMs: 60_000 }, [startPresent, stop(1000, 10_000)])
    expect(lines.at(-1)).toBe('11050 stopped')
    expect(context.ended?.exitCode).toBe(137)
  })

  it('may be hurried and not slowed down', () => {
    const ends = (...graces: readonly ContainerEvent[]) =>
      play({ stopMs: 60_000 }, [startPresent, stop(1000, 10_000), ...graces]).lines.at(-1)
    expect(ends(stop(2000, 2000))).toBe('4050 stopped')
    expect(ends(stop(2000, 30_000))).toBe('11050 stopped')
    expect(ends(exit(3000, 7))).toBe('3000 stopped')
  })

  it.each<[string, readonly ContainerEvent[], Partial<ContainerPlan>]>([
    ['waits for volumes', [], {}],
    ['pulls', [start], {}],
    ['is refused its image', [{ ...start, pullMs: 400 }], { pullable: false }],
    ['starts', [startPresent], { startMs: 9000 }],
    ['has crashed', [startPresent, exit(900)], {}],
  ])('ends a container at once that %s', (_name, events, changes) => {
    expect(play(changes, [...events, stop(1500, 10_000)]).lines.at(-1)).toBe('1500 stopped')
  })

  it('leaves a container alone that has completed', () => {
    const { lines } = play({ restartPolicy: 'Never' }, [startPresent, exit(1000, 0), stop(5000, 2000)])
    expect(lines.at(-1)).toBe('2000 completed')
  })
})
