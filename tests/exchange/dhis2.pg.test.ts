import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { dhis2Mapping } from '../../hub/work/exchange/dhis2.ts'
import { createPerson } from '../security/hub.ts'
import { exchangeHubForFile, keyOf, TODAY } from './hub.ts'

const { database, hub } = await exchangeHubForFile()
await database.pool.query(`update operation set day = $1`, [TODAY])
await createPerson(hub, 'admin', 'administrator')
const key: Record<string, string> = await keyOf(hub, { actions: ['test.report', 'vaccination.report'], areas: ['50'] })

const PERIOD = TODAY.replaceAll('-', '')
const ask = (query: string, headers: Record<string, string> = {}) =>
  hub.fetch('GET', `/api/dhis2/dataValueSets${query}`, { headers })

describe('out', () => {
  test('data values are the numbers of the screens; what is unknown or too few is not there', async () => {
    const { dataValues } = (await (await ask('?orgUnit=50')).json()) as { dataValues: object[] }
    const value = (dataElement: string, orgUnit: string, of: string) => ({
      dataElement,
      period: PERIOD,
      orgUnit,
      value: of,
    })
    expect(dataValues).toContainEqual(value('cases', '50', '16'))
    expect(dataValues).toContainEqual(value('cases', '5001', '10'))
    expect(dataValues).toContainEqual(value('beds.staffed.2.1', '5001', '10'))
    expect(dataValues).not.toContainEqual(expect.objectContaining({ dataElement: 'cases', orgUnit: '5002' }))
    const nation = (await (await ask('')).json()) as { dataValues: object[] }
    expect(nation.dataValues).toContainEqual(value('cases', '10', '0'))
    expect(nation.dataValues).not.toContainEqual(expect.objectContaining({ dataElement: 'cases', orgUnit: '30' }))
  })

  test('CSV has the ten columns of DHIS2, and a CSV parser reads the same values', async () => {
    const response = await ask('?orgUnit=50&format=csv')
    expect(response.headers.get('content-type')).toContain('application/csv')
    const rows = parse(await response.text(), { columns: true }) as Record<string, string>[]
    expect(Object.keys(rows[0] ?? {}).join()).toBe(
      'dataelement,period,orgunit,categoryoptioncombo,attributeoptioncombo,value,storedby,lastupdated,comment,followup',
    )
    const { dataValues } = (await (await ask('?orgUnit=50')).json()) as { dataValues: Record<string, string>[] }
    expect(rows.map((row) => [row.dataelement, row.period, row.orgunit, row.value])).toEqual(
      dataValues.map((row) => [row.dataElement, row.period, row.orgUnit, row.value]),
    )
  })

  test.each(['?orgUnit=5001', '?orgUnit=99', '?startDate=x', '?startDate=2020-01-01&endDate=2021-01-01'])(
    '%s is refused',
    async (query) => {
      expect((await ask(query)).status).toBe(400)
    },
  )
})

describe('in', () => {
  type Summary = {
    readonly importCount: { readonly imported: number; readonly updated: number; readonly ignored: number }
  }
  const send = async (dataValues: object[], headers: Record<string, string> = key) => {
    const response = await hub.fetch('POST', '/api/dhis2/dataValueSets', { body: { dataValues }, headers })
    return { status: response.status, body: (await response.json()) as Summary & { error?: { details: unknown } } }
  }
  const value = (dataElement: string, orgUnit: string, of: string) => ({
    dataElement,
    period: PERIOD,
    orgUnit,
    value: of,
  })
  const stand = async () => {
    const { rows } = await database.pool.query<{ tested: string; positive: string }>(
      `select sum(tested) as tested, sum(positive) as positive from tests where district = '5001' and kind = 'pcr'`,
    )
    return [Number(rows[0]?.tested), Number(rows[0]?.positive)]
  }

  test('totals of tests become reports; a total that changed a correction; the same again is ignored', async () => {
    const first = await send([value('tests.pcr', '5001', '40'), value('positive.pcr', '5001', '4')])
    expect(first, JSON.stringify(first)).toMatchObject({
      status: 200,
      body: { status: 'SUCCESS', importCount: { imported: 1 } },
    })
    expect(await stand()).toEqual([40, 4])
    const more = await send([value('tests.pcr', '5001', '50'), value('positive.pcr', '5001', '6')])
    expect(more.body.importCount).toMatchObject({ imported: 0, updated: 1 })
    expect(await stand()).toEqual([50, 6])
    expect((await send([value('positive.pcr', '5001', '9')])).body.importCount).toMatchObject({ updated: 1 })
    expect(await stand()).toEqual([50, 9])
    expect(
      (await send([value('positive.pcr', '5001', '9'), value('tests.pcr', '5001', '50')])).body.importCount,
    ).toMatchObject({ ignored: 1 })
    expect((await send([value('positive.pcr', '5001', '51')])).status).toBe(422)
    expect(await stand()).toEqual([50, 9])
  })

  test('doses of a facility come in', async () => {
    const { status, body } = await send([value('doses.1', `facility:${hub.facility}`, '25')])
    expect([status, body]).toMatchObject([200, { importCount: { imported: 1 } }])
    const { rows } = await database.pool.query('select doses, dose, facility_id from vaccinations')
    expect(rows).toEqual([{ doses: 25, dose: 1, facility_id: hub.facility }])
  })

  test('nothing of a set is kept when one value is wrong, and the answer says which', async () => {
    const before = await stand()
    const good = value('tests.pcr', '5001', '60')
    const wrong: [object, string][] = [
      [value('temperature', '5001', '1'), 'dataValues.1.dataElement'],
      [value('tests.pcr', '50', '1'), 'dataValues.1.orgUnit'],
      [{ ...value('tests.pcr', '5001', '1'), period: '2021W45' }, 'dataValues.1.period'],
      [{ ...value('tests.pcr', '5001', '1'), period: '20210231' }, 'dataValues.1.period'],
      [value('tests.pcr', '5001', 'many'), 'dataValues.1.value'],
    ]
    for (const [each, at] of wrong) {
      const { status, body } = await send([good, each])
      expect([status, JSON.stringify(body.error?.details)]).toEqual([400, expect.stringContaining(at)])
    }
    expect((await send([good, value('tests.pcr', '1001', '1')])).status).toBe(403)
    expect((await send([good], {})).status).toBe(401)
    expect(await stand()).toEqual(before)
  })

  test('CSV as DHIS2 writes it comes in', async () => {
    const csv = `dataelement,period,orgunit,categoryoptioncombo,attributeoptioncombo,value\n"tests.atk","${PERIOD}","5002","","","12"\n`
    const response = await hub.fetch('POST', '/api/dhis2/dataValueSets', {
      raw: csv,
      headers: key,
      type: 'application/csv',
    })
    expect([response.status, await response.json()]).toMatchObject([200, { importCount: { imported: 1 } }])
    const broken = await hub.fetch('POST', '/api/dhis2/dataValueSets', {
      raw: 'a,"b',
      headers: key,
      type: 'application/csv',
    })
    expect(broken.status).toBe(400)
    const other = await hub.fetch('POST', '/api/dhis2/dataValueSets', { raw: 'x', headers: key, type: 'text/plain' })
    expect(other.status).toBe(415)
  })
})

test('a mapping file leads to a warehouse’s identifiers and back', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'jitasa-'))
  try {
    const file = path.join(folder, 'mapping.json')
    const mapping = {
      dataElements: { cases: 'fbfJHSPpUQD', 'tests.atk': 'cYeuwXTCPkU' },
      orgUnits: { '50': 'DiszpKrYNg8', '5002': 'O6uvpzGd5pu' },
    }
    writeFileSync(file, JSON.stringify(mapping))
    expect(dhis2Mapping.parse(mapping)).toEqual(mapping)
    const mapped = await hub.withMapping(file)
    const out = await mapped('GET', '/api/dhis2/dataValueSets?orgUnit=50', {})
    expect(await out.json()).toEqual({
      dataValues: [
        { dataElement: 'fbfJHSPpUQD', period: PERIOD, orgUnit: 'DiszpKrYNg8', value: '16' },
        { dataElement: 'cYeuwXTCPkU', period: PERIOD, orgUnit: 'DiszpKrYNg8', value: '0' },
      ],
    })
    const body = { period: PERIOD, dataValues: [{ dataElement: 'cYeuwXTCPkU', orgUnit: 'O6uvpzGd5pu', value: 30 }] }
    const taken = await mapped('POST', '/api/dhis2/dataValueSets', { body, headers: key })
    expect([taken.status, await taken.json()]).toMatchObject([200, { status: 'SUCCESS' }])
    const unmapped = { ...body, dataValues: [{ dataElement: 'tests.atk', orgUnit: '5002', value: 30 }] }
    expect((await mapped('POST', '/api/dhis2/dataValueSets', { body: unmapped, headers: key })).status).toBe(400)
  } finally {
    await rm(folder, { recursive: true })
  }
})
