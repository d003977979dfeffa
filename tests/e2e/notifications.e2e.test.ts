import { chromium, type Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { freePort } from '../../db/postgres/cluster.ts'
import { graveFaults } from '../support/axe.ts'
import { browserPath, FLAGS } from '../support/browser.ts'
import { openCases } from '../support/case-hub.ts'
import { forFile, productionForFile } from '../support/for-file.ts'
import { startMailServer } from '../support/mail-server.ts'
import { startPushService } from '../support/push-service.ts'
import { watchPages } from '../support/what-was-seen.ts'
import { makeDeskAccount, signedInPage } from './desk-accounts.ts'

/** Drawing on shared cores without a GPU, and a message that the hub sends when it next looks. */
const PAINTED = { timeout: 20_000 }
const PHONE = { width: 390, height: 844 }
const ADDRESS = 'rescue@mail.example'

const push = await forFile(async (add) => {
  const made = await startPushService()
  add(() => made.stop())
  return made
})
const mail = await forFile(async (add) => {
  const made = await startMailServer()
  add(() => made.stop())
  return made
})
const { database, hub, browser } = await productionForFile({
  fill: async (database) => {
    await makeDeskAccount(database, 'rescue', 'responder', ['50'])
    await makeDeskAccount(database, 'other', 'responder', ['50'])
    await makeDeskAccount(database, 'boss', 'administrator', ['TH'])
  },
  // The shell without a window has no notifications to show, and says that they are denied.
  openBrowser: async () => watchPages(await chromium.launch({ executablePath: browserPath(), args: FLAGS })),
  env: {
    PORT: String(await freePort()),
    PUSH_SERVICES: '127.0.0.1',
    SMTP_URL: mail.url,
    SMTP_FROM: 'jitasa@hub.example',
  },
})

/** Somebody's page, in a browser whose push service is the one of this test: a real one is in the internet. */
async function pageOf(name: string, device: string): Promise<Page> {
  const page = await signedInPage(browser, hub.url, name)
  await page.context().grantPermissions(['notifications'], { origin: hub.url })
  await page.addInitScript((subscription) => {
    PushManager.prototype.subscribe = async () =>
      ({ ...subscription, toJSON: () => subscription }) as unknown as PushSubscription
  }, push.subscribe(device))
  return page
}

it('push is switched on, mail confirmed, both arrive, and the device is removed: by keyboard, on a phone, in English', async () => {
  const page = await pageOf('rescue', 'phone')
  await page.setViewportSize(PHONE)
  await page.goto(`${hub.url}/notifications?lang=en`)
  await page.getByText('Push messages are off for this device.').waitFor(PAINTED)
  await page.getByRole('button', { name: 'Switch on' }).press('Enter')
  await page.getByText('Push messages are on for this device.').waitFor(PAINTED)
  await page.getByText('this device)').waitFor(PAINTED)
  expect(await page.getByLabel('A red need near me').isChecked()).toBe(true)

  await page.getByLabel('Mail address').fill(ADDRESS)
  await page.getByLabel('Mail address').press('Enter')
  await page.getByText(`A code is on its way to ${ADDRESS}`).waitFor(PAINTED)
  await page.getByLabel('Code from the mail').fill(await mail.codeFor(ADDRESS))
  await page.getByLabel('Code from the mail').press('Enter')
  await page.getByText(`Mail goes to ${ADDRESS}.`).waitFor(PAINTED)

  const [made] = await openCases(database, 1, { severity: 'red' })
  await expect
    .poll(() => push.received.map(({ message }) => message.body), PAINTED)
    .toEqual([`Case ${made?.case} · Mueang Chiang Mai`])
  expect(push.received[0]?.to).toBe('phone')
  await expect.poll(() => mail.received.at(-1)?.source, PAINTED).toContain(`/case/${made?.case}`)
  await page.getByRole('button', { name: 'Load again' }).click()
  await page.locator('.notifications-list li', { hasText: 'A red need near me' }).first().waitFor(PAINTED)

  expect(await graveFaults(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
  await page.getByRole('button', { name: /^Remove Chrome/ }).press('Enter')
  await page.getByText('No device is switched on.').waitFor(PAINTED)
  await page.getByText('Push messages are off for this device.').waitFor(PAINTED)
  await page.context().close()
})

it('a message that comes is shown with its text, and leads to the case', async () => {
  const page = await pageOf('rescue', 'shown')
  await page.goto(`${hub.url}/notifications?lang=en`)
  await page.getByRole('button', { name: 'Switch on' }).click(PAINTED)
  await page.getByText('Push messages are on for this device.').waitFor(PAINTED)
  const devtools = await page.context().newCDPSession(page)
  const worker = Promise.withResolvers<string>()
  devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
    for (const { scopeURL, registrationId } of registrations)
      if (scopeURL.endsWith('/notifications')) worker.resolve(registrationId)
  })
  await devtools.send('ServiceWorker.enable')
  await devtools.send('ServiceWorker.deliverPushMessage', {
    origin: hub.url,
    registrationId: await worker.promise,
    data: JSON.stringify({ title: 'A red need near you', body: 'Case 7 · Mueang', url: `${hub.url}/case/7`, tag: 'x' }),
  })
  const shown = () =>
    page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready
      return (await registration.getNotifications()).map(({ title, body, tag, data }) => ({ title, body, tag, data }))
    })
  await expect
    .poll(shown, PAINTED)
    .toEqual([{ title: 'A red need near you', body: 'Case 7 · Mueang', tag: 'x', data: { url: `${hub.url}/case/7` } }])
  await page.context().close()
})

it('in Thai: what one is told of and the hours of rest are kept at once; a wrong address is said', async () => {
  const page = await pageOf('other', 'thai')
  await page.goto(`${hub.url}/notifications?lang=th`)
  await page.getByRole('button', { name: 'เปิด', exact: true }).click(PAINTED)
  await page.getByText('เปิดการแจ้งเตือนบนอุปกรณ์นี้แล้ว').waitFor(PAINTED)
  await page.getByLabel('ความต้องการระดับสีแดงใกล้ฉัน').uncheck()
  await page.getByText('บันทึกแล้ว').waitFor(PAINTED)
  await page.getByLabel('ใช้ช่วงพัก').check()
  await page.getByLabel('ตั้งแต่').waitFor(PAINTED)
  await page.getByRole('textbox', { name: 'อีเมล' }).fill('nobody')
  await page.getByRole('button', { name: 'ส่งรหัสยืนยัน' }).click()
  await page.locator('.field-error').waitFor(PAINTED)
  expect(await graveFaults(page)).toEqual([])
  await page.reload()
  await page.getByLabel('ความต้องการระดับสีแดงใกล้ฉัน').waitFor(PAINTED)
  expect(await page.getByLabel('ความต้องการระดับสีแดงใกล้ฉัน').isChecked()).toBe(false)
  expect(await page.getByLabel('ตั้งแต่').inputValue()).toBe('22:00')
  await page.context().close()
})

it('an administrator adds a webhook for LINE, whose token is not shown again, and removes it', async () => {
  const page = await signedInPage(browser, hub.url, 'boss')
  await page.goto(`${hub.url}/admin/webhooks?lang=en`)
  await page.getByText('No webhooks yet').waitFor(PAINTED)
  await page.locator('input[name=label]').fill('LINE group of the office')
  await page.getByRole('button', { name: 'Template for LINE' }).click()
  await page.locator('textarea[name=template]').fill('{')
  await page.getByText('This is no JSON object.').waitFor(PAINTED)
  await page.getByRole('button', { name: 'Template for LINE' }).click()
  await page.locator('input[name=authorization]').fill('Bearer secret-token')
  await page.getByRole('button', { name: 'Add the webhook' }).click()
  await page.getByText('api.line.me').waitFor(PAINTED)
  expect(await page.content()).not.toContain('secret-token')
  const { rows } = await database.pool.query('select kinds, area, authorization_value from webhooks')
  expect(rows).toEqual([{ kinds: ['alert'], area: 'TH', authorization_value: 'Bearer secret-token' }])
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click()
  await page.getByText('No webhooks yet').waitFor(PAINTED)
  await page.context().close()
})
