import { defineConfig } from 'vitest/config'

/** `make measure`: one file after the other, so that no measure runs beside another. */
export default defineConfig({
  test: {
    include: ['tests/measures/*.measure.ts'],
    globalSetup: ['tests/support/measure-global.ts', 'tests/support/pg-global.ts'],
    testTimeout: 600_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
})
