import { expect, test } from 'vitest'
import { type Browser, createPerson } from '../../../tests/security/hub.ts'
import { hubForFile } from '../../../tests/support/for-file.ts'

const { database, hub } = await hubForFile()
const screen = await createPerson(hub, 'screen-50', 'screen', { areas: ['50'] })
await createPerson(hub, 'governor', 'governor', { areas: ['50'] })
await createPerson(hub, 'governor-51', 'governor', { areas: ['51'] })
const governor = await hub.signIn('governor')
const { rows } = await database.pool.query<{ id: number }>(
  `insert into facilities (code, district, kind, name_th, name_en)
   values ('a', '5001', 'hospital', 'รพ.', 'H'), ('b', '5101', 'hospital', 'รพ.', 'H') returning id`,
)
const [near, far] = rows.map(({ id }) => `H${id}`) as [string, string]

type Answer = { scenes?: unknown[]; error?: { code: string; message: string } }
const scene = (place: string, more: object = {}) => ({ place, view: 'situation', seconds: 30, hours: null, ...more })
const set = async (scenes: unknown, browser: Browser = governor, id: string = screen) => {
  const answer = await browser.fetch('PUT', `/api/screens/${id}/scenes`, { body: { scenes } })
  return { status: answer.status, ...((await answer.json()) as Answer) }
}
const read = async (path: string, browser: Browser = governor) =>
  ((await (await browser.fetch('GET', path)).json()) as Answer).scenes

test('a governor sets what a screen plays; the screen reads it in that order, nobody else has any', async () => {
  const scenes = [
    scene('TH'),
    scene('R01', { seconds: 5 }),
    scene('50', { view: 'vaccination', hours: { from: 22, to: 6 } }),
    scene('5001', { seconds: 3600 }),
    scene(near),
  ]
  expect(await read(`/api/screens/${screen}/scenes`)).toEqual([])
  expect(await set(scenes)).toEqual({ status: 200, scenes })
  expect(await read(`/api/screens/${screen}/scenes`)).toEqual(scenes)
  expect(await read('/api/scenes', await hub.signIn('screen-50'))).toEqual(scenes)
  expect(await read('/api/scenes')).toEqual([])
  const { rows: log } = await database.pool.query(
    `select area, details from audit_log where action = 'screen.scenes' and resource = 'account:' || $1`,
    [screen],
  )
  expect(log).toEqual([{ area: '50', details: { places: ['TH', 'R01', '50', '5001', near] } }])
  expect((await set([])).scenes).toEqual([])
  expect(await read(`/api/screens/${screen}/scenes`)).toEqual([])
})

test('a place that is none, and one that the screen may not show, are refused with the number of the scene', async () => {
  await set([scene('50')])
  for (const place of ['99', 'R14', '5099', 'H0', 'H999999', 'Mars', '500101']) {
    const refused = await set([scene('TH'), scene(place)])
    expect(refused).toMatchObject({ status: 400, error: { code: 'scene_place' } })
    expect(refused.error?.message).toContain(`Scene 2: there is no place ${place}`)
  }
  for (const place of ['51', 'R13', '5101', far]) {
    expect(await set([scene(place)])).toMatchObject({ status: 400, error: { code: 'scene_reach' } })
  }
  expect(await read(`/api/screens/${screen}/scenes`), 'nothing of a refused list is kept').toEqual([scene('50')])
})

test.each([
  ['seconds below 5', [scene('TH', { seconds: 4 })]],
  ['more than an hour', [scene('TH', { seconds: 3601 })]],
  ['an hour that is none', [scene('TH', { hours: { from: 7, to: 24 } })]],
  ['hours that are no time', [scene('TH', { hours: { from: 7, to: 7 } })]],
  ['an unknown view', [scene('TH', { view: 'panel' })]],
  ['21 scenes', Array.from({ length: 21 }, () => scene('TH'))],
  ['a field too many', [scene('TH', { extra: 1 })]],
  ['no list', 'TH'],
])('%s: 400', async (_, scenes) => {
  expect(await set(scenes)).toMatchObject({ status: 400, error: { code: 'invalid_input' } })
})

test('screens of other areas, other accounts and no screens at all have no scenes to set', async () => {
  expect(await set([scene('TH')], await hub.signIn('governor-51'))).toMatchObject({ status: 404 })
  expect(
    await set([scene('TH')], governor, await createPerson(hub, 'no-screen', 'responder', { areas: ['50'] })),
  ).toMatchObject({
    error: { code: 'unknown_screen' },
  })
})

test('the scenes go with the account of the screen', async () => {
  const gone = await createPerson(hub, 'gone', 'screen', { areas: ['50'] })
  expect((await set([scene('50')], governor, gone)).status).toBe(200)
  await database.pool.query('delete from accounts where id = $1', [gone])
  expect((await database.pool.query('select from screen_scenes where screen_id = $1', [gone])).rowCount).toBe(0)
})
