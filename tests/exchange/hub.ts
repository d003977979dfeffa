import type { Group, Snapshot } from '../../hub/situation/change.ts'
import { COUNTED } from '../../hub/situation/counted.ts'
import type { Situation } from '../../hub/situation/situation.ts'
import { startHub, type TestHub } from '../security/hub.ts'
import { addDatabase, forFile } from '../support/for-file.ts'
import type { TestDatabase } from '../support/pg.ts'

export const TODAY = '2021-11-11'

function group(table: string, metric: string, row: Group['row'], n: number): Group {
  const at = COUNTED.find((one) => one.table === table)?.metrics.findIndex((one) => one.metric === metric) ?? -1
  return { table, metric: at, row, n }
}

const cases = (district: string, n: number): Group[] => [
  group('cases', 'cases', { district, report_day: TODAY }, n),
  group('cases', 'cases.total', { district }, n),
  group('cases', 'waiting', { district, severity: 'red' }, n),
]
const beds = (district: string, state: string, level: string, n: number) =>
  group('beds', `beds.${state}`, { district, level }, n)

export type ExchangeHub = TestHub & {
  readonly facility: number
  readonly other: number
  /** the same with a mapping file; its connections end with the tests */
  withMapping(file: string): Promise<TestHub['fetch']>
}

/** A hub whose situation is small and known: 5001 has 13 cases, 5002 has 3; Bangkok said it has none; others said nothing. */
async function startExchangeHub(database: TestDatabase): Promise<ExchangeHub> {
  const { rows } = await database.pool.query<{ id: number }>(
    `insert into facilities (code, district, kind, name_th, name_en, lat, lon)
     values ('10713', '5001', 'hospital', 'รพ. ก', 'Hospital A', 18.79, 98.97), ('10714', '5002', 'field', 'รพ. ข', 'Field B', 18.5, 98.36)
     returning id`,
  )
  const [facility, other] = rows.map(({ id }) => id) as [number, number]
  const hub = startHub(database)
  const said = (district: string) => group('day_reports', 'reported', { district, metric: 'cases', day: TODAY }, 1)
  const counts = { staffed: '10', available: '4', held: '1', occupied: '5', cleaning: '0', blocked: '0' }
  const snapshot: Snapshot = {
    epoch: 'e',
    position: 100,
    at: Date.parse('2021-11-11T05:00:00Z'),
    groups: [
      ...cases('5001', 13),
      ...cases('5002', 3),
      said('5001'),
      said('1001'),
      group('vaccinations', 'doses', { district: '5001', dose: '1', day: TODAY }, 40),
      ...Object.entries(counts).map(([state, n]) => beds('5001', state, '2.1', Number(n))),
    ],
    rows: [
      { table: 'operation', row: { id: '1', day: TODAY, kind: 'drill', title_th: '', title_en: '' } },
      ...[
        {
          id: `${facility}`,
          district: '5001',
          kind: 'hospital',
          name_th: 'รพ. ก',
          name_en: 'Hospital A',
          lat: '18.79',
          lon: '98.97',
        },
        {
          id: `${other}`,
          district: '5002',
          kind: 'field',
          name_th: 'รพ. ข',
          name_en: 'Field B',
          lat: '18.5',
          lon: '98.36',
        },
      ].map((row) => ({ table: 'facilities', row: { ...row, active: 't', reported_at: null } })),
      {
        table: 'beds',
        row: {
          facility_id: `${facility}`,
          level: '2.1',
          district: '5001',
          ...counts,
          reported_at: '2021-11-11 03:00:00+00',
        },
      },
    ],
  }
  const fill = (one: TestHub) => (one.deps as unknown as { situation: Situation }).situation.reset(snapshot)
  fill(hub)
  const more: TestHub[] = []
  return {
    ...hub,
    facility,
    other,
    async withMapping(file) {
      const mapped = startHub({ ...database, dhis2Mapping: file })
      more.push(mapped)
      fill(mapped)
      return mapped.fetch
    },
    async stop() {
      for (const one of [hub, ...more]) await one.stop()
    },
  }
}

/** A key of another system, with these rights. */
export async function keyOf(hub: TestHub, body: object): Promise<Record<string, string>> {
  const admin = await hub.signIn('admin')
  const made = await admin.fetch('POST', '/api/keys', { body: { label: 'T', actions: ['facility.report'], ...body } })
  const { key } = (await made.json()) as { key: string }
  return { authorization: `Bearer ${key}` }
}

/** The same on a database of its own, for the tests of one file. */
export const exchangeHubForFile = (fill: (database: TestDatabase) => Promise<unknown> = async () => undefined) =>
  forFile(async (add) => {
    const database = await addDatabase(add)
    await fill(database)
    const hub = await startExchangeHub(database)
    add(() => hub.stop())
    return { database, hub }
  })
