import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Frame, type Page, request } from 'playwright-core'
import { createTestAccounts, PASSWORD } from './accounts.ts'
import { createTestDatabase } from './pg.ts'
import { makePhone, type Phone } from './phone.ts'
import { type ProductionHub, startProduction } from './production.ts'
import { startWire } from './wire.ts'

const ROOT = path.dirname(path.dirname(import.meta.dirname))
const SECRET = 'a secret that a restart keeps, of sixty-four characters or so..'
const CASES = 9
const LOOK_EVERY_MS = 100
/** How long the network is away: the wall has noticed by then. */
const AWAY_MS = 4_000
const TWO_HOURS_MS = 7_200_000

/** What the robot does to a wall. After each the wall has to be right again, and nobody touches it. */
export const WALL_FAULTS = ['power', 'network', 'pass', 'cookies', 'hub', 'frozen', 'build', 'clock'] as const
export type WallFault = (typeof WALL_FAULTS)[number]

export type WallRobot = {
  /** @returns ms from the end of the fault until the wall shows what SQL says, as live numbers, of the build that is served */
  suffer(fault: WallFault): Promise<number>
  stop(): Promise<void>
}

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/**
 * A screen of the nation in a kiosk, on a browser with a disk of its own, over a wire, on a production hub of a copy of
 * the project, whose dashboard can be exchanged.
 * @param rightMsMax how long the wall may take to be right again
 */
export async function startWallRobot(rightMsMax: number): Promise<WallRobot> {
  const root = await mkdtemp(path.join(tmpdir(), 'jitasa-robot-'))
  for (const name of ['hub', 'db', 'dashboard/dist', 'package.json'])
    await cp(path.join(ROOT, name), path.join(root, name), { recursive: true })
  await symlink(path.join(ROOT, 'node_modules'), path.join(root, 'node_modules'))
  const database = await createTestDatabase()
  await createTestAccounts(database, [{ username: 'admin', role: 'administrator', areas: ['TH'], label: 'Admin' }])
  await database.pool.query(
    `insert into cases (district, report_day, classification, severity, care_place, source)
     select '5001', (select day from operation), 'confirmed', 'green', 'waiting', 'api' from generate_series(1, $1)`,
    [CASES],
  )
  let hub: ProductionHub = await startProduction(database, {}, SECRET, root)
  const wire = await startWire(hub.port)
  const url = `http://127.0.0.1:${wire.port}`
  const profile = await makePhone()
  let browser: Phone = await profile.start()
  let page: Page = await browser.context.newPage()
  let reds = 0
  /** that is served; `undefined`: the first */
  let build: string | undefined

  async function openKiosk(): Promise<Page> {
    const opened = browser.context.pages()[0] ?? (await browser.context.newPage())
    await opened.setViewportSize({ width: 1280, height: 720 })
    await opened.goto(`${url}/kiosk?lang=en`)
    return opened
  }
  const wallFrame = (): Frame | undefined => page.frames().find((frame) => /^[^?]*\/wall(?:\?|$)/.test(frame.url()))

  /** How many of each severity wait, the worst first, by a wall that says that it is live, of the build that is served. */
  const shown = async (): Promise<string | null> => {
    const read = wallFrame()?.evaluate((expected) => {
      const loaded = document.querySelector('meta[name=jitasa-build]')?.getAttribute('content')
      if (expected !== undefined && loaded !== expected) return `the build ${loaded}`
      const said = [...document.querySelectorAll('.wall[data-freshness=live] .waiting-list > li')]
      return said.map((line) => line.querySelector('.num')?.textContent?.trim()).join(' ') || null
    }, build)
    // A frame that goes while it is asked has nothing to say; one that hangs never says it.
    return Promise.race([
      Promise.resolve(read).then(
        (text) => text ?? null,
        () => null,
      ),
      wait(1_000).then(() => null),
    ])
  }
  /** A wall of the nation shows its numbers to anybody: only its cookie says that it is still this screen. */
  const isScreen = async () => (await browser.context.cookies()).some(({ name }) => name.endsWith('session_token'))
  async function right(): Promise<number> {
    const began = Date.now()
    for (;;) {
      const { rows } = await database.pool.query<{ counts: string }>(
        `select string_agg(count::text, ' ' order by rank) as counts from
           (select rank, (select count(*) from cases where severity = name and care_place = 'waiting')
            from unnest(array['red', 'yellow', 'green', 'unknown']) with ordinality as of (name, rank)) as each`,
      )
      const said = await shown()
      if (said === rows[0]?.counts && (await isScreen())) return Date.now() - began
      if (Date.now() - began > rightMsMax) {
        const silent = () => wait(1_000).then(() => 'it does not answer')
        const text = wallFrame()?.evaluate(
          () => `${document.querySelector('.wall')?.getAttribute('data-freshness')}: ${document.body.textContent}`,
        )
        const seen = await Promise.race([text?.catch(String), silent()])
        const kiosk = await Promise.race([page.evaluate(() => document.body.innerHTML).catch(String), silent()])
        throw new Error(
          `the wall says ${said}, SQL ${rows[0]?.counts}: ${page.frames().map((frame) => frame.url())}\nwall: ${seen}\nkiosk: ${kiosk}`,
        )
      }
      await wait(LOOK_EVERY_MS)
    }
  }
  /** The one hand that a new screen needs: somebody in charge types the code that it shows. */
  async function pair(): Promise<void> {
    page = await openKiosk()
    const code = page.frameLocator('iframe').locator('.screen-code', { hasText: /^[A-Z0-9-]{6,}$/ })
    const text = await code.textContent({ timeout: rightMsMax })
    const office = await request.newContext({ baseURL: url, extraHTTPHeaders: { origin: url } })
    try {
      await office.post('/api/auth/sign-in', { data: { login: 'admin', password: PASSWORD } })
      const approved = await office.post('/api/screens', { data: { code: text, name: 'Screen 1', area: 'TH' } })
      if (!approved.ok()) throw new Error(`the screen was not approved: ${await approved.text()}`)
    } finally {
      await office.dispose()
    }
  }
  /** Something happens that the wall cannot have shown before. */
  async function happen(): Promise<void> {
    reds = (reds % CASES) + 1
    await database.pool.query(
      `update cases set severity = case when id in (select id from cases order by id limit $1) then 'red' else 'green' end`,
      [reds],
    )
  }
  let clockWrongMs = -TWO_HOURS_MS
  /** Each ends when the fault is over: when the browser, the network or the hub is there again, the build on the disk. */
  const faults: Readonly<Record<WallFault, () => Promise<unknown>>> = {
    async power() {
      await browser.kill()
      await happen()
      browser = await profile.start()
      page = await openKiosk()
    },
    async network() {
      wire.cut(true)
      await happen()
      await wait(AWAY_MS)
      wire.cut(false)
    },
    async pass() {
      await browser.context.clearCookies({ name: /pass/ })
      wire.cut(true)
      await happen()
      wire.cut(false)
    },
    /** All of them, also those that name the screen. */
    async cookies() {
      await browser.context.clearCookies()
      wire.cut(true)
      await happen()
      wire.cut(false)
    },
    async hub() {
      await hub.kill('SIGKILL')
      await happen()
      hub = await startProduction(database, { PORT: String(hub.port) }, SECRET, root)
    },
    async frozen() {
      await wallFrame()?.evaluate(() => {
        setTimeout(() => {
          for (;;);
        })
      })
      await happen()
    },
    async build() {
      const index = path.join(root, 'dashboard/dist/index.html')
      const html = await readFile(index, 'utf8')
      const before = /name="jitasa-build" content="([0-9a-f]+)"/.exec(html)?.[1]
      if (before === undefined) throw new Error('the dashboard has no build')
      const after = Date.now().toString(16).padStart(before.length, '0').slice(-before.length)
      for (const packed of ['.br', '.gz']) await rm(`${index}${packed}`, { force: true })
      await writeFile(`${index}.new`, html.replace(before, after))
      await cp(`${index}.new`, index)
      await happen()
      build = after
    },
    /** The device's clock goes wrong, and the screen is switched on anew. */
    async clock() {
      clockWrongMs = -clockWrongMs
      await page.addInitScript((ms) => {
        const clock = window as unknown as { rightNow?: () => number }
        clock.rightNow ??= Date.now.bind(Date)
        const { rightNow } = clock
        Date.now = () => rightNow() + ms
        const origin = Date.now() - performance.now()
        Object.defineProperty(performance, 'timeOrigin', { get: () => origin, configurable: true })
      }, clockWrongMs)
      await happen()
      await page.reload()
    },
  }
  const stop = async (): Promise<void> => {
    await browser.kill()
    await profile.remove()
    await wire.stop()
    await hub.kill('SIGKILL')
    await database.drop()
    await rm(root, { recursive: true, force: true })
  }
  try {
    await pair()
    await right()
    // A browser that ends well has its cookies on the disk; else they are there half a minute later.
    await browser.end()
    browser = await profile.start()
    page = await openKiosk()
    await right()
  } catch (error) {
    await stop()
    throw error
  }
  return {
    async suffer(fault) {
      await faults[fault]()
      return right()
    },
    stop,
  }
}
