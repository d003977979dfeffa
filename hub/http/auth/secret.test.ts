import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { authSecret } from './secret.ts'

let dataDir: string
beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'jitasa-secret-'))
})
afterEach(() => rm(dataDir, { recursive: true, force: true }))

test('AUTH_SECRET, when it is given', async () => {
  expect(await authSecret({ given: 'given', dataDir, embedded: false })).toBe('given')
})

test('a database of the operator’s own, and no AUTH_SECRET: a sentence that says what to do', async () => {
  await expect(authSecret({ given: undefined, dataDir, embedded: false })).rejects.toThrow(
    /^AUTH_SECRET is not set.*openssl/,
  )
})

test('with the embedded database it is made once, for all who start at the same time, and for nobody else to read', async () => {
  const folder = path.join(dataDir, 'new')
  const options = { given: undefined, dataDir: folder, embedded: true }
  const made = new Set(await Promise.all(Array.from({ length: 5 }, () => authSecret(options))))
  expect([...made]).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)])
  expect(await authSecret(options)).toBe([...made][0])
  expect((await stat(path.join(folder, 'auth-secret'))).mode & 0o777).toBe(0o600)
})

test('a damaged file is named', async () => {
  await writeFile(path.join(dataDir, 'auth-secret'), 'short')
  await expect(authSecret({ given: undefined, dataDir, embedded: true })).rejects.toThrow('auth-secret is damaged')
})
