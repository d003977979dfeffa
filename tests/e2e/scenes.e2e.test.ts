import type { Page } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import { productionForFile } from '../support/for-file.ts'
import { makeDeskAccount, signedInPage } from './desk-accounts.ts'

const PAINTED = { timeout: 20_000 }
/** A screen asks what to play twice a minute. */
const ASKED = { timeout: 60_000 }
const WALL = { width: 1920, height: 1080 }

let admin: Page
let wall: Page

const { hub, browser, database, screen } = await productionForFile({
  fill: async (db) => {
    await makeDeskAccount(db, 'admin', 'administrator', ['TH'])
    return { screen: await makeDeskAccount(db, 'screen', 'screen', ['50']) }
  },
})

beforeAll(async () => {
  admin = await signedInPage(browser, hub.url, 'admin')
  wall = await signedInPage(browser, hub.url, 'screen', undefined, WALL)
})

const shows = (kind: 'nation' | 'province') => wall.locator(`.wall[data-subject=${kind}][data-freshness=live]`)
const note = () => wall.locator('.scene-note')
const scenes = (list: readonly object[]) =>
  admin.request.put(`${hub.url}/api/screens/${screen}/scenes`, { data: { scenes: list }, headers: { origin: hub.url } })
const scene = (place: string, seconds = 3600) => ({ place, view: 'situation', seconds, hours: null })

it('an administrator writes what a screen plays, in the order it is to be played', async () => {
  await admin.goto(`${hub.url}/admin/screens?lang=en`)
  await admin.getByRole('row', { name: 'T screen' }).getByRole('button', { name: 'Scenes' }).click()
  const dialog = admin.getByRole('dialog')
  for (const _ of [1, 2]) await dialog.getByRole('button', { name: 'Add a scene' }).click()
  const first = dialog.getByRole('group', { name: 'Scene 1' })
  const second = dialog.getByRole('group', { name: 'Scene 2' })
  await second.getByLabel('Place').selectOption('nation')
  await second.getByLabel('Seconds').fill('2')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await second.getByText('A whole number from 5 to 3,600.').waitFor(PAINTED)
  await second.getByLabel('Seconds').fill('5')
  await second.getByRole('button', { name: 'Move scene 2 up' }).press('Enter')
  await expect.poll(() => first.getByLabel('Place').inputValue(), PAINTED).toBe('nation')
  await second.getByLabel('Seconds').fill('6')
  expect(await second.getByRole('link', { name: 'Look at it' }).getAttribute('href')).toBe('/wall/50')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'hidden', ...PAINTED })
  const { rows } = await database.pool.query('select place, seconds from screen_scenes order by rank')
  expect(rows).toEqual([
    { place: 'TH', seconds: 5 },
    { place: '50', seconds: 6 },
  ])
})

it('the wall plays them by itself; from one to the next there is always a wall, and no skeleton', async () => {
  await wall.goto(`${hub.url}/wall/50?lang=en`)
  await shows('nation').waitFor(PAINTED)
  await expect.poll(() => note().textContent(), PAINTED).toContain('1 of 2')
  await wall.evaluate(() => {
    const seen = { gaps: [] as string[], walls: new Set<string>() }
    Object.assign(window, { seen })
    const look = () => {
      const shown = document.querySelector<HTMLElement>('.wall')
      const skeleton = document.querySelector('.page-skeleton')
      if (!shown || skeleton) seen.gaps.push(String(skeleton?.parentElement?.className))
      else seen.walls.add(String(shown.dataset.subject))
      requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
  for (const kind of ['province', 'nation', 'province'] as const) await shows(kind).waitFor(PAINTED)
  expect(
    await wall.evaluate(() => {
      const { gaps, walls } = (window as unknown as { seen: { gaps: string[]; walls: Set<string> } }).seen
      return { gaps, walls: [...walls].sort() }
    }),
  ).toEqual({ gaps: [], walls: ['nation', 'province'] })
  expect(new URL(wall.url()).pathname, 'the address stays that of the screen').toBe('/wall/50')
})

it('a key holds the scene, keys go on and back, and the wall says where it is', async () => {
  await scenes([scene('50'), scene('TH')])
  await wall.reload()
  await shows('province').waitFor(PAINTED)
  await expect.poll(() => note().textContent(), PAINTED).toContain('1 of 2')
  await wall.keyboard.press('ArrowRight')
  await shows('nation').waitFor(PAINTED)
  await wall.keyboard.press('Space')
  await wall.locator('.scene-note[data-paused=true]', { hasText: '2 of 2 · paused' }).waitFor(PAINTED)
  await wall.keyboard.press('MediaTrackPrevious')
  await shows('province').waitFor(PAINTED)
  await wall.locator('.scene-note', { hasText: '1 of 2 · paused' }).waitFor(PAINTED)
  await wall.keyboard.press('Enter')
  await wall.locator('.scene-note[data-paused=false]').waitFor(PAINTED)
})

it('an administrator sends it to a scene of its list from afar, and sees that it is there', async () => {
  await scenes([scene('50'), scene('TH')])
  await wall.reload()
  await wall.locator('.scene-note', { hasText: '1 of 2' }).waitFor(PAINTED)
  await admin.goto(`${hub.url}/admin/screens?lang=en`)
  const row = admin.getByRole('row', { name: 'T screen' })
  await row.getByRole('button', { name: 'Scenes' }).click()
  const dialog = admin.getByRole('dialog')
  const second = dialog.getByRole('group', { name: 'Scene 2' })
  await second.getByRole('button', { name: 'Show it now' }).click()
  await shows('nation').waitFor(PAINTED)
  await wall.locator('.scene-note', { hasText: '2 of 2' }).waitFor(PAINTED)
  await second.getByLabel('View').selectOption('vaccination')
  expect(await second.getByRole('button', { name: 'Show it now' }).isDisabled(), 'it is not saved yet').toBe(true)
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await row.getByText('Scene TH: on the screen').waitFor(PAINTED)
})

it('an alert of its area holds the screen on that area and says why; a key goes on', async () => {
  await scenes([scene('TH')])
  await wall.reload()
  await shows('nation').waitFor(PAINTED)
  await database.pool.query(
    `with made as (
       insert into cases (district, report_day, severity, source, on_board, reported_at)
       select '5001', day, 'red', 'volunteer', true, now() - interval '5 hours' from operation returning id, district, reported_at
     ) insert into needs (case_id, district, kind, opened_at) select id, district, 'bed', reported_at from made`,
  )
  await wall
    .locator('.scene-note', { hasText: 'held for an alert: A red patient has waited for an hour' })
    .waitFor(ASKED)
  await shows('province').waitFor(PAINTED)
  await wall.keyboard.press('ArrowRight')
  await shows('nation').waitFor(PAINTED)
})

it('a scene that its screen may not show any more is passed over, and named; the rest plays', async () => {
  await scenes([scene('50'), scene('TH')])
  const moved = await admin.request.put(`${hub.url}/api/screens/${screen}/area`, {
    data: { area: '51' },
    headers: { origin: hub.url },
  })
  expect(moved.status()).toBe(204)
  await wall.waitForURL('**/wall/51?lang=en', ASKED)
  await wall.locator('.scene-note', { hasText: 'scene 1 (50) is passed over: not for this screen' }).waitFor(ASKED)
  await shows('nation').waitFor(PAINTED)
})

it('without scenes it shows the wall of its area; a person who opens a wall sees what the address says', async () => {
  await scenes([])
  await wall.reload()
  await shows('province').waitFor(PAINTED)
  expect(await note().count()).toBe(0)
  await admin.goto(`${hub.url}/wall?lang=en`)
  await admin.locator('.wall[data-subject=nation]').waitFor(PAINTED)
  expect(await admin.locator('.scene-note').count()).toBe(0)
})
