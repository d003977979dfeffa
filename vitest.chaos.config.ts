import { defineConfig } from 'vitest/config'

/** `make chaos`: one world after the other, so that no fault strikes beside another's. */
export default defineConfig({
  test: {
    include: ['tests/chaos/*.chaos.ts'],
    hookTimeout: 300_000,
    testTimeout: 300_000,
    fileParallelism: false,
  },
})
