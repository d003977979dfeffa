import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const GUIDE = readFileSync(path.join(path.dirname(import.meta.dirname), 'docs/kiosk.md'), 'utf8')
const unit = /```ini\n([\s\S]*?)```/.exec(GUIDE)?.[1] ?? ''
const ANALYZE = '/usr/bin/systemd-analyze'

test('the unit opens the kiosk, and keeps its profile', () => {
  expect(unit).toMatch(/^Environment=WALL=https:\/\/[^\s/]+\/kiosk\?lang=th$/m)
  expect(unit).toMatch(/^ExecStart=\/usr\/bin\/chromium --kiosk .*--user-data-dir=%h\/\S+ \$\{WALL\}$/m)
  expect(unit).toMatch(/^Restart=always$/m)
})

test.skipIf(!existsSync(ANALYZE))('systemd finds no fault in the unit', async ({ skip }) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'jitasa-kiosk-'))
  try {
    const file = path.join(folder, 'jitasa-kiosk.service')
    const env = { ...process.env, XDG_RUNTIME_DIR: folder }
    /** All that it says; some versions end with an error when there is a fault, others do not. */
    const verify = () =>
      promisify(execFile)(ANALYZE, ['verify', '--user', '--man=no', file], { env }).then(
        ({ stdout, stderr }) => stdout + stderr,
        (error: Error) => error.message.split('\n').slice(1).join('\n'),
      )
    // It looks for the program, which is no part of what is judged.
    const whole = unit.replace('/usr/bin/chromium', process.execPath)
    await writeFile(file, whole.replace('Restart=always', 'Restart=sometimes'))
    const faulty = await verify()
    if (faulty.includes('Failed to initialize manager')) return skip('systemd-analyze does not start here')
    expect(faulty, 'it does find faults').toContain('jitasa-kiosk')
    await writeFile(file, whole)
    expect(await verify()).not.toContain('jitasa-kiosk')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
