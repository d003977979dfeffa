import { Fhir } from 'fhir'
import { describe, expect, test } from 'vitest'
import { createPerson } from '../security/hub.ts'
import { exchangeHubForFile, keyOf, TODAY } from './hub.ts'

const { database, hub } = await exchangeHubForFile()
await createPerson(hub, 'admin', 'administrator')

type Count = { readonly count?: number; readonly _count?: { extension: [{ valueCode: string }] } }
type Groups = {
  readonly [code: string]: {
    readonly population: readonly [Count]
    readonly stratifier?: readonly [
      {
        readonly stratum: readonly {
          readonly component: readonly [{ readonly value: { readonly text: string } }]
          readonly measureScore: { readonly value?: number }
        }[]
      },
    ]
  }
}

/** Read by a FHIR library that is not ours, which knows R4's definitions. @returns the groups of the one report */
async function read(query: string, headers: Record<string, string> = {}): Promise<Groups> {
  const response = await hub.fetch('GET', `/api/fhir/MeasureReport?${query}`, { headers })
  const text = await response.text()
  expect(response.status, text).toBe(200)
  expect(response.headers.get('content-type')).toContain('application/fhir+json')
  const result = new Fhir().validate(text, { errorOnUnexpected: true })
  expect(result.messages.filter(({ severity }) => severity === 'error' || severity === 'fatal')).toEqual([])
  const { entry } = JSON.parse(text)
  return Object.fromEntries(
    entry[0].resource.group.map((group: { code: { coding: [{ code: string }] } }) => [
      group.code.coding[0].code,
      group,
    ]),
  )
}
const counted = (groups: Groups, code: string) => {
  const [population] = groups[code]?.population ?? []
  return population?.count ?? population?._count?.extension[0].valueCode
}

describe('MeasureReport', () => {
  test('cases of the nation and a province are those of the screens; what nobody reported is unknown and not 0', async () => {
    expect(counted(await read('measure=cases'), 'cases')).toBe(16)
    expect(counted(await read('measure=cases&subject=50'), 'waiting.red')).toBe(16)
    expect(counted(await read('measure=cases&subject=10'), 'cases')).toBe(0)
    expect(counted(await read('measure=cases&subject=30'), 'cases')).toBe('unknown')
    expect(counted(await read(`measure=doses&subject=50&day=${TODAY}`), 'doses.1')).toBe(40)
  })

  test('of a district everybody reads fives, and below five nothing; a key of the province reads the count', async () => {
    expect(counted(await read('measure=cases&subject=5001'), 'cases')).toBe(10)
    expect(counted(await read('measure=cases&subject=5002'), 'cases')).toBe('masked')
    const key = await keyOf(hub, { actions: ['province.read'], areas: ['50'] })
    expect(counted(await read('measure=cases&subject=5002', key), 'cases')).toBe(3)
  })

  test('beds by level, of an area and of a facility', async () => {
    for (const subject of ['50', '5001', `Location/${hub.facility}`]) {
      const groups = await read(`measure=beds&subject=${subject}`)
      expect(counted(groups, 'beds.available'), subject).toBe(4)
      const strata = groups['beds.staffed']?.stratifier?.[0].stratum ?? []
      const level = strata.find(({ component: [{ value }] }) => value.text === '2.1')
      expect(level?.measureScore.value).toBe(10)
    }
  })

  test('holds what the mADX 3.0.0 profile requires: a subject, groups with a coded population, strata with components and a score', async () => {
    const response = await hub.fetch('GET', '/api/fhir/MeasureReport?measure=beds&subject=50')
    const { resource } = ((await response.json()) as { entry: [{ resource: Record<string, unknown> }] }).entry[0]
    expect(resource).toMatchObject({
      meta: { profile: ['https://profiles.ihe.net/QRPH/mADX/StructureDefinition/mADX-MeasureReport'] },
      subject: { reference: 'Location/area-50' },
      type: 'summary',
    })
    for (const group of resource.group as Record<string, unknown>[]) {
      expect(group).toMatchObject({
        code: { coding: [{ code: expect.any(String) }] },
        population: [{ code: { coding: [{ code: 'initial-population' }] }, count: expect.any(Number) }],
        stratifier: [
          { stratum: expect.arrayContaining([expect.objectContaining({ measureScore: expect.anything() })]) },
        ],
      })
    }
  })

  test.each([
    'measure=x',
    'measure=beds&subject=99',
    'measure=beds&subject=5',
    'measure=cases&subject=Location/1',
    'measure=cases&day=x',
  ])('asked for %s it says what is wrong', async (query) => {
    expect((await hub.fetch('GET', `/api/fhir/MeasureReport?${query}`)).status).toBeGreaterThanOrEqual(400)
  })
})

describe('beds that come in as a MeasureReport', () => {
  const group = (state: string, value: number, level = '2.1') => ({
    code: { coding: [{ code: `beds.${state}` }] },
    population: [{ code: { coding: [{ code: 'initial-population' }] }, count: value }],
    stratifier: [
      {
        code: [{ coding: [{ code: 'level' }] }],
        stratum: [
          { component: [{ code: { coding: [{ code: 'level' }] }, value: { text: level } }], measureScore: { value } },
        ],
      },
    ],
  })
  const reportOf = (facility: number, available: number, date = new Date().toISOString()) => ({
    resourceType: 'MeasureReport',
    status: 'complete',
    type: 'summary',
    measure: 'http://hub.example/api/fhir/Measure/beds',
    subject: { reference: `Location/${facility}` },
    date,
    period: { start: date, end: date },
    group: [group('staffed', 10), group('available', available), group('occupied', 10 - available)],
  })
  const post = async (body: object, key: Record<string, string>) => {
    const response = await hub.fetch('POST', '/api/fhir/MeasureReport', { body, headers: key })
    return { status: response.status, text: await response.text() }
  }

  test('are reported by the command of the form, once, by a key of the facility; another’s gets 403', async () => {
    const key = await keyOf(hub, { facilities: [hub.facility] })
    const report = reportOf(hub.facility, 6)
    expect(new Fhir().validate(report).messages.filter(({ severity }) => severity === 'error')).toEqual([])
    const first = await post(report, key)
    expect(first.status, first.text).toBe(200)
    expect(await post(report, key)).toEqual(first)
    expect(new Fhir().validate(first.text).messages.filter(({ severity }) => severity === 'error')).toEqual([])
    const { rows } = await database.pool.query('select available, occupied from bed_reports where facility_id = $1', [
      hub.facility,
    ])
    expect(rows).toEqual([{ available: 6, occupied: 4 }])
    expect((await post(reportOf(hub.other, 6), key)).status).toBe(403)
    expect((await post(report, {})).status).toBe(401)
  })

  test('what comes out goes in again', async () => {
    const out = (await (
      await hub.fetch('GET', `/api/fhir/MeasureReport?measure=beds&subject=Location/${hub.facility}`)
    ).json()) as {
      entry: [{ resource: object }]
    }
    const key = await keyOf(hub, { areas: ['50'] })
    const again = await post({ ...out.entry[0].resource, date: new Date().toISOString() }, key)
    expect(again.status, again.text).toBe(200)
  })

  test('a sum that does not fit, an older count, an unknown level and no beds at all are refused in words', async () => {
    const key = await keyOf(hub, { facilities: [hub.other] })
    const wrong = {
      ...reportOf(hub.other, 6),
      group: [group('staffed', 10), group('available', 1), group('occupied', 1)],
    }
    expect((await post(wrong, key)).status).toBe(422)
    expect((await post(reportOf(hub.other, 5), key)).status).toBe(200)
    expect((await post(reportOf(hub.other, 5, new Date(Date.now() - 3_600_000).toISOString()), key)).status).toBe(409)
    const level = { ...reportOf(hub.other, 5), group: [group('staffed', 1, '9'), group('available', 1, '9')] }
    expect((await post(level, key)).status).toBe(400)
    expect((await post({ ...reportOf(hub.other, 5), group: [group('other', 1)] }, key)).status).toBe(400)
    expect((await post({ resourceType: 'Patient' }, key)).status).toBe(400)
  })
})
