import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { demandDataKey, ensureKeyFile, readWrappers } from './key-source.ts'
import { DATA_KEY_BYTES, dataKeyOf, findHash, keyNumberOf, open, seal } from './sealed.ts'

const folder = await mkdtemp(path.join(tmpdir(), 'jitasa-keys-'))
afterAll(() => rm(folder, { recursive: true }))
const key = dataKeyOf(1, randomBytes(DATA_KEY_BYTES))
const other = dataKeyOf(2, randomBytes(DATA_KEY_BYTES))
const TEXT = 'สมหญิง ทดสอบ'

describe('a sealed value', () => {
  it('opens in its place, says its key, holds nothing in clear, and is another each time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const sealed = seal(key, text, 'people.full_name 1')
        expect(open(key, sealed, 'people.full_name 1')).toBe(Buffer.from(text).toString())
        expect(keyNumberOf(sealed, '')).toBe(1)
        expect(seal(key, text, 'people.full_name 1')).not.toEqual(sealed)
      }),
    )
    expect(seal(key, TEXT, 'p').includes(Buffer.from(TEXT))).toBe(false)
  })

  it('opens in no other row, column or table, and with no other key', () => {
    const sealed = seal(key, TEXT, 'people.full_name 1')
    for (const place of ['people.full_name 2', 'people.phone 1', 'vulnerable.full_name 1']) {
      expect(() => open(key, sealed, place)).toThrow(`${place} does not open`)
    }
    expect(() => open(other, sealed, 'people.full_name 1')).toThrow('was not sealed with data key 2')
    expect(() => open({ ...other, id: 1 }, sealed, 'people.full_name 1')).toThrow('does not open')
  })

  it('does not open when any byte of it was changed or is missing', () => {
    const sealed = seal(key, TEXT, 'p')
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed)
      changed[at] = changed[at]! ^ 1
      expect(() => open(key, changed, 'p'), `byte ${at}`).toThrow(Error)
      expect(() => open(key, sealed.subarray(0, at), 'p'), `${at} bytes`).toThrow(Error)
    }
  })

  it('what was never sealed is said to be none', () => {
    expect(() => keyNumberOf(Buffer.from('+66812345678, in clear and long enough'), 'people.phone 1')).toThrow(
      'people.phone 1 holds no sealed value',
    )
  })
})

describe('a hash to find by', () => {
  it('is one for one number however it is written, and another for each kind, number and key', () => {
    const hash = findHash(key, 'id', 'ab１２')
    expect(findHash(key, 'id', 'AB12')).toEqual(hash)
    for (const another of [findHash(key, 'phone', 'AB12'), findHash(key, 'id', 'AB13'), findHash(other, 'id', 'AB12')])
      expect(another).not.toEqual(hash)
  })
})

const LONG = 'a key of the unit tests, long enough to be one'
const secret = randomBytes(DATA_KEY_BYTES)

async function fileOf(name: string, text: string, mode: number): Promise<string> {
  const file = path.join(folder, name)
  await writeFile(file, text)
  await chmod(file, mode)
  return file
}

/** A key store that answers with the bytes turned over, and tells nobody how. */
const STORE = `#!/usr/bin/env node
const chunks = []
process.stdin.on('data', (chunk) => chunks.push(chunk))
process.stdin.on('end', () => {
  if (!['wrap', 'unwrap'].includes(process.argv[2])) process.exit(2)
  process.stdout.write(Buffer.concat(chunks).map((byte) => byte ^ 0x5a))
})
`

describe('the key that data keys are wrapped with', () => {
  it('is a text, or a file that holds it: the same key, by the same name', async () => {
    const file = await fileOf('key', `${LONG}\n`, 0o600)
    const typed = (await readWrappers({ DATA_KEY: LONG }, undefined)).now
    const read = (await readWrappers({ DATA_KEY: `file:${file}` }, undefined)).now
    expect(read.id).toBe(typed.id)
    expect(await read.unwrap(await typed.wrap(secret))).toEqual(secret)
    expect(typed.id).not.toContain(LONG.slice(0, 6))
    const wrong = (await readWrappers({ DATA_KEY: `${LONG}!` }, undefined)).now
    expect(wrong.id).not.toBe(typed.id)
    await expect(wrong.unwrap(await typed.wrap(secret))).rejects.toThrow(Error)
  })

  it('is a program that wraps and unwraps', async () => {
    const store = await fileOf('store', STORE, 0o700)
    const { now } = await readWrappers({ DATA_KEY: `command:${store}` }, undefined)
    const wrapped = await now.wrap(secret)
    expect(wrapped).not.toEqual(secret)
    expect(await now.unwrap(wrapped)).toEqual(secret)
  })

  it.each([
    ['that fails', 'echo "no such key" >&2; exit 3', /ended with 3: no such key/],
    ['that says nothing', 'cat > /dev/null', /wrote 0 bytes/],
    ['that says too much', 'head -c 100000 /dev/zero', /wrote 100000 bytes/],
  ])('a program %s: a sentence with what it said', async (name, script, sentence) => {
    const store = await fileOf(name.replaceAll(' ', '-'), `#!/bin/sh\n${script}\n`, 0o700)
    const { now } = await readWrappers({ DATA_KEY: `command:${store}` }, undefined)
    await expect(now.wrap(secret)).rejects.toThrow(sentence)
  })

  it.each([
    ['a program that is not there', 'command:/nowhere/store', /DATA_KEY=command: spawn/],
    ['a file that is not there', 'file:/nowhere/key', /\/nowhere\/key, cannot be read \(ENOENT\)/],
    ['a text that is too short', 'short', /DATA_KEY holds a data key of 5 characters, at least 32/],
  ])('%s: a sentence', async (_, DATA_KEY, sentence) => {
    const wrap = async () => (await readWrappers({ DATA_KEY }, undefined)).now.wrap(secret)
    await expect(wrap()).rejects.toThrow(sentence)
  })

  it('a file that others may read is refused', async () => {
    const file = await fileOf('open', LONG, 0o644)
    await expect(readWrappers({ DATA_KEY: `file:${file}` }, undefined)).rejects.toThrow(`chmod 600 ${file}`)
  })

  it('none: a sentence that says how to have one; `npm start` makes none', async () => {
    await expect(readWrappers({}, undefined)).rejects.toThrow(/DATA_KEY is not set.*openssl rand -hex 32/)
    expect(() => demandDataKey({ DATA_DIR: folder })).toThrow(/DATA_KEY=file:\.data\/data-key/)
    expect(() => demandDataKey({ DATA_KEY: LONG })).not.toThrow()
  })

  it('of the embedded database is made once, for its owner alone, by whoever comes first', async () => {
    const dataDir = path.join(folder, 'data')
    const made = await Promise.all(Array.from({ length: 8 }, () => ensureKeyFile(dataDir)))
    expect(made.filter((one) => one.made)).toHaveLength(1)
    const ids = await Promise.all(made.map(async ({ file }) => (await readWrappers({}, file)).now.id))
    expect(new Set(ids).size).toBe(1)
  })
})
