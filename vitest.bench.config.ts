import { defineConfig } from 'vitest/config'

// Benches print figures and expect only what no machine may miss. One at a time: a bench shares no core with another.
export default defineConfig({
  test: {
    environment: 'node',
    include: ['bench/**/*.bench.ts'],
    passWithNoTests: true,
    fileParallelism: false,
    // Memory is what is held, without garbage.
    execArgv: ['--expose-gc'],
    testTimeout: 300_000,
    reporters: ['default'],
    disableConsoleIntercept: true,
  },
})
