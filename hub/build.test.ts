import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { buildDashboard } from './build.ts'

const PAGE = `<title>${'page '.repeat(500)}</title>`
let root = ''
let dist = ''

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'jitasa-build-'))
  dist = path.join(root, 'dashboard/dist')
  await mkdir(path.join(root, 'dashboard'))
  await mkdir(path.join(root, 'hub/wire'), { recursive: true })
  await writeFile(path.join(root, 'package-lock.json'), '{}')
  await writeFile(path.join(root, 'dashboard/index.ts'), '')
})
afterEach(() => rm(root, { recursive: true }))

const write = async (_root: string, outDir: string): Promise<void> => {
  await mkdir(outDir, { recursive: true })
  await writeFile(path.join(outDir, 'index.html'), PAGE)
}
const build = (bundle: typeof write = write) => buildDashboard(root, { bundle })
const touch = () => utimes(path.join(root, 'dashboard/index.ts'), new Date(), Date.now() / 1000 + 10)
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
