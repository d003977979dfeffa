import solid from 'vite-plugin-solid'
import { defineConfig } from 'vitest/config'

/** Ends what hangs; no claim about speed. A machine that others load takes ten times as long for a property test. */
const UNIT_MS_MAX = 30_000

/** What is waited for may take long on a machine that others load; how fast something is, is claimed where it is measured. */
const EXPECT = { poll: { timeout: 20_000 } }

const NOT_UNIT = ['**/*.pg.test.ts', '**/*.e2e.test.ts', '**/node_modules/**', 'dashboard/**', '.data/**']

/** What claims a time of the browser's own. */
const ALONE = 'tests/e2e/help-cold.e2e.test.ts'

/** A test's suffix names what it needs: `.test.ts` nothing, `.pg.test.ts` PostgreSQL, `.e2e.test.ts` a browser. */
export default defineConfig({
  test: {
    // Most of them wait, for a server, a timeout or a slow reader, more than they compute: three at a time fill two cores.
    maxWorkers: 3,
    projects: [
      {
        test: { name: 'unit', expect: EXPECT, include: ['**/*.test.ts'], exclude: NOT_UNIT, testTimeout: UNIT_MS_MAX },
      },
      {
        plugins: [solid()],
        resolve: { conditions: ['development', 'browser'] },
        test: {
          name: 'dashboard',
          expect: EXPECT,
          include: ['dashboard/**/*.test.ts', 'dashboard/**/*.test.tsx'],
          exclude: ['**/*.e2e.test.ts', '**/node_modules/**'],
          environment: 'jsdom',
          // Isolated as forks are, without a process and a jsdom's modules for each file: 9 s instead of 50.
          pool: 'vmThreads',
          testTimeout: UNIT_MS_MAX,
        },
      },
      {
        test: {
          name: 'pg',
          expect: EXPECT,
          include: ['**/*.pg.test.ts'],
          exclude: ['**/node_modules/**'],
          globalSetup: ['tests/support/pg-global.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          expect: EXPECT,
          include: ['**/*.e2e.test.ts'],
          exclude: ['**/node_modules/**', ALONE],
          globalSetup: ['tests/support/pg-global.ts', 'tests/support/dist-global.ts'],
          setupFiles: ['tests/support/e2e-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // After all others, and two at a time: each is a browser, a hub and PostgreSQL.
          maxWorkers: 2,
          maxConcurrency: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'alone',
          expect: EXPECT,
          include: [ALONE],
          exclude: ['**/node_modules/**'],
          globalSetup: ['tests/support/pg-global.ts', 'tests/support/dist-global.ts'],
          setupFiles: ['tests/support/e2e-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // After all others: its seconds are those of a machine that does nothing else.
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
