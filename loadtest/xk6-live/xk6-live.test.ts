import { execFileSync, spawnSync } from 'node:child_process'
import path from 'node:path'
import { expect, it } from 'vitest'

/** What stands on k6 is compiled when the load test builds it; that takes minutes. */
const PACKAGES = ['./wire', './crowd']
const TEST_MS_MAX = 300_000

const hasGo = spawnSync('go', ['version']).status === 0
if (!hasGo) process.stderr.write('no Go: the tests of loadtest/xk6-live are skipped\n')

it.skipIf(!hasGo)(
  'k6’s extension is as gofmt writes it, vet finds nothing, and what it folds is what the dashboard folds',
  () => {
    const said = execFileSync(path.join(import.meta.dirname, 'test.sh'), PACKAGES, {
      encoding: 'utf8',
      timeout: TEST_MS_MAX,
    })
    expect(said).toMatch(/ok\s+jitasa\/loadtest\/xk6-live\/wire/)
    expect(said).toMatch(/ok\s+jitasa\/loadtest\/xk6-live\/crowd/)
  },
  TEST_MS_MAX,
)
