import solid from 'vite-plugin-solid'
import { defineConfig } from 'vitest/config'

const NOT_UNIT = ['**/*.pg.test.ts', '**/*.e2e.test.ts', '**/node_modules/**', 'dashboard/**', '.data/**']

/** A test's suffix names what it needs: `.test.ts` nothing, `.pg.test.ts` PostgreSQL, `.e2e.test.ts` a browser. */
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['**/*.test.ts'], exclude: NOT_UNIT } },
      {
        plugins: [solid()],
        resolve: { conditions: ['development', 'browser'] },
        test: {
          name: 'dashboard',
          include: ['dashboard/**/*.test.ts', 'dashboard/**/*.test.tsx'],
          exclude: ['**/*.e2e.test.ts', '**/node_modules/**'],
          environment: 'jsdom',
        },
      },
      {
        test: {
          name: 'pg',
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
          include: ['**/*.e2e.test.ts'],
          exclude: ['**/node_modules/**'],
          globalSetup: ['tests/support/pg-global.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
