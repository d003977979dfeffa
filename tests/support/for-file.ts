import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll } from 'vitest'
import { buildDashboard } from '../../hub/process/build.ts'
import { type HubOptions, startHub, type TestHub } from '../security/hub.ts'
import { startBrowser } from './browser.ts'
import { type CaseHub, startCaseHub } from './case-hub.ts'
import { createTestDatabase, type TestDatabase } from './pg.ts'
import { type ProductionHub, startProduction } from './production.ts'
import { startTestSystem } from './system.ts'

// What the tests of one file stand on. A file awaits it at its head; it is gone after the file's last test, and also when
// the rest of it could not be made.

/** What is to be ended, the newest first. */
function createEnds() {
  const ends: (() => Promise<unknown>)[] = []
  const end = async () => {
    for (const one of ends.splice(0).reverse()) await one()
  }
  return { add: (one: () => Promise<unknown>) => void ends.push(one), end }
}

/** Takes what ends something again. */
export type Add = (end: () => Promise<unknown>) => void

export async function forFile<T>(make: (add: Add) => Promise<T>): Promise<T> {
  const { add, end } = createEnds()
  try {
    const made = await make(add)
    afterAll(end)
    return made
  } catch (error) {
    await end()
    throw error
  }
}

export async function addDatabase(add: Add): Promise<TestDatabase> {
  const database = await createTestDatabase()
  add(() => database.drop())
  return database
}

/** A database, migrated, with its areas and operation. */
export const databaseForFile = (): Promise<TestDatabase> => forFile(addDatabase)

/** An empty folder. */
export const folderForFile = (): Promise<string> =>
  forFile(async (add) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'jitasa-test-'))
    add(() => rm(folder, { recursive: true }))
    return folder
  })

/** A database and the hub's HTTP application on it. */
export function hubForFile(
  optionsOf: (database: TestDatabase) => Partial<HubOptions> | Promise<Partial<HubOptions>> = () => ({}),
): Promise<{ readonly database: TestDatabase; readonly hub: TestHub }> {
  return forFile(async (add) => {
    const database = await addDatabase(add)
    const hub = startHub({ ...database, ...(await optionsOf(database)) })
    add(() => hub.stop())
    return { database, hub }
  })
}

/** A database and a hub whose clock the test moves. @param sql of what stands before it starts */
export function caseHubForFile(
  sql?: string,
  env?: Readonly<Record<string, string>>,
): Promise<{ readonly database: TestDatabase; readonly hub: CaseHub }> {
  return forFile(async (add) => {
    const database = await addDatabase(add)
    if (sql !== undefined) await database.pool.query(sql)
    const hub = startCaseHub(database, env)
    add(() => hub.stop())
    return { database, hub }
  })
}

/** In a drill on the day that the clock of the hub shows. */
export const drillHubForFile = (env?: Readonly<Record<string, string>>) =>
  caseHubForFile(`update operation set day = '2021-11-11', kind = 'drill'`, env)

export type Production = { readonly database: TestDatabase; readonly hub: ProductionHub; readonly browser: Browser }

type Options<D> = {
  /** fills the database before the hub starts. @returns what the tests have to know of it */
  readonly fill?: (database: TestDatabase) => Promise<D>
  readonly env?: Readonly<Record<string, string>>
  readonly openBrowser?: () => Promise<Browser>
}

/** A hub as an operator runs it, on a database of its own, with the built dashboard and a browser. */
export function productionForFile<D>({
  fill,
  env,
  openBrowser = startBrowser,
}: Options<D> = {}): Promise<Production & D> {
  return forFile(async (add) => {
    await buildDashboard(path.dirname(path.dirname(import.meta.dirname)))
    const database = await addDatabase(add)
    const filled = (await fill?.(database)) as D
    const hub = await startProduction(database, env)
    add(() => hub.kill('SIGKILL'))
    const browser = await openBrowser()
    add(() => browser.close())
    return Object.assign({ database, hub, browser }, filled)
  })
}

/** A whole hub in this process, on a database of its own, and a browser. */
export function systemForFile(env?: Readonly<Record<string, string>>) {
  return forFile(async (add) => {
    const system = await startTestSystem(env)
    add(() => system.stop())
    const browser = await startBrowser()
    add(() => browser.close())
    return { system, browser }
  })
}
