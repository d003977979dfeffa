import { expect, test } from 'vitest'
import { createPerson, errorCode, PASSWORD } from '../../../tests/security/hub.ts'
import { hubForFile } from '../../../tests/support/for-file.ts'

const { database, hub } = await hubForFile(() => ({
  publicUrl: 'http://dongkeaw-room.example.org',
  env: { PASSWORD_WORDS: 'Rimnam Klangwiang, sripoom' },
}))

test('a password of the operation’s title, the hub’s address, a province or PASSWORD_WORDS is refused; others are taken', async () => {
  await database.pool.query(`update operation set title_en = 'Reopening Suthep', title_th = 'เปิดเมืองสุเทพ'`)
  await createPerson(hub, 'chooser', 'responder', { areas: ['50'] })
  const browser = await hub.signIn('chooser')
  const choose = (next: string) => browser.fetch('POST', '/api/session/password', { body: { current: PASSWORD, next } })
  for (const next of [
    'Reopening21',
    'เปิดเมืองสุเทพ1',
    'dongkeaw-room',
    'rimnam klangwiang',
    'Sripoom2021',
    'Lampang2021',
  ]) {
    const refused = await choose(next)
    expect([next, refused.status, await errorCode(refused.clone())]).toEqual([next, 400, 'invalid_input'])
    expect(await refused.json()).toMatchObject({ error: { details: [{ path: 'next', key: 'password_common' }] } })
  }
  expect((await choose('seven lanterns under water')).status).toBe(204)
})
