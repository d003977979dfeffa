import type { BrowserContext, Page } from 'playwright-core'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { createTestAccounts } from '../support/accounts.ts'
import { openCases } from '../support/case-hub.ts'
import { systemForFile } from '../support/for-file.ts'
import { peopleIn } from '../support/people.ts'
import { crashTab, enterRecord, keptForOffline, recordRequest, signInHere, unsent } from '../support/record-page.ts'
import { createThumb } from '../support/thumb.ts'

let signedIn: Awaited<ReturnType<BrowserContext['storageState']>>
let context: BrowserContext
let page: Page

const { system, browser } = await systemForFile()

beforeAll(async () => {
  await system.database.pool.query(
    `insert into facilities (code, district, kind, name_th, name_en, lat, lon)
     values ('e2e-dose', '5001', 'vaccination', 'จุดฉีดทดสอบ', 'Test site of doses', 18.79, 98.98)`,
  )
  const listed = async () => (await fetch(`${system.url}/api/sites?area=50`)).text()
  await vi.waitFor(async () => expect(await listed()).toContain('Test site of doses'), {
    timeout: 30_000,
    interval: 500,
  })
  await createTestAccounts(
    system.database,
    ['anan', 'boon', 'chai'].map((username) => ({
      username,
      role: 'volunteer',
      areas: ['5001'],
      label: `VHV ${username}`,
    })),
  )
  // One sign-in for all: an address may try only so often in a minute.
  const first = await browser.newContext()
  await enterRecord(await first.newPage(), system.url, 'anan')
  signedIn = await first.storageState()
  await first.close()
})

beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 390, height: 844 }, storageState: signedIn })
  page = await context.newPage()
  await page.goto(`${system.url}/record?lang=en`)
  await page.locator('.record-kinds').waitFor()
  await keptForOffline(page)
})

afterEach(() => context.close())

const count = async (sql: string): Promise<number> => {
  const { rows } = await system.database.pool.query<{ n: number }>(`select count(*)::int as n from ${sql}`)
  return rows[0]?.n ?? 0
}
const named = async (name: string) => (await peopleIn(system.database.pool)).filter((one) => one.full_name === name)
const save = () => page.locator('.record-actions button[type=submit]').click()
const newest = () => page.locator('.queue-line').first()
const becomes = (state: string) => page.locator(`.queue-line[data-state=${state}]`).first().waitFor()

describe('the five records', () => {
  it.each([
    ['patient', 'cases', async () => page.getByLabel('Name', { exact: true }).fill('Patient')],
    ['vulnerable', 'vulnerable', async () => page.locator('input[value=age60]').check()],
    ['test', 'tests', async () => page.locator('input[value=negative]').check()],
    ['dose', 'vaccinations', async () => page.locator('input[value="2"]').first().check()],
  ] as const)('%s: one thing to fill in, one row', async (kind, table, fill) => {
    const before = await count(table)
    await page.locator(`a[href="/record/${kind}"]`).click()
    await fill()
    await save()
    await becomes('saved')
    expect(await count(table)).toBe(before + 1)
  })
})

it('a whole request takes under a minute on a phone: few touches, one screen to move', async () => {
  const thumb = createThumb(page)
  const word = (name: string) => page.getByLabel(name, { exact: true })
  await thumb.touch(page.locator('a[href="/record/request"]'))
  await thumb.touch(page.locator('label', { has: page.locator('input[value=oxygen]') }))
  await thumb.touch(page.locator('label', { has: page.locator('input[value=food]') }))
  await thumb.type(word('Name'), 'สมหญิง ทดสอบ')
  await thumb.type(word('Phone'), '0815550299')
  await thumb.type(word('Age (years)'), '68')
  await thumb.touch(page.locator('.record-actions button[type=submit]'))
  await becomes('saved')
  const figures = thumb.figures()
  console.info('a request recorded on a phone', figures)
  expect((await named('สมหญิง ทดสอบ')).map(({ phone }) => phone)).toEqual(['+66815550299'])
  expect(figures.touches).toBeLessThanOrEqual(8)
  expect(figures.swipes).toBeLessThanOrEqual(2)
  expect(figures.personMs + figures.machineMs).toBeLessThan(60_000)
})

describe('likely duplicates', () => {
  it('are shown before saving; saved all the same, the list asks to look at them', async () => {
    const fill = async () => {
      await page.locator('a[href="/record/request"]').click()
      await page.locator('input[value=oxygen]').check()
      await page.locator('[data-field=phone] input').fill('081 555 0201')
      await save()
    }
    await fill()
    await becomes('saved')
    await fill()
    await page.getByText('Same phone').waitFor()
    const before = await count('cases')
    await page.getByRole('button', { name: 'Another person: save' }).click()
    await becomes('conflict')
    expect(await count('cases')).toBe(before + 1)
    await page.getByRole('button', { name: 'Seen' }).click()
    await page.locator('.queue-line[data-state=conflict]').waitFor({ state: 'detached' })
  })
})

describe('a form that is not saved', () => {
  const drafts = () => page.locator('.draft-line')
  const begin = async (name: string) => {
    await page.locator('a[href="/record/patient"]').click()
    await page.getByLabel('Name', { exact: true }).fill(name)
    await page.getByLabel('Age (years)').fill('71')
  }
  /** The form stands on the disk, sealed: one, and nothing is being written to it any more. */
  const onDisk = (name: string) =>
    expect
      .poll(
        async () => {
          const before = JSON.stringify(await page.evaluate(readDrafts))
          await page.waitForTimeout(200)
          const after = await page.evaluate(readDrafts)
          return after.length === 1 && JSON.stringify(after) === before && !before.includes(name)
        },
        { timeout: 10_000 },
      )
      .toBe(true)
  const comeBack = async () => {
    await crashTab(page)
    page = await context.newPage()
    await page.goto(`${system.url}/record?lang=en`)
    await page.locator('.record-kinds').waitFor()
  }

  it('comes back after the tab has died, says so, and is saved once', async () => {
    await begin('Half-way')
    await onDisk('Half-way')
    await comeBack()
    expect(await drafts().textContent()).toContain('Half-way')
    await drafts().getByRole('button', { name: 'Continue' }).click()
    await page.getByText('This form was not saved').waitFor()
    expect(await page.getByLabel('Age (years)').inputValue()).toBe('71')
    await save()
    await becomes('saved')
    expect(await named('Half-way')).toHaveLength(1)
    expect(await page.evaluate(readDrafts)).toEqual([])
    await page.locator('a[href="/record/patient"]').click()
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('')
  })

  it('is on the disk while the hub is asked for duplicates: the tab that dies then loses nothing', async () => {
    const asked = new Promise<void>((resolve) => {
      void page.route('**/api/record/duplicates', () => resolve())
    })
    await begin('Pressed save')
    await save()
    await asked
    await comeBack()
    await drafts().getByRole('button', { name: 'Continue' }).click()
    await save()
    await becomes('saved')
    expect(await named('Pressed save')).toHaveLength(1)
  })

  it('is left with Back and waits in the list, and is discarded there or in the form', async () => {
    await begin('Left')
    await page.getByRole('button', { name: 'Back' }).click()
    await drafts().getByRole('button', { name: 'Discard' }).click()
    await page.getByRole('alertdialog').or(page.getByRole('dialog')).getByRole('button', { name: 'Discard' }).click()
    await drafts().waitFor({ state: 'detached' })
    await begin('Left again')
    await page.getByRole('button', { name: 'Back' }).click()
    await drafts().getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('button', { name: 'Empty the form' }).click()
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('')
    await page.getByRole('button', { name: 'Back' }).click()
    await page.locator('.record-kinds').waitFor()
    await expect.poll(() => drafts().count()).toBe(0)
    expect((await peopleIn(system.database.pool)).filter(({ full_name }) => full_name?.startsWith('Left'))).toEqual([])
  })

  it('is nobody else’s: another account on the same phone sees nothing of it', async () => {
    await begin('Of anan')
    await onDisk('Of anan')
    await context.clearCookies()
    await enterRecord(page, system.url, 'boon')
    expect(await drafts().count()).toBe(0)
    await page.locator('a[href="/record/patient"]').click()
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('')
  })
})

/** The way out stands in the head's menu. */
async function signOutHere(): Promise<void> {
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.locator('.record-sign-out').click()
}

describe('without a network', () => {
  it('pages open, records wait, and go out when it is back', async () => {
    await context.setOffline(true)
    await page.reload()
    await page.locator('.record-kinds').waitFor()
    await recordRequest(page, 'Without network')
    expect(await newest().getAttribute('data-state')).toBe('waiting')
    expect(await unsent(page)).toBe(1)
    await context.setOffline(false)
    await becomes('saved')
    expect(await named('Without network')).toHaveLength(1)
  })

  it('the mark of the drill stands after a reload without a network', async () => {
    const { rows } = await system.database.pool.query<{ kind: string }>('select kind from operation')
    await system.database.pool.query(`update operation set kind = 'drill'`)
    await expect
      .poll(async () => {
        await page.reload()
        await page.locator('.record-kinds').waitFor()
        return page.locator('.form-exercise').count()
      })
      .toBe(1)
    await context.setOffline(true)
    await page.reload()
    await page.locator('.record-kinds').waitFor()
    await page.locator('.form-exercise').waitFor()
    await context.setOffline(false)
    await system.database.pool.query('update operation set kind = $1', [rows[0]?.kind])
  })

  it('signing out with a claim that runs on says so first', async () => {
    const [made] = await openCases(system.database, 1, { district: '5001' })
    const claimed = await context.request.post(`${system.url}/api/needs/${made?.need}/claim`, {
      data: {},
      headers: { 'idempotency-key': crypto.randomUUID() },
    })
    expect(claimed.status()).toBe(200)
    await signOutHere()
    await page.getByText('Claims that run on: 1.').waitFor()
    await page.getByRole('button', { name: 'Stay signed in' }).click()
    await page.locator('.record-kinds').waitFor()
    await system.database.pool.query('update needs set lease_until = now() where id = $1', [made?.need])
  })

  it('a record that was sent shows its number, and leads to its case', async () => {
    await recordRequest(page, 'With a number')
    await becomes('saved')
    const { rows } = await system.database.pool.query<{ id: number }>('select max(id)::int as id from cases')
    expect(await newest().locator('[data-case]').getAttribute('href')).toBe(`/case/${rows[0]?.id}`)
  })

  it('signing out warns, counts records and drafts, and leaves no name on the disk of the phone', async () => {
    await context.clearCookies()
    await enterRecord(page, system.url, 'chai')
    await page.route('**/api/record/batch', (route) => route.abort())
    await recordRequest(page, 'Left behind')
    await page.locator('a[href="/record/patient"]').click()
    await page.getByLabel('Name', { exact: true }).fill('Half written')
    await expect.poll(() => page.evaluate(readDrafts).then((drafts) => drafts.length)).toBe(1)
    expect(JSON.stringify(await page.evaluate(readDrafts)), 'sealed').not.toContain('Half written')
    await page.goto(`${system.url}/record?lang=en`)
    const account = await page.evaluate(() => JSON.parse(localStorage.getItem('jitasa.record.account') ?? '{}').id)
    expect(await page.evaluate((id) => localStorage.getItem(`jitasa.record.key.${id}`), account)).not.toBeNull()
    await signOutHere()
    await page.getByText('Not sent yet: 1 records. Begun and not saved: 1 forms.').waitFor()
    await page.getByRole('button', { name: 'Delete them and sign out' }).click()
    await page.locator('input[name=password]').waitFor()
    await page.unroute('**/api/record/batch')
    expect(await page.evaluate(readDrafts)).toEqual([])
    expect(await page.evaluate((id) => localStorage.getItem(`jitasa.record.key.${id}`), account)).toBeNull()

    await signInHere(page, 'boon')
    await recordRequest(page, 'Of the other')
    await becomes('saved')
    expect(await page.locator('.queue-line').count()).toBe(1)
    expect(await page.locator('body').textContent()).not.toContain('Left behind')
    expect(await named('Left behind')).toHaveLength(0)

    await signOutHere()
    await signInHere(page, 'chai')
    expect(await page.locator('.queue-line').count(), 'nor anything to come back to').toBe(0)
    expect(await named('Left behind')).toHaveLength(0)
  })

  it('a session that has ended: the record waits, and goes out after signing in again', async () => {
    await context.clearCookies()
    await recordRequest(page, 'Session ended')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await signInHere(page, 'anan')
    await becomes('saved')
    expect(await named('Session ended')).toHaveLength(1)
  })

  it('a record the hub refuses says why, and is corrected and sent', async () => {
    // The form knows the hub's rules by now: the refusal is of a hub whose rules are newer.
    await page.route('**/api/record/batch', (route) => {
      const { records } = route.request().postDataJSON() as { records: { key: string }[] }
      const error = { code: 'invalid_input', message: 'Please check what you filled in.', details: [] }
      return route.fulfill({ json: { results: records.map(({ key }) => ({ key, status: 400, body: null, error })) } })
    })
    await page.locator('a[href="/record/request"]').click()
    await page.locator('input[value=food]').check()
    await page.getByLabel('Phone', { exact: true }).fill('000 000 000')
    await save()
    await page.getByText('This is not a phone number').first().waitFor()
    await page.getByLabel('Phone', { exact: true }).fill('081 555 0209')
    await save()
    await page.locator('.record-kinds').waitFor()
    await becomes('refused')
    await page.unroute('**/api/record/batch')
    await page.getByRole('button', { name: 'Correct and send' }).click()
    await page.getByLabel('Phone', { exact: true }).fill('081 555 0203')
    await save()
    await becomes('saved')
    expect(await page.locator('.queue-line[data-state=refused]').count()).toBe(0)
    expect((await peopleIn(system.database.pool)).filter(({ phone }) => phone === '+66815550203')).toHaveLength(1)
  })
})

it('a dose recorded offline for a site that was closed before is kept, says so, and is sent without it', async () => {
  await page.locator('a[href="/record/dose"]').click()
  await page.locator('select[name=site] option', { hasText: 'Test site of doses' }).waitFor({ state: 'attached' })
  await context.setOffline(true)
  await page.locator('input[value="2"]').first().check()
  await page.locator('select[name=site]').selectOption({ label: 'Test site of doses' })
  await save()
  await becomes('waiting')
  await system.database.pool.query(
    `update facilities set active = false, closed_at = now() - interval '2 hours' where code = 'e2e-dose'`,
  )
  const before = await count('vaccinations')
  await context.setOffline(false)
  await becomes('refused')
  await newest().getByText('Nothing is lost').waitFor()
  expect(await count('vaccinations')).toBe(before)
  await newest().getByRole('button', { name: 'Correct and send' }).click()
  expect(await page.locator('input[value="2"]').first().isChecked()).toBe(true)
  await save()
  await becomes('saved')
  expect(await count('vaccinations where facility_id is null')).toBeGreaterThan(0)
  expect(await count('vaccinations')).toBe(before + 1)
})

it('no answer of the API with personal data is kept in a cache', async () => {
  const kept = await page.evaluate(async () => {
    const urls: string[] = []
    for (const name of await caches.keys()) {
      for (const request of await (await caches.open(name)).keys()) urls.push(new URL(request.url).pathname)
    }
    return urls
  })
  expect(kept).toContain('/record')
  const PUBLIC = ['/api/areas', '/api/sites']
  expect(kept.filter((path) => path.startsWith('/api/') && !PUBLIC.includes(path))).toEqual([])
})

/** What of forms stands on the disk of this phone, of all accounts. */
function readDrafts(): Promise<unknown[]> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('jitasa-record')
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const asking = opening.result.transaction('drafts').objectStore('drafts').getAll()
      asking.onerror = () => reject(asking.error)
      asking.onsuccess = () => {
        opening.result.close()
        resolve(asking.result)
      }
    }
  })
}
