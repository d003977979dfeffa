import { defineConfig } from 'vitest/config'

/** ms since 1970, after which no time of a fault begins; of all files together */
const until = process.env.MINUTES ? Date.now() + 60_000 * Number(process.env.MINUTES) : undefined

/** `make chaos`: one world after the other, so that no fault strikes beside another's. */
export default defineConfig({
  test: {
    include: ['tests/chaos/*.chaos.ts'],
    env: until === undefined ? {} : { CHAOS_UNTIL: String(until) },
    hookTimeout: 300_000,
    testTimeout: 300_000,
    fileParallelism: false,
  },
})
