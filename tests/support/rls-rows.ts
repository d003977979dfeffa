import type pg from 'pg'
import { keptValues } from './people.ts'

/** What one area holds, for the rows of tables that hang on others; `free`: not yet used by a row of their own. */
export type World = {
  readonly district: string
  readonly place: string
  readonly case: number
  readonly freeCase: number
  readonly facility: number
  readonly person: string
  readonly vulnerable: number
  readonly resource: number
  readonly call: number
  readonly freeCall: number
  readonly alert: number
  readonly contact: number
  readonly freeContact: number
  readonly request: string
}

type Values = Readonly<Record<string, unknown>>

/** How the rows of a table under row-level security look. `slot`: the row that stands, or one more beside it. */
export type RlsTable = {
  readonly key: string
  readonly row: (world: World, slot: 'kept' | 'new') => Values
  /** who alone writes it, when that is not staff */
  readonly role?: 'public'
  /** a change within the area */
  readonly change: Values
  /** a change that would move the row into another area */
  readonly move?: (to: World) => Values
}

const hash = (world: World, slot: string) => Buffer.from(`${world.district}${slot}`)
const uuid = (world: World, last: number) => `00000000-0000-4000-8000-${world.district}0000000${last}`
const at = '2021-11-11T00:00:00Z'
const later = '2021-11-11T12:00:00Z'
const byDistrict = (to: World) => ({ district: to.district })

const bedCounts = { staffed: 4, available: 1, held: 1, occupied: 1, cleaning: 1, blocked: 0 }

export const RLS_TABLES: Readonly<Record<string, RlsTable>> = {
  cases: {
    key: 'id',
    row: ({ district }) => ({ district, report_day: '2021-11-11', source: 'api' }),
    change: { severity: 'red' },
    move: byDistrict,
  },
  facilities: {
    key: 'id',
    row: ({ district }, slot) => ({
      code: `${district}-${slot}`,
      district,
      kind: 'ci',
      name_th: 'ศูนย์',
      name_en: 'Centre',
    }),
    change: { reported_at: at },
  },
  facility_contacts: {
    key: 'facility_id',
    row: ({ facility }, slot) => ({
      facility_id: facility,
      desk: slot === 'kept' ? 'bed_desk' : 'stores',
      phone: '+6653000001',
    }),
    change: { note: 'changed' },
    move: ({ facility }) => ({ facility_id: facility }),
  },
  facility_events: {
    key: 'id',
    row: ({ facility }) => ({ facility_id: facility, at, kind: 'edited', actor_label: 'PHO 1' }),
    change: { actor_label: 'PHO 2' },
  },
  beds: {
    key: 'facility_id',
    row: ({ district, facility }, slot) => ({
      facility_id: facility,
      level: slot === 'kept' ? '0' : '1',
      district,
      ...bedCounts,
    }),
    change: { reported_at: at },
    move: byDistrict,
  },
  bed_reports: {
    key: 'id',
    row: ({ facility }) => ({ facility_id: facility, level: '0', ...bedCounts, source_at: at }),
    change: { level: '1' },
  },
  reconciliations: {
    key: 'facility_id',
    row: ({ district, facility }, slot) => ({
      facility_id: facility,
      level: slot === 'kept' ? '0' : '1',
      district,
      ...bedCounts,
      known: 5,
      source_at: at,
      opened_at: at,
      actor_label: 'Hospital 1',
      key: 'of a report',
    }),
    change: { known: 99 },
    move: byDistrict,
  },
  stock: {
    key: 'facility_id',
    row: ({ district, facility }, slot) => ({
      facility_id: facility,
      item: slot === 'kept' ? 'oxygen' : 'vaccine',
      district,
      on_hand: 40,
      per_day: 10,
      reported_at: at,
    }),
    change: { on_hand: 30 },
    move: byDistrict,
  },
  stock_reports: {
    key: 'id',
    row: ({ facility }) => ({ facility_id: facility, item: 'oxygen', on_hand: 40, per_day: 10, source_at: at }),
    change: { on_hand: 30 },
  },
  care_units: {
    key: 'facility_id',
    row: ({ district, facility }, slot) => ({
      facility_id: facility,
      kind: slot === 'kept' ? 'ventilator' : 'cohort',
      district,
      total: 4,
      in_use: 1,
      reported_at: at,
    }),
    change: { in_use: 2 },
    move: byDistrict,
  },
  unit_reports: {
    key: 'id',
    row: ({ facility }) => ({ facility_id: facility, kind: 'ventilator', total: 4, in_use: 1, source_at: at }),
    change: { in_use: 2 },
  },
  vaccinations: {
    key: 'id',
    row: ({ district }) => ({ district, day: '2021-11-11', dose: 1, doses: 10 }),
    change: { doses: 11 },
  },
  tests: {
    key: 'id',
    row: ({ district }) => ({ district, day: '2021-11-11', kind: 'atk', tested: 10, positive: 1 }),
    change: { positive: 2 },
  },
  day_reports: {
    key: 'district',
    row: ({ district }, slot) => ({ metric: slot === 'kept' ? 'cases' : 'deaths', district, day: '2021-11-11' }),
    change: { day: '2021-11-12' },
    move: byDistrict,
  },
  residents: {
    key: 'district',
    row: ({ district }, slot) => ({
      district,
      target_group: slot === 'kept' ? 'vhv' : 'age60',
      residents: 10,
      source: 'DOPA',
      as_of: '2021-10-01',
    }),
    change: { residents: 11 },
    move: byDistrict,
  },
  rounds: {
    key: 'id',
    row: ({ district, place }) => ({
      district,
      place,
      setting: 'market',
      day: '2021-11-11',
      actor_label: 'VHV 1',
      recorded_at: at,
    }),
    change: { setting: 'school' },
  },
  resources: {
    key: 'id',
    row: (world) => ({
      kind: 'oxygen',
      quantity: 4,
      urgent: true,
      district: world.district,
      place: world.place,
      facility_id: world.facility,
      requested_by: uuid(world, 9),
      requested_label: 'CI 1',
      requested_at: at,
    }),
    change: { quantity: 5 },
    move: ({ district, place }) => ({ district, place }),
  },
  calls: {
    key: 'id',
    row: ({ district }) => ({ district, state: 'owed', language: 'th', rang_at: at, due_at: at }),
    change: { tries: 1 },
    move: byDistrict,
  },
  call_numbers: {
    key: 'call_id',
    row: ({ call, freeCall }, slot) => ({ call_id: slot === 'kept' ? call : freeCall, phone: '+66812345678' }),
    change: { phone: '+66812345679' },
  },
  resource_events: {
    key: 'id',
    row: ({ resource }) => ({ resource_id: resource, kind: 'requested', actor_label: 'CI 1', at }),
    change: { actor_label: 'CI 2' },
  },
  // Ended: only one at a time runs in an area.
  periods: {
    key: 'id',
    row: ({ district }) => ({
      ...{ area: district, title: 'Day', status: 'ended', starts_at: at, ends_at: later, started_label: 'EOC' },
      ...{ summary: 'Quiet', handed_at: at, handed_label: 'EOC', accepted_at: at, accepted_label: 'EOC 2' },
    }),
    change: { title: 'Night' },
    move: ({ district }) => ({ area: district }),
  },
  objectives: {
    key: 'id',
    row: ({ district }) => ({
      ...{ area: district, kind: 'task', title: 'Open a ward', owner_role: 'triage' },
      ...{ set_at: at, state_at: at, set_label: 'EOC' },
    }),
    change: { state: 'done' },
    move: ({ district }) => ({ area: district }),
  },
  command_messages: {
    key: 'id',
    row: ({ district }) => ({
      ...{ area: district, audience: 'everyone', urgent: false, text: 'Briefing 18:00' },
      ...{ sent_at: at, until: later, sent_label: 'EOC' },
    }),
    change: { state: 'withdrawn' },
    move: ({ district }) => ({ area: district }),
  },
  command_log: {
    key: 'id',
    row: ({ district }) => ({ area: district, kind: 'decision', text: 'Open', at, actor_label: 'EOC' }),
    change: { text: 'Close' },
  },
  dose_plans: {
    key: 'id',
    row: ({ district, facility }, slot) => ({
      district,
      facility_id: facility,
      day: slot === 'kept' ? '2021-11-12' : '2021-11-13',
      doses: 10,
    }),
    change: { doses: 11 },
    move: (to) => ({ district: to.district, facility_id: to.facility }),
  },
  bed_census: {
    key: 'facility_id',
    row: ({ district, facility }, slot) => ({
      day: slot === 'kept' ? '2021-11-09' : '2021-11-10',
      facility_id: facility,
      level: '1',
      district,
      occupied: 3,
    }),
    change: { occupied: 4 },
    move: byDistrict,
  },
  revisions: {
    key: 'id',
    row: ({ district }) => ({
      day: '2021-11-11',
      kind: 'late',
      subject: 'cases',
      district,
      amount: 1,
      revised_day: '2021-11-10',
    }),
    change: { amount: 2 },
    move: byDistrict,
  },
  case_private: {
    key: 'case_id',
    row: (world, slot) => ({
      case_id: slot === 'kept' ? world.case : world.freeCase,
      person_id: slot === 'kept' ? world.person : null,
    }),
    change: { notes: 'changed' },
  },
  needs: {
    key: 'id',
    row: (world, slot) => ({ case_id: world.case, district: world.district, kind: slot === 'kept' ? 'bed' : 'food' }),
    change: { freed: 'released' },
    move: byDistrict,
  },
  complaints: {
    key: 'id',
    row: ({ district, ...world }) => ({
      case_id: world.case,
      district,
      symptoms: ['drowsy'],
      risks: ['age60'],
      said_by: 'requester',
      said_at: at,
    }),
    change: { undone_at: at },
  },
  case_events: {
    key: 'id',
    row: ({ district, ...world }) => ({
      case_id: world.case,
      district,
      kind: 'case.noted',
      actor_label: 'CI 1',
      source_at: at,
      recorded_at: at,
    }),
    change: { actor_label: 'CI 2' },
  },
  contacts: {
    key: 'id',
    row: (world) => ({
      case_id: world.case,
      district: world.district,
      channel: 'phone',
      result: 'reached',
      actor: uuid(world, 9),
      actor_label: 'CI 1',
      at,
      recorded_at: at,
    }),
    change: { result: 'no_answer' },
  },
  contact_notes: {
    key: 'contact_id',
    row: (world, slot) => ({ contact_id: slot === 'kept' ? world.contact : world.freeContact, note: 'a note' }),
    change: { note: 'changed' },
  },
  transfers: {
    key: 'id',
    row: (world, slot) => ({
      case_id: slot === 'kept' ? world.case : world.freeCase,
      district: world.district,
      level: '1',
      to_facility: world.facility,
      requested_label: 'CI 1',
      requested_at: at,
      updated_at: at,
    }),
    change: { level: '2.1' },
    // A transfer lies in the area it leaves and in the one it leads to.
    move: (to) => ({ district: to.district, to_facility: to.facility }),
  },
  vulnerable: {
    key: 'id',
    row: ({ district, place, person }) => ({
      person_id: person,
      district,
      place,
      reasons: ['age60'],
      recorded_label: 'VHV 1',
      source_at: at,
      recorded_at: at,
    }),
    change: { doses: 1 },
    move: byDistrict,
  },
  vulnerable_calls: {
    key: 'id',
    row: ({ vulnerable }) => ({
      vulnerable_id: vulnerable,
      at,
      channel: 'phone',
      result: 'reached',
      actor_label: 'VHV 1',
    }),
    change: { doses: 1 },
  },
  checks: {
    key: 'id',
    row: (world) => ({ case_id: world.case, at, recorded_at: at, feeling: 'same', said_by: 'VHV 1' }),
    change: { undone_at: at },
  },
  care_events: {
    key: 'id',
    row: (world) => ({ case_id: world.case, item: 'meals', kind: 'done', at, actor_label: 'VHV 1' }),
    change: { undone_at: at },
  },
  care_keepers: {
    key: 'case_id',
    row: (world, slot) => ({
      case_id: slot === 'kept' ? world.case : world.freeCase,
      account: uuid(world, 9),
      label: 'VHV 1',
      since: at,
    }),
    change: { label: 'VHV 2' },
    move: (to) => ({ case_id: to.freeCase }),
  },
  help_requests: {
    key: 'id',
    role: 'public',
    row: (world, slot) => ({
      id: slot === 'kept' ? world.request : uuid(world, 2),
      case_id: world.case,
      district: world.district,
      code_hash: hash(world, slot),
      language: 'th',
      created_at: at,
    }),
    change: { cancelled_at: at },
    move: byDistrict,
  },
  consents: {
    key: 'id',
    role: 'public',
    row: (world) => ({ case_id: world.case, version: '2026-12', language: 'th', given_by: 'person', at }),
    change: { withdrawn_at: at },
  },
  data_requests: {
    key: 'id',
    role: 'public',
    row: (world, slot) => ({
      case_id: world.case,
      request_id: world.request,
      kind: slot === 'kept' ? 'erase' : 'withdraw',
      asked_at: at,
      due_at: slot === 'kept' ? later : null,
    }),
    change: { stopped_at: at },
  },
  one_time_codes: {
    key: 'id',
    role: 'public',
    row: (world, slot) => ({
      id: uuid(world, slot === 'kept' ? 3 : 4),
      request_id: world.request,
      phone_hash: hash(world, slot),
      code_hash: hash(world, slot),
      sent_at: at,
      expires_at: at,
    }),
    change: { attempts: 1 },
    move: (to) => ({ request_id: to.request }),
  },
}

type Client = pg.Pool | pg.PoolClient

/** @returns the new row's key. */
export async function insertRow(client: Client, table: string, values: Values, key: string): Promise<unknown> {
  const kept = await keptValues(client, table, values)
  const columns = Object.keys(kept)
  const { rows } = await client.query(
    `insert into ${table} (${columns.join(', ')}) values (${columns.map((_, i) => `$${i + 1}`).join(', ')}) returning ${key}`,
    Object.values(kept),
  )
  return rows[0][key]
}

/** An alert of a rule of its own, announced, with a word in its history. */
export async function makeAlert(owner: pg.Pool, area: string, role = 'bed_coordinator'): Promise<number> {
  const judged = `name_th, name_en, indicator, option, condition, bound, severity, owner, ack_minutes, escalate_to, sound`
  const { rows } = await owner.query<{ id: string }>(
    `with rule as (
       insert into alert_rules (${judged}, area_kind, clear_bound, for_seconds, enabled)
       select ${judged.replace('owner', '$2')}, area_kind, clear_bound, for_seconds, false from alert_rules order by id limit 1
       returning *
     )
     insert into alerts (${judged}, rule_id, area, state, announced, announced_nation, raised_at, due_at)
     select ${judged}, id, $1, 'raised', true, true, now(), now() from rule returning id`,
    [area, role],
  )
  const id = Number(rows[0]?.id)
  await owner.query(
    `insert into alert_events (alert_id, kind, state, at, announced, actor_label, comment)
     values ($1, 'raised', 'raised', now(), true, null, null), ($1, 'acknowledged', 'raised', now(), false, 'T', 'a word')`,
    [id],
  )
  return id
}

/** A province's own rule, which is off. */
export async function makeRule(owner: pg.Pool, area: string): Promise<number> {
  const copied = `name_th, name_en, indicator, option, area_kind, condition, bound, clear_bound, for_seconds, severity, owner, ack_minutes,
    escalate_to, sound`
  const { rows } = await owner.query<{ id: number }>(
    `insert into alert_rules (area, enabled, ${copied}) select $1, false, ${copied} from alert_rules
       where indicator = 'cases.growth' order by id limit 1 returning id`,
    [area],
  )
  return rows[0]?.id ?? 0
}

/** Fills an area: one row of every table, and what they hang on. @returns the area and the keys of its rows, by table. */
export async function makeWorld(
  owner: pg.Pool,
  district: string,
): Promise<{ world: World; keys: Readonly<Record<string, unknown>> }> {
  const keys: Record<string, unknown> = {}
  const { rows } = await owner.query<{ place: string }>(
    `select min(code) as place from areas where length(code) = 6 and starts_with(code, $1)`,
    [district],
  )
  const bare = { district, place: rows[0]?.place } as World
  const make = (table: string) => insertRow(owner, table, RLS_TABLES[table]!.row(bare, 'kept'), 'id') as Promise<number>
  keys.cases = await make('cases')
  keys.facilities = await make('facilities')
  const world: World = {
    ...bare,
    case: Number(keys.cases),
    freeCase: await make('cases'),
    facility: Number(keys.facilities),
    person: String(await insertRow(owner, 'people', { full_name: 'Canary Example' }, 'id')),
    vulnerable: 0,
    resource: 0,
    call: 0,
    freeCall: 0,
    alert: 0,
    request: uuid(bare, 1),
    contact: 0,
    freeContact: 0,
  }
  const { contacts, vulnerable, resources, calls, cases: _cases, facilities: _facilities, ...others } = RLS_TABLES
  const contact = () => insertRow(owner, 'contacts', contacts!.row(world, 'kept'), 'id') as Promise<number>
  keys.contacts = await contact()
  keys.vulnerable = await insertRow(owner, 'vulnerable', vulnerable!.row(world, 'kept'), 'id')
  keys.resources = await insertRow(owner, 'resources', resources!.row(world, 'kept'), 'id')
  const call = () => insertRow(owner, 'calls', calls!.row(world, 'kept'), 'id') as Promise<number>
  keys.calls = await call()
  const full: World = {
    ...world,
    vulnerable: Number(keys.vulnerable),
    resource: Number(keys.resources),
    call: Number(keys.calls),
    freeCall: await call(),
    alert: await makeAlert(owner, district),
    contact: Number(keys.contacts),
    freeContact: await contact(),
  }
  for (const [table, { key, row }] of Object.entries(others)) {
    keys[table] = await insertRow(owner, table, row(full, 'kept'), key)
  }
  return { world: full, keys }
}
