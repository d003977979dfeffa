import type { Action } from '../../../hub/contract/vocabulary/actions.ts'
import type { Role } from '../../../hub/contract/vocabulary/roles.ts'
import { wallPath } from './screen.ts'

/** Who sits at the screen, as far as it decides where they work. */
export type Seat = {
  readonly role: Role | 'unbound' | null
  /** area codes */
  readonly areas: readonly string[]
  readonly facility: number | null
  readonly may: readonly Action[]
}

type Page = {
  /** one of these actions of the authorisation table opens it */
  readonly may: readonly Action[]
  readonly href: (seat: Seat) => string
}

const page = (href: Page['href'], ...may: Action[]): Page => ({ may, href })

/** The pages an account can be led to; their names stand in pageWords.ts. */
const PAGES = {
  board: page(() => '/board', 'board.read'),
  beds: page(() => '/beds', 'case.place'),
  desk: page(() => '/desk', 'call.work'),
  alerts: page(() => '/alerts', 'alerts.read'),
  find: page(() => '/find', 'case.search'),
  care: page(() => '/care', 'case.care', 'case.read'),
  vulnerable: page(() => '/vulnerable', 'vulnerable.record'),
  record: page(() => '/record', 'case.record'),
  facility: page(
    ({ facility }) => (facility === null ? '/facility' : `/facility/${facility}`),
    'facility.report',
    'stock.report',
    'vaccination.report',
  ),
  registry: page(() => '/facilities', 'facility.register'),
  province: page(({ areas }) => (areas[0] === undefined ? '/' : `/province/${areas[0].slice(0, 2)}`), 'province.read'),
  period: page(() => '/period', 'command.set'),
  list: page(() => '/list', 'case.read', 'report.read'),
  wall: page(({ areas }) => wallPath(areas[0]), 'situation.read'),
  help: page(() => '/help', 'help.request'),
  corrections: page(() => '/corrections', 'case.correct'),
  admin: page(() => '/admin', 'accounts.manage'),
  screens: page(() => '/admin/screens', 'screens.manage'),
  keys: page(() => '/admin/keys', 'keys.manage'),
  audit: page(() => '/admin/audit', 'audit.read'),
  thresholds: page(() => '/admin/thresholds', 'threshold.set'),
  notifications: page(() => '/notifications', 'notifications.own'),
} satisfies Record<string, Page>
export type PageName = keyof typeof PAGES

const WORK: Readonly<Record<Role, readonly PageName[]>> = {
  volunteer: ['record', 'care', 'vulnerable', 'board', 'province', 'list', 'help'],
  responder: ['board', 'care', 'record', 'province', 'list', 'wall'],
  hotline: ['desk', 'board', 'care', 'vulnerable', 'find', 'record', 'help', 'province', 'list', 'wall'],
  triage: ['board', 'care', 'beds', 'find', 'record', 'province', 'list', 'wall'],
  bed_coordinator: ['beds', 'alerts', 'board', 'facility', 'province', 'list', 'record', 'wall'],
  facility_staff: ['facility', 'record', 'province', 'list', 'wall'],
  vaccination_staff: ['facility', 'province', 'list', 'wall'],
  district_chief: [
    'province',
    'period',
    'alerts',
    'board',
    'care',
    'vulnerable',
    'beds',
    'find',
    'corrections',
    'list',
    'record',
    'wall',
  ],
  provincial_health: [
    'province',
    'period',
    'alerts',
    'board',
    'care',
    'vulnerable',
    'beds',
    'desk',
    'find',
    'facility',
    'registry',
    'corrections',
    'list',
    'record',
    'keys',
    'wall',
  ],
  governor: ['province', 'period', 'alerts', 'board', 'care', 'beds', 'find', 'corrections', 'list', 'screens', 'wall'],
  national: ['wall', 'period', 'alerts', 'board', 'registry', 'list', 'thresholds'],
  screen: ['wall'],
  administrator: ['admin', 'alerts', 'registry', 'corrections', 'list', 'wall'],
  auditor: ['audit', 'board', 'list', 'wall'],
}

/** The pages of a role, in the order of its work, and its notifications; it lands on the first one after signing in. */
export const WORKPLACES = Object.fromEntries(
  Object.entries(WORK).map(([role, pages]) => [role, role === 'screen' ? pages : [...pages, 'notifications']]),
) as typeof WORK

/** The actions of which one opens the page. */
export function pageMay(name: PageName): readonly Action[] {
  return PAGES[name].may
}

export type Workplace = { readonly page: PageName; readonly href: string }

/** Where this account works, its own place first; none without a role. The hub's word on what it may do counts. */
export function workplacesOf(seat: Seat): readonly Workplace[] {
  const names = seat.role !== null && seat.role !== 'unbound' ? WORKPLACES[seat.role] : []
  return names
    .filter((name) => PAGES[name].may.some((action) => seat.may.includes(action)))
    .map((name) => ({ page: name, href: PAGES[name].href(seat) }))
}

/** Leads on to the own workplace: for a way in that is chosen before anybody knows who comes. */
export const HOME_PATH = '/home'

/** Where an account lands after signing in; the start page without a role. */
export function homePath(seat: Seat): string {
  return workplacesOf(seat)[0]?.href ?? '/'
}
