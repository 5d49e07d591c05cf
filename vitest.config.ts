import { defineConfig } from 'vitest/config'

// The counter of scripts/test.mjs keeps its reports apart from those of other runs.
const reports = process.env.ORDINAL_REPORTS ?? 'test-results'

// A busy machine is slow, not broken: nothing here asserts a time.
const shared = { globals: false, restoreMocks: true, testTimeout: 60_000 }

export default defineConfig({
  test: {
    // By default one processor is left free, which is half of a small machine.
    maxWorkers: '100%',
    reporters: ['default', ['json', { outputFile: `${reports}/unit.json` }]],
    projects: [
      {
        extends: true,
        test: {
          ...shared,
          name: 'values',
          environment: 'node',
          include: ['src/**/*.test.ts'],
          exclude: ['src/ui/**'],
        },
      },
      {
        extends: true,
        test: {
          ...shared,
          name: 'view',
          environment: 'jsdom',
          include: ['src/ui/**/*.test.{ts,tsx}'],
          setupFiles: ['src/ui/fixtures/words.ts'],
        },
      },
    ],
  },
})
