import { expireHolds } from '../../db/queries/holds-expiry.ts'
import { createRandom } from '../../db/replay/random.ts'
import { TRANSFER_STEPS } from '../../hub/contract/vocabulary/transfers.ts'
import { type CaseHub, openCases, type Worker } from './case-hub.ts'
import type { TestDatabase } from './pg.ts'

const AT_ONCE = 8
const BEDS = 4
const MINUTE_MS = 60_000

/** Beds of a facility of which more is held or lain in than there are, and holds without a bed. */
const OVERBOOKED = `
  select count(*)::integer as n from beds
  where available + held + occupied + cleaning + blocked <> staffed
    or held < (select count(*) from transfers where to_facility = facility_id and transfers.level = beds.level and bed_held)`

/**
 * Requests, steps of either side, ends of holds, discharges, reports and cut sessions, several at once against PostgreSQL.
 * @returns what was taken, and after how many rounds a bed was overbooked
 */
export async function walkHub(database: TestDatabase, hub: CaseHub, steps: number, seed: number) {
  const random = createRandom(seed)
  const any = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T
  const beds = await hub.worker('bed_coordinator', ['50'], 'Beds 50')
  const second = await hub.worker('provincial_health', ['50'], 'Health 50')
  const places: { id: number; staff: Worker }[] = []
  for (let i = 0; i < 3; i++) {
    const { rows } = await database.pool.query<{ id: number }>(
      `with made as (insert into facilities (code, district, kind, name_th, name_en)
         values (gen_random_uuid(), '5001', 'hospital', 'รพ.', 'Hospital') returning id)
       insert into beds (facility_id, level, district, staffed, available, occupied, reported_at)
         select id, '3', '5001', $1, $1, 0, '2021-11-01' from made returning facility_id as id`,
      [BEDS],
    )
    const id = rows[0]?.id ?? 0
    places.push({ id, staff: await hub.worker('facility_staff', ['5001'], `Hospital ${id}`, id) })
  }
  const transfers: { id: number; to: (typeof places)[number] }[] = []
  const lying: number[] = []

  async function ask(): Promise<number> {
    const [one] = await openCases(database, 1, { severity: 'red' })
    const to = any(places)
    const { status, body } = await beds.post(`/api/cases/${one?.case}/transfers`, { level: '3', facility: to.id })
    if (status === 200) transfers.push({ id: body.transfer.id, to })
    if (status === 200) lying.push(one?.case ?? 0)
    return status
  }
  async function step(): Promise<number> {
    const one = any(transfers.slice(-30))
    if (one === undefined) return ask()
    const name = any(TRANSFER_STEPS.filter((each) => !each.startsWith('died') || random() < 0.2))
    const by = ['accept', 'extend', 'reject', 'arrive', 'died-at-destination'].includes(name) ? one.to.staff : second
    const reason = ['refuse', 'decline', 'reject'].includes(name)
      ? { reason: 'no_staff' }
      : name === 'redirect'
        ? { facility: any(places).id }
        : {}
    return (await by.post(`/api/transfers/${one.id}/${name}`, reason)).status
  }
  async function report(): Promise<number> {
    const { id, staff } = any(places)
    const some = () => Math.floor(random() * 3)
    const counts = { available: some(), held: 1 + some(), occupied: some(), cleaning: some(), blocked: some() }
    const staffed = Object.values(counts).reduce((a, b) => a + b, 0)
    hub.clock.at += 1_000
    const body = { sourceAt: new Date(hub.clock.at).toISOString(), levels: [{ level: '3', staffed, ...counts }] }
    return (await staff.post(`/api/facilities/${id}/beds`, { ...body, acceptImplausible: true })).status
  }
  async function expire(): Promise<number> {
    hub.clock.at += 50 * MINUTE_MS
    await expireHolds(database.pool, hub.clock.at)
    return 200
  }
  const discharge = async () =>
    lying.length === 0 ? 409 : (await beds.post(`/api/cases/${any(lying)}/place`, { place: 'discharged' })).status
  const clean = async () => {
    await database.pool.query(
      `update beds set cleaning = 0, available = available + cleaning where facility_id = $1 and level = '3'`,
      [any(places).id],
    )
    return 200
  }
  const moves = [ask, ask, step, step, step, step, step, step, step, step, expire, discharge, clean, report]
  let taken = 0
  let broken = 0
  let overbooked = 0
  for (let done = 0; done < steps; done += AT_ONCE) {
    const round = Promise.all(Array.from({ length: AT_ONCE }, () => any(moves)()))
    if (random() < 0.05) await cutSessions(database)
    const statuses = await round
    taken += statuses.filter((status) => status < 300).length
    broken += statuses.filter((status) => status >= 500).length
    const { rows } = await database.pool.query<{ n: number }>(OVERBOOKED)
    if ((rows[0]?.n ?? 0) > 0) overbooked++
  }
  return { taken, broken, overbooked }
}

/** What a crash leaves to PostgreSQL: transactions that never commit. */
async function cutSessions({ pool }: TestDatabase): Promise<void> {
  await pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and state like 'idle in transaction%'`,
  )
}
