import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseForFile } from '../support/for-file.ts'
import { RLS_TABLES } from '../support/rls-rows.ts'
import { type CellCount, countAuthorizationCells, SCOPES } from './authorization.ts'
import { startHub, type TestHub } from './hub.ts'
import { REQUESTS } from './requests.ts'
import { OPEN_ROUTES, routesOf } from './routes.ts'

const database = await databaseForFile()

describe('every route', () => {
  let hub: TestHub
  beforeAll(() => {
    hub = startHub(database)
  })
  afterAll(() => hub.stop())

  test('stands in the authorisation table, or is open by name', () => {
    expect(routesOf(hub).filter((route) => route.action === undefined)).toEqual([])
  })

  test('that asks the table is asked for by this test, and none that is gone', () => {
    const asking = routesOf(hub).filter(({ action }) => action !== 'public')
    expect(Object.keys(REQUESTS).sort()).toEqual(asking.map(({ name }) => name))
  })

  test('that is open by name exists', () => {
    const names = routesOf(hub).map(({ name }) => name)
    expect(Object.keys(OPEN_ROUTES).filter((name) => !names.includes(name))).toEqual([])
  })

  test('that nobody registered is not found, whoever asks: nothing of better-auth shows through', async () => {
    for (const path of [
      'sign-up/email',
      'update-user',
      'delete-user',
      'get-session',
      'list-sessions',
      'device/approve',
      'ok',
    ]) {
      for (const method of ['GET', 'POST']) {
        const { status } = await hub.fetch(method, `/api/auth/${path}`, method === 'POST' ? { body: {} } : {})
        expect(status, `${method} ${path}`).toBe(404)
      }
    }
  })
})

describe('every route and scope × every role × own, neighbouring and foreign area, and the rows behind them', () => {
  let count: CellCount
  beforeAll(async () => {
    count = await countAuthorizationCells(database)
  }, 300_000)

  test('is allowed or denied as the table says', () => {
    expect(count.failures).toEqual([])
  })

  test('no cell was left out', () => {
    const { routes, scopes, rows } = count.cells
    // Sixteen subjects, of a province against a foreign one; eleven roles of a district against the one beside it.
    const pairs = (16 + 11) * 2
    expect(routes).toBeGreaterThanOrEqual(Object.keys(REQUESTS).length * pairs)
    expect(scopes).toBe(Object.keys(SCOPES).length * pairs)
    expect(rows).toBe(Object.keys(RLS_TABLES).length * 3 * pairs)
  })
})
