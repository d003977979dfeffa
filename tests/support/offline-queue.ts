import type { Page } from 'playwright-core'
import { freePort } from '../../db/postgres/cluster.ts'
import { createTestAccounts } from './accounts.ts'
import { peopleIn } from './people.ts'
import { createTestDatabase, type TestDatabase } from './pg.ts'
import { makePhone, type Phone } from './phone.ts'
import { startProduction } from './production.ts'
import { crashTab, enterRecord, recordRequest, signInHere, unsent, unsentNow } from './record-page.ts'

export type OfflineQueueFigures = {
  /** records whose form said that they are on the phone */
  readonly recorded: number
  readonly lost: number
  readonly doubled: number
  /** kills of the hub, of a tab and of the browser that they went through */
  readonly kills: { readonly hub: number; readonly tab: number; readonly browser: number }
  /** personal texts of sent records that are still in the phone's queue */
  readonly leftOnPhone: number
  readonly ms: number
}

const SECRET = 'the secret of the offline test, the same in every start of the hub'
const WAIT_MS_MAX = 60_000
const NAME = 'Offline'
const LOGIN = 'offline-volunteer'

async function until(what: string, done: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + WAIT_MS_MAX
  while (!(await done())) {
    if (Date.now() > end) throw new Error(`not within ${WAIT_MS_MAX} ms: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

async function savedNames(database: TestDatabase): Promise<string[]> {
  const { rows } = await database.pool.query<{ person: string }>('select person_id as person from case_private')
  const linked = rows.map(({ person }) => person)
  return (await peopleIn(database.pool))
    .filter(({ id }) => linked.includes(id))
    .flatMap(({ full_name }) => (full_name?.startsWith(`${NAME} `) ? [full_name] : []))
}

/**
 * A volunteer records `each` requests without a hub, loses the tab, records as many again, gets the hub back, which is
 * killed while it saves them; it comes back, and the browser is killed while the rest is on its way. In the end the
 * rows in PostgreSQL are counted.
 */
export async function measureOfflineQueue(each = 12): Promise<OfflineQueueFigures> {
  const began = Date.now()
  const database = await createTestDatabase()
  await createTestAccounts(database, [{ username: LOGIN, role: 'volunteer', areas: ['5001'], label: 'VHV offline' }])
  // Linux gives a port it has chosen itself (PORT=0) to nobody while connections of a killed listener linger.
  const PORT = String(await freePort())
  let hub = await startProduction(database, { PORT }, SECRET)
  const restart = async () => {
    hub = await startProduction(database, { PORT }, SECRET)
  }
  const profile = await makePhone()
  const phones: Phone[] = []
  const turnOn = async (): Promise<Page> => {
    const phone = await profile.start()
    phones.push(phone)
    return phone.context.newPage()
  }
  const open = async (page: Page) => {
    await page.goto(`${hub.url}/record?lang=en`)
    await page.locator('.record-kinds').waitFor()
  }
  const recorded: string[] = []
  const recordSome = async (page: Page) => {
    for (let i = 0; i < each; i++) {
      const name = `${NAME} ${recorded.length + 1}`
      await recordRequest(page, name)
      recorded.push(name)
    }
  }
  try {
    let page = await turnOn()
    await enterRecord(page, hub.url, LOGIN)
    await hub.kill('SIGKILL')

    await recordSome(page)
    const sameBrowser = page.context()
    await crashTab(page)
    page = await sameBrowser.newPage()
    await open(page)
    if ((await unsent(page)) !== each) throw new Error(`${await unsent(page)} of ${each} are there after the crash`)
    await recordSome(page)

    await restart()
    await page.getByRole('button', { name: 'Send now' }).click()
    await until('a first record is saved', async () => (await savedNames(database)).length > 0)
    await hub.kill('SIGKILL')

    await restart()
    const before = (await savedNames(database)).length
    await page.getByRole('button', { name: 'Send now' }).click()
    await until('sending goes on', async () => {
      const saved = (await savedNames(database)).length
      return saved > before || saved === recorded.length
    })
    await phones.at(-1)?.kill()

    // A browser writes its cookies to the disk twice a minute: the kill may have ended the session too.
    page = await turnOn()
    await page.goto(`${hub.url}/record?lang=en`)
    await until('the phone has sent everything', async () => {
      if (await page.locator('input[name=login]').isVisible()) await signInHere(page, LOGIN)
      return (await unsentNow(page)) === 0
    })
    const leftOnPhone = await personalTextsLeft(page)
    const saved = await savedNames(database)
    return {
      recorded: recorded.length,
      lost: recorded.filter((name) => !saved.includes(name)).length,
      doubled: saved.length - new Set(saved).size,
      kills: { hub: 2, tab: 1, browser: 1 },
      leftOnPhone,
      ms: Date.now() - began,
    }
  } finally {
    await phones.at(-1)?.kill()
    await hub.kill('SIGKILL')
    await profile.remove()
    await database.drop()
  }
}

/** Sealed, in the queue and in drafts of its forms; and in clear, where there must be none. */
function personalTextsLeft(page: Page): Promise<number> {
  return page.evaluate(
    (name) =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('jitasa-record')
        opening.onerror = () => reject(opening.error)
        opening.onsuccess = () => {
          const kept = opening.result.transaction(['records', 'drafts'])
          const asking = ['records', 'drafts'].map((store) => kept.objectStore(store).getAll())
          kept.onabort = () => reject(kept.error)
          kept.oncomplete = () => {
            const rows = asking.flatMap(({ result }) => result as { sealed: unknown }[])
            const inClear = JSON.stringify(rows).split(name).length - 1
            resolve(inClear + rows.filter(({ sealed }) => sealed !== null).length)
          }
        }
      }),
    NAME,
  )
}
