import path from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import { graveFaults } from '../support/axe.ts'
import { openCases } from '../support/case-hub.ts'
import { productionForFile } from '../support/for-file.ts'
import { makeDeskAccount, makeFacility, signedInPage } from './desk-accounts.ts'

const PAINTED = { timeout: 20_000 }
const PHONE = { width: 390, height: 844 }
/** For somebody to look at; nothing is compared. */
const SHOTS = process.env.SHOTS

let origin: Page
let receiver: Page

const { database, hub, browser, there } = await productionForFile({
  fill: async (database) => {
    await database.pool.query(`update operation set kind = 'drill', title_en = 'Drill', title_th = 'ฝึกซ้อม'`)
    const home = await makeFacility(database, 'Home', '5001')
    await database.pool.query(`update beds set available = 0, occupied = staffed where facility_id = $1`, [home])
    const there = await makeFacility(database, 'There', '5101')
    await makeDeskAccount(database, 'origin', 'bed_coordinator', ['50'])
    await makeDeskAccount(database, 'receiver', 'bed_coordinator', ['51'])
    return { there }
  },
})

beforeAll(async () => {
  origin = await signedInPage(browser, hub.url, 'origin')
  receiver = await signedInPage(browser, hub.url, 'receiver', undefined, PHONE)
})

const shot = async (page: Page, name: string) => {
  if (SHOTS) await page.screenshot({ path: path.join(SHOTS, `${name}.png`), fullPage: true })
}
const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)

async function redCase(): Promise<number> {
  const [one] = await openCases(database, 1, { severity: 'red' })
  if (one === undefined) throw new Error('no case was made')
  return one.case
}

/** The coordinator at home asks for the bed in the next province. */
async function askAcross(): Promise<number> {
  const id = await redCase()
  await origin.goto(`${hub.url}/beds?lang=en`)
  const card = origin.locator(`[data-stage=waiting] [data-case="${id}"]`)
  await card.locator('[data-blocker=full]').waitFor(PAINTED)
  await card.getByText('Hospital There (Lamphun)').waitFor(PAINTED)
  await shot(origin, 'across-waiting-1280')
  await card.locator(`[data-ask-elsewhere="${there}"]`).click()
  await card.waitFor({ state: 'detached', ...PAINTED })
  return id
}

it('a bed in the next province is asked for, agreed to there, and held, before the eyes of both', async () => {
  await receiver.goto(`${hub.url}/beds?lang=th`)
  await receiver.locator('[data-tab=toAccept][data-count="0"]').waitFor(PAINTED)
  const id = await askAcross()
  await receiver.locator('[data-tab=toAccept][data-count="1"]').waitFor(PAINTED)
  await receiver.locator('[data-tab=toAccept]').click()
  const there51 = receiver.locator(`[data-stage=toAccept] [data-case="${id}"]`)
  await expect.poll(() => there51.locator('select[name=facility]').inputValue(), PAINTED).toBe(String(there))
  // The number and the level, and no way to the person.
  expect(await there51.locator('a').count()).toBe(0)
  expect(await there51.locator('.severity-badge').count()).toBe(0)
  await shot(receiver, 'across-agree-390-th')
  expect(await overflow(receiver)).toBe(0)
  expect(await graveFaults(receiver)).toEqual([])

  await origin.goto(`${hub.url}/beds?lang=en&tab=asked`)
  const asked = origin.locator(`[data-stage=asked] [data-case="${id}"]`)
  await asked.locator('[data-agrees="51"]').getByText('Lamphun').waitFor(PAINTED)
  expect(await asked.locator('[data-step=approve]').count()).toBe(0)
  await shot(origin, 'across-asked-1280')

  await there51.locator('[data-step=agree]').click()
  await asked.waitFor({ state: 'detached', ...PAINTED })
  await origin.locator('[data-tab=toAccept][data-count="1"]').waitFor(PAINTED)
  await there51.locator('[data-step=accept]').click()
  await origin.locator('[data-tab=held]').click()
  await origin.locator(`[data-stage=held] [data-case="${id}"]`).getByText('Hospital There (Lamphun)').waitFor(PAINTED)
  await origin.locator(`[data-stage=held] [data-case="${id}"] [data-step=transport]`).waitFor(PAINTED)
})

it('who cannot take the patient says why, and the coordinator at home reads it', async () => {
  const id = await askAcross()
  await receiver.goto(`${hub.url}/beds?lang=en&tab=toAccept`)
  const card = receiver.locator(`[data-stage=toAccept] [data-case="${id}"]`)
  await card.locator('[data-step=decline]').click()
  await receiver.locator('[data-reason=no_staff]').click()
  await card.waitFor({ state: 'detached', ...PAINTED })
  const home = origin.locator(`[data-stage=waiting] [data-case="${id}"]`)
  await home.getByText(/Hospital There \(Lamphun\) refused at \d\d:\d\d: No staff/).waitFor(PAINTED)
})

it('a round over the health region proposes beds of the next province', async () => {
  const id = await redCase()
  await origin.goto(`${hub.url}/beds?lang=en`)
  await origin.locator('select[name=propose-for]').selectOption('region')
  await origin.locator('[data-action=propose]').click()
  const proposal = origin.locator(`[data-proposal="${id}"]`)
  await proposal.getByText('Hospital There (Lamphun)').waitFor(PAINTED)
  await origin.getByText('Another province has to agree').waitFor()
  await shot(origin, 'across-region-1280')
  await proposal.getByRole('button').click()
  await proposal.waitFor({ state: 'detached', ...PAINTED })
  await receiver.locator(`[data-stage=toAccept] [data-case="${id}"]`).waitFor(PAINTED)
})
