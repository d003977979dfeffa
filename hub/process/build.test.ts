import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { buildDashboard } from './build.ts'
import { builtName, EARLIER_MS_MAX, keepEarlier, watchBuild } from './built.ts'

const PAGE = `<title>${'page '.repeat(500)}</title>`
let root = ''
let dist = ''

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'jitasa-build-'))
  dist = path.join(root, 'dashboard/dist')
  await mkdir(path.join(root, 'dashboard'))
  await mkdir(path.join(root, 'hub/contract'), { recursive: true })
  await writeFile(path.join(root, 'package-lock.json'), '{}')
  await writeFile(path.join(root, 'dashboard/index.ts'), '')
})
afterEach(() => rm(root, { recursive: true }))

const write = async (_root: string, outDir: string): Promise<void> => {
  await mkdir(outDir, { recursive: true })
  await writeFile(path.join(outDir, 'index.html'), PAGE)
}
const build = (bundle: typeof write = write) => buildDashboard(root, { bundle })
let touches = 0
const touch = () => utimes(path.join(root, 'dashboard/index.ts'), new Date(), Date.now() / 1000 + 10 * ++touches)
const assets = (names: readonly string[]) => async (_root: string, outDir: string) => {
  await mkdir(path.join(outDir, 'assets'), { recursive: true })
  await writeFile(path.join(outDir, 'index.html'), `<head></head>${names.join()}`)
  for (const name of names) await writeFile(path.join(outDir, 'assets', name), name)
}
const beside = async () => (await readdir(path.join(root, 'dashboard'))).sort()

test('is built once, compressed, and again when a source is newer', async () => {
  expect(await build()).toBe(true)
  expect((await readdir(dist)).sort()).toEqual(['index.html', 'index.html.br', 'index.html.gz'])
  expect(await build()).toBe(false)
  await touch()
  expect(await build()).toBe(true)
  expect(await build()).toBe(false)
  expect(await beside()).toEqual(['dist', 'index.ts'])
})

test('a build that fails leaves the old one as it was, and is made up for by the next', async () => {
  await build()
  await touch()
  const half = async (_root: string, outDir: string) => {
    await write(_root, outDir)
    await writeFile(path.join(outDir, 'index.html'), 'half')
    throw new Error('killed')
  }
  await expect(build(half)).rejects.toThrow('killed')
  expect(await readFile(path.join(dist, 'index.html'), 'utf8')).toBe(PAGE)
  expect(existsSync(path.join(dist, 'index.html.br'))).toBe(true)
  expect(await beside()).toEqual(['dist', 'index.ts'])
  expect(await build()).toBe(true)
})

test('what a killed builder left goes; what another builds stays', async () => {
  const gone = spawn('true')
  await once(gone, 'exit')
  await mkdir(path.join(root, `dashboard/.dist-${gone.pid}`))
  await mkdir(path.join(root, `dashboard/.dist-${process.ppid}`))
  expect(await build()).toBe(true)
  expect(await beside()).toEqual([`.dist-${process.ppid}`, 'dist', 'index.ts'])
})

test('a source that is saved during the build is built by the next', async () => {
  const saving = async (_root: string, outDir: string) => {
    await write(_root, outDir)
    await touch()
  }
  expect(await build(saving)).toBe(true)
  expect(await build()).toBe(true)
})

test('a page of an earlier build still finds its assets after an upgrade, for days and not for ever', async () => {
  const served = async () => (await readdir(path.join(dist, 'assets'))).filter((name) => name.endsWith('.js')).sort()
  await build(assets(['a-11111111.js', 'shared-00000000.js']))
  await touch()
  await build(assets(['b-22222222.js', 'shared-00000000.js']))
  expect(await served()).toEqual(['a-11111111.js', 'b-22222222.js', 'shared-00000000.js'])
  const fresh = path.join(root, 'fresh')
  await assets(['c-33333333.js'])(root, fresh)
  await keepEarlier(dist, fresh, Date.now() + EARLIER_MS_MAX + 1000)
  // b was current until now; a was replaced a week ago.
  expect((await readdir(path.join(fresh, 'assets'))).sort()).toEqual([
    '.earlier.json',
    'b-22222222.js',
    'c-33333333.js',
    'shared-00000000.js',
  ])
})

test('a build is named by what is in it, and another one is told', async () => {
  await build(assets(['a-11111111.js']))
  const first = await builtName(dist)
  expect(first).toMatch(/^[0-9a-f]{12}$/)
  const told: string[] = []
  const end = watchBuild(dist, first ?? '', (name) => told.push(name), 10)
  await touch()
  await build(assets(['b-22222222.js']))
  await expect.poll(() => told).toEqual([await builtName(dist)])
  end()
  expect(told[0]).not.toBe(first)
})
