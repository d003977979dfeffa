import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import { VARIABLES } from '../hub/runtime/config.ts'

const ROOT = path.dirname(import.meta.dirname)
const DEPLOY = path.join(ROOT, 'docs/deploy')
const ANALYZE = '/usr/bin/systemd-analyze'
const UNITS = ['jitasa.service', 'jitasa-feeder.service', 'jitasa-backup.service', 'jitasa-backup.timer']

const read = (name: string): string => readFileSync(path.join(DEPLOY, name), 'utf8')
const run = promisify(execFile)

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'jitasa-deploy-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return folder
}

/** All that systemd says of a unit; some versions end with an error when there is a fault, others do not. */
async function verify(name: string, text: string): Promise<string> {
  const folder = await newFolder()
  const file = path.join(folder, name)
  // It looks for the program and the folder, which are no part of what is judged; a timer's service stands beside it.
  const here = (unit: string) => unit.replaceAll('/opt/jitasa/node_modules/node/bin/node', process.execPath)
  await writeFile(path.join(folder, 'jitasa-backup.service'), here(read('jitasa-backup.service')))
  await writeFile(file, here(text))
  return run(ANALYZE, ['verify', '--man=no', file], { env: { ...process.env, SYSTEMD_UNIT_PATH: `${folder}:` } }).then(
    ({ stdout, stderr }) => stdout + stderr,
    (error: Error) => error.message.split('\n').slice(1).join('\n'),
  )
}

describe('units', () => {
  it.skipIf(!existsSync(ANALYZE)).for(UNITS)(
    'systemd finds no fault in %s, and finds one that is there',
    async (name, { skip }) => {
      const faulty = await verify(name, read(name).replace('[Unit]', '[Unit]\nAfters=nothing'))
      if (faulty.includes('Failed to initialize manager')) return skip('systemd-analyze does not start here')
      expect(faulty).toContain('Afters')
      expect(await verify(name, read(name))).not.toContain(name)
    },
  )

  it.each(UNITS.filter((name) => name.endsWith('.service')))('%s starts a program of the project', (name) => {
    const programs = [...read(name).matchAll(/bin\/node ([\w/.-]+\.ts)/g)].map(([, program]) => program ?? '')
    expect(programs).toHaveLength(1)
    for (const program of programs) expect(existsSync(path.join(ROOT, program)), program).toBe(true)
  })

  it('fourteen backups stay, the newest', async () => {
    const line = /^ExecStartPost=\/bin\/sh -c '(.+)'$/m.exec(read('jitasa-backup.service'))?.[1] ?? ''
    const BACKUPS = await newFolder()
    const days = Array.from({ length: 17 }, (_, day) => `2026-01-${String(day + 10)}T031000Z`)
    for (const day of days) await mkdir(path.join(BACKUPS, day))
    await mkdir(path.join(BACKUPS, `${days[0]}.12.part`))
    const tidy = () => run('/bin/sh', ['-c', line.replaceAll('%%', '%')], { env: { ...process.env, BACKUPS } })
    await tidy()
    await tidy()
    expect((await readdir(BACKUPS)).sort()).toEqual([`${days[0]}.12.part`, ...days.slice(3)])
  })
})

describe('container', () => {
  it('compose and image set only variables that the hub has', () => {
    const names = new Set(Object.values(VARIABLES).map(({ name }) => name))
    const set = [...read('compose.yaml').matchAll(/^ {6}([A-Z_]+): /gm)].map(([, name]) => name ?? '')
    const ofHub = set.filter((name) => !name.startsWith('POSTGRES_'))
    expect(ofHub.length).toBeGreaterThan(3)
    expect(ofHub.filter((name) => !names.has(name))).toEqual([])
    const image = /^ENV NODE_ENV=production (.+)$/m.exec(read('Dockerfile'))?.[1]?.split(' ') ?? []
    expect(image.map((pair) => pair.split('=')[0]).filter((name) => !names.has(name ?? ''))).toEqual([])
  })

  it.each(['Dockerfile', 'compose.yaml'])('%s starts and copies what there is', (name) => {
    const programs = [...read(name).matchAll(/[\w/-]+\.ts/g)].map(([program]) => program)
    expect(programs.length).toBeGreaterThan(0)
    for (const program of programs) expect(existsSync(path.join(ROOT, program)), program).toBe(true)
    for (const [, files] of read(name).matchAll(/^COPY (?!--from)(.+) \.\/?$/gm)) {
      for (const file of files?.split(' ') ?? []) expect(existsSync(path.join(ROOT, file)), file).toBe(true)
    }
  })
})
