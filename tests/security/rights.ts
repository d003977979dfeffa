import { can, covers } from '../../hub/authorize/decide.ts'
import type { Grant } from '../../hub/authorize/grant.ts'
import type { Action } from '../../hub/contract/vocabulary/actions.ts'
import type { World } from '../support/rls-rows.ts'

export type Right = 'select' | 'insert' | 'update'
export const RIGHTS: readonly Right[] = ['select', 'insert', 'update']

/** `area`: aggregates and buildings are everyone's to see, so row-level security narrows them to the own area alone. */
type Need = readonly Action[] | 'area'

const WORK: readonly Action[] = ['case.triage', 'case.claim', 'case.release', 'case.place', 'case.close', 'case.merge']
const READ: readonly Action[] = ['case.read', 'case.record', 'import.run', ...WORK]
/** A facility takes part in a transfer to it by the action that reports its beds. */
const ARRIVE: Action = 'facility.report'
const MEET: readonly Action[] = ['case.reveal', 'case.record', ...WORK]

/** What was done for somebody at home stands on the page of the case. */
const CARED: readonly Action[] = ['case.read']
const CALLS: readonly Action[] = ['case.claim', 'vulnerable.record', 'case.release']

const COMMAND = { select: ['command.read'], insert: ['command.set'], update: ['command.set'] } as const

/** The actions that need a right on a table's rows: the right is given where one of them is, and nowhere else. */
export const NEEDS: Readonly<Record<string, Readonly<Record<Right, Need>>>> = {
  cases: {
    select: READ,
    insert: ['case.record', 'import.run'],
    update: [...WORK, 'case.record', 'import.run'],
  },
  case_private: { select: MEET, insert: ['case.record'], update: MEET },
  needs: { select: READ, insert: MEET, update: MEET },
  complaints: { select: ['case.complaint', 'case.record'], insert: ['case.record'], update: ['case.care'] },
  case_events: { select: READ, insert: [...MEET, 'case.correct'], update: [] },
  contacts: { select: READ, insert: ['case.contact'], update: [] },
  contact_notes: { select: ['case.reveal'], insert: ['case.contact'], update: [] },
  transfers: { select: ['transfer.read', 'import.run'], insert: ['case.place'], update: ['case.place', ARRIVE] },
  vulnerable: { select: MEET, insert: ['vulnerable.record'], update: ['vulnerable.record'] },
  vulnerable_calls: { select: CALLS, insert: ['vulnerable.record'], update: [] },
  checks: { select: ['case.complaint'], insert: ['case.care'], update: ['case.care'] },
  care_events: { select: CARED, insert: ['case.care'], update: ['case.care'] },
  care_keepers: { select: CARED, insert: ['case.care'], update: ['case.care'] },
  help_requests: { select: MEET, insert: [], update: MEET },
  consents: { select: MEET, insert: ['case.record'], update: [] },
  data_requests: { select: [...MEET, 'case.correct'], insert: [], update: ['case.correct'] },
  one_time_codes: { select: [], insert: [], update: [] },
  facilities: { select: 'area', insert: ['facility.register'], update: 'area' },
  facility_contacts: { select: ['facility.read'], insert: ['facility.desk'], update: ['facility.desk'] },
  facility_events: { select: ['facility.read'], insert: ['facility.desk'], update: [] },
  beds: { select: 'area', insert: [ARRIVE], update: [ARRIVE, 'case.place', 'case.close'] },
  bed_reports: { select: 'area', insert: [ARRIVE], update: [] },
  reconciliations: { select: 'area', insert: [ARRIVE], update: [ARRIVE] },
  stock: { select: 'area', insert: ['stock.report'], update: ['stock.report'] },
  stock_reports: { select: 'area', insert: ['stock.report'], update: [] },
  care_units: { select: 'area', insert: [ARRIVE], update: [ARRIVE] },
  unit_reports: { select: 'area', insert: [ARRIVE], update: [] },
  day_reports: { select: 'area', insert: [], update: [] },
  residents: { select: 'area', insert: [], update: [] },
  resources: {
    select: 'area',
    insert: ['resource.request'],
    update: ['resource.claim', 'resource.move', 'resource.close'],
  },
  calls: { select: 'area', insert: ['call.record'], update: ['call.work'] },
  call_numbers: { select: ['call.work'], insert: ['call.record'], update: [] },
  rounds: { select: 'area', insert: ['test.report'], update: [] },
  resource_events: { select: 'area', insert: ['resource.request'], update: [] },
  periods: COMMAND,
  objectives: COMMAND,
  command_messages: COMMAND,
  command_log: { ...COMMAND, update: [] },
  dose_plans: { select: 'area', insert: ['vaccination.plan'], update: ['vaccination.plan'] },
  bed_census: { select: 'area', insert: [], update: [] },
  revisions: { select: 'area', insert: [], update: [] },
  vaccinations: { select: 'area', insert: ['vaccination.report', 'import.run'], update: [] },
  tests: { select: 'area', insert: ['test.report'], update: [] },
}

/** What somebody without an account touches, in the one area they name, with `help.request` and `help.follow`. */
const PUBLIC: Readonly<Partial<Record<string, readonly Right[]>>> = {
  cases: RIGHTS,
  case_private: RIGHTS,
  needs: RIGHTS,
  complaints: ['select', 'insert'],
  case_events: ['select', 'insert'],
  contacts: ['select'],
  transfers: ['select'],
  vulnerable: ['select'],
  checks: ['select', 'insert'],
  help_requests: RIGHTS,
  consents: RIGHTS,
  data_requests: RIGHTS,
  one_time_codes: RIGHTS,
  facilities: ['select', 'update'],
  beds: ['select'],
  bed_reports: ['select'],
  reconciliations: ['select'],
  stock: ['select'],
  stock_reports: ['select'],
  care_units: ['select'],
  unit_reports: ['select'],
  day_reports: ['select'],
  residents: ['select'],
  resources: ['select'],
  calls: ['select'],
  rounds: ['select'],
  resource_events: ['select'],
  dose_plans: ['select'],
  bed_census: ['select'],
  revisions: ['select'],
  vaccinations: ['select'],
  tests: ['select'],
}

/** Whether the table gives `grant` the right on a row that lies in `world`. */
export function hasRight(grant: Grant, table: string, right: Right, world: World): boolean {
  const need = NEEDS[table]?.[right] ?? []
  if (need === 'area') return covers(grant.areas, world.district)
  const resource = { area: world.district, facility: world.facility, holder: grant.account }
  return covers(grant.areas, world.district) && need.some((action) => can(grant, action, resource).allowed)
}

export function publicHasRight(table: string, right: Right): boolean {
  return PUBLIC[table]?.includes(right) ?? false
}
