import { spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { expect, test } from 'vitest'
import { databaseForFile, folderForFile } from '../support/for-file.ts'

const ROOT = join(import.meta.dirname, '../..')

const db = await databaseForFile()
const folder = await folderForFile()

type Ended = { readonly code: number | null; readonly text: string }

function run(script: string, args: readonly string[], input?: AsyncIterable<Buffer>, url = db.url): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(join(ROOT, 'node_modules/.bin/node'), [join(ROOT, script), ...args], {
      env: { ...process.env, DATABASE_URL: url },
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    let text = ''
    child.stdout.on('data', (data) => {
      text += data
    })
    child.stderr.on('data', (data) => {
      text += data
    })
    child.on('close', (code) => resolve({ code, text }))
    // The command may end while we still write: that is what a test is about.
    if (input) pipeline(input, child.stdin).catch(() => child.stdin.destroy())
    else child.stdin.end()
  })
}

async function file(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

test('an unmigrated database: what to run, and no word of PostgreSQL alone', async () => {
  const path = await file('any.csv', `${HEADER}2021-04-01,10,3,0\n`)
  const empty = `${db.name}_empty`
  await db.pool.query(`create database ${empty}`)
  try {
    const { code, text } = await run('db/import/main.ts', ['cases', path], undefined, db.url.replace(db.name, empty))
    expect([code, text]).toEqual([1, expect.stringMatching(/not migrated to this version.*run `npm run migrate`/)])
  } finally {
    await db.pool.query(`drop database ${empty}`)
  }
})

const HEADER = 'date,province_code,new_cases,new_deaths\n'

test('a good file: exit 0, what was done in words, no control characters off a terminal', async () => {
  const path = await file('good.csv', `${HEADER}2021-04-01,10,3,0\n`)
  const { code, text } = await run('db/import/main.ts', ['cases', path])
  expect(code).toBe(0)
  expect(text).toContain('3 cases and 0 deaths added')
  expect(text).not.toContain('\u001b')
  const again = await run('db/import/main.ts', ['cases', path])
  expect([again.code, again.text]).toEqual([0, expect.stringContaining('nothing to change')])
})

test('bad rows: exit 1 with file:line, nothing imported', async () => {
  const path = await file('bad.csv', `${HEADER}2021-04-02,10,-3,0\n2021-04-02,77x,1,0\n`)
  const { code, text } = await run('db/import/main.ts', ['cases', path])
  expect(code).toBe(1)
  expect(text).toContain(`${path}:2: new_cases -3 is negative`)
  expect(text).toContain(`${path}:3: province "77x" is unknown`)
  expect(text).toContain('2 bad rows: nothing was imported')
})

test.each([
  ['UTF-16', Buffer.from(`\ufeff${HEADER}`, 'utf16le'), 'is UTF-16'],
  [
    'TIS-620',
    Buffer.concat([Buffer.from(HEADER), Buffer.from([0xa1, 0xc3, 0x0a])]),
    ':2: is not UTF-8; it looks like TIS-620',
  ],
  ['missing columns', Buffer.from('date,cases\n'), ':1: has no column province_code, new_cases'],
  ['an empty file', Buffer.alloc(0), 'is empty'],
  ['a header alone', Buffer.from(HEADER), 'has a header and no rows with numbers'],
])('%s: exit 1 and a sentence', async (_, content, sentence) => {
  const { code, text } = await run('db/import/main.ts', ['cases', await file('fault.csv', content)])
  expect([code, text]).toEqual([1, expect.stringContaining(sentence)])
})

test('a line of 1 GB: exit 1 at once, long before the end of it', { timeout: 60_000 }, async () => {
  let sent = 0
  async function* gigabyte(): AsyncGenerator<Buffer> {
    const mebibyte = Buffer.alloc(1024 * 1024, '7')
    yield Buffer.from(HEADER)
    for (; sent < 1024; sent++) yield mebibyte
  }
  const { code, text } = await run('db/import/main.ts', ['cases', '-'], gigabyte())
  expect([code, text]).toEqual([1, expect.stringContaining('-:2: is longer than 64 KiB')])
  expect(sent).toBeLessThan(1024)
})

test('a wrong command: exit 2 and the help', async () => {
  for (const args of [
    [],
    ['case', 'x.csv'],
    ['cases'],
    ['cases', 'x.csv', '--map', 'nope=1'],
    ['cases', 'x.csv', '--what'],
  ]) {
    const { code, text } = await run('db/import/main.ts', args)
    expect([code, text]).toEqual([2, expect.stringContaining('npm run import')])
  }
  expect((await run('db/import/main.ts', ['--help'])).code).toBe(0)
})

test('replay and verify: wrong commands and unreachable hubs', async () => {
  expect((await run('db/replay/main.ts', ['x.csv', '--from', '2021-02-30', '--to', '2021-03-01'])).text).toContain(
    'does not exist',
  )
  expect((await run('db/replay/main.ts', [])).code).toBe(2)
  const none = await run('db/replay/main.ts', [join(folder, 'none.csv'), '--from', '2021-04-01', '--to', '2021-04-02'])
  expect([none.code, none.text]).toEqual([1, expect.stringContaining('does not exist')])
  expect((await run('db/verify/main.ts', ['localhost'])).code).toBe(2)
  const away = await run('db/verify/main.ts', ['http://127.0.0.1:9'])
  expect([away.code, away.text]).toEqual([2, expect.stringContaining('does not answer')])
})
