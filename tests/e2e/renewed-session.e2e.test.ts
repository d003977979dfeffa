import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { PASSWORD } from '../support/accounts.ts'
import { openCases } from '../support/case-hub.ts'
import { productionForFile } from '../support/for-file.ts'
import { makeCasePeople, pageOf } from './case-people.ts'

/** Drawing on shared cores without a GPU. */
const PAINTED = { timeout: 20_000 }
const DRAFT = 'the door is behind the temple'

const { database, hub, browser, made } = await productionForFile({
  fill: async (database) => {
    await database.pool.query(`update operation set kind = 'drill', title_en = 'Drill', title_th = 'ฝึกซ้อม'`)
    await database.pool.query('update sign_in_settings set in_drill = true')
    await makeCasePeople(database)
    return { made: await openCases(database, 2) }
  },
})

const need = (page: Page, i: number) => page.locator(`[data-need="${made[i]?.need}"]`)
const tokenOf = async (page: Page) =>
  (await page.context().cookies()).find(({ name }) => name.endsWith('session_token'))?.value

it('who proves in one tab that it is them goes on in the other: no sign-out, the draft and the link are there, a write goes through', async () => {
  const writing = await pageOf(browser, hub.url, 'rescue-1')
  const closes: number[] = []
  await writing.exposeFunction('noteClose', (code: number) => closes.push(code))
  await writing.addInitScript(() => {
    const Real = WebSocket
    window.WebSocket = class extends Real {
      constructor(...given: ConstructorParameters<typeof Real>) {
        super(...given)
        this.addEventListener(
          'close',
          ({ code }) => void (window as never as { noteClose(code: number): void }).noteClose(code),
        )
      }
    }
  })
  await writing.goto(`${hub.url}/case/${made[0]?.case}?lang=en`)
  await need(writing, 0).locator('[data-move=claim]').click()
  await need(writing, 0).locator('[data-move=release]').waitFor(PAINTED)
  const note = writing.locator('textarea').first()
  await note.fill(DRAFT)

  const proving = await writing.context().newPage()
  await database.pool.query(`update account_sessions set proven_at = now() - interval '11 minutes'`)
  await proving.goto(`${hub.url}/account?lang=en`)
  await pageOf(browser, hub.url, 'rescue-1')
  await proving.reload()
  await proving.getByRole('button', { name: 'End all others' }).click(PAINTED)
  await proving.getByText('Is it still you?').waitFor(PAINTED)
  await proving.locator('input[name=proof]').fill(PASSWORD)
  const before = await tokenOf(writing)
  // The other tab writes while the proof is under way, and again with the new token.
  await Promise.all([
    proving.getByRole('button', { name: 'Go on', exact: true }).dblclick(),
    writing.locator('[data-result=reached]').click(),
  ])
  await proving.getByText('Is it still you?').waitFor({ state: 'detached', ...PAINTED })
  await expect.poll(() => tokenOf(writing), PAINTED).not.toBe(before)
  // Once, or twice where it came back before its browser had the new token; never signed out.
  await expect.poll(() => [...new Set(closes)], PAINTED).toEqual([4003])
  const noted = async () =>
    (await database.pool.query(`select count(*)::int as n from contacts where case_id = $1`, [made[0]?.case])).rows[0]
  await expect.poll(noted, PAINTED).toEqual({ n: 1 })
  await note.fill(`${DRAFT} again`)
  // What is done elsewhere comes over the link, which has come back by itself, with the rights of before.
  await writing.locator('main.case[data-freshness=live]').waitFor(PAINTED)
  // Whoever has given the case back notes no contact any more: the draft is looked at before.
  expect(await note.inputValue()).toBe(`${DRAFT} again`)
  await proving.goto(`${hub.url}/case/${made[0]?.case}?lang=en`)
  await need(proving, 0).locator('[data-move=release]').click(PAINTED)
  await need(writing, 0).locator('[data-move=claim]').waitFor(PAINTED)
  expect(new URL(writing.url()).pathname).toBe(`/case/${made[0]?.case}`)
  await writing.reload()
  await need(writing, 0).locator('[data-move=claim]').waitFor(PAINTED)
  expect(new URL(writing.url()).pathname, 'still signed in').toBe(`/case/${made[0]?.case}`)
})
