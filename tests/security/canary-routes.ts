import { can } from '../../hub/authorize/decide.ts'
import type { Subject } from '../../hub/contract/vocabulary/roles.ts'
import type { World } from '../support/rls-rows.ts'
import type { Ask, Fed } from './canary-feed.ts'
import type { Stand } from './subjects.ts'

/** What a GET of the API is asked for, beyond its own address. A route that is not here and has a parameter fails. */
type Paths = (fed: Fed, world: World) => readonly string[]

const cases = ({ people }: Fed): number[] => Object.values(people).flatMap(({ case: id }) => (id === null ? [] : [id]))
const ofCases = (end: string) => (fed: Fed) => cases(fed).map((id) => `/api/cases/${id}${end}`)
const day = () => new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10)

export const PATHS: Readonly<Record<string, Paths>> = {
  '/api/situation': () =>
    ['nation', 'province:50', 'public:50', 'board:50', 'command:TH', 'command:50', 'alerts', 'alerts:50'].map(
      (scope) => `/api/situation?scope=${scope}`,
    ),
  '/feed/{scope}': () => ['/feed/nation', '/feed/public:50'],
  '/api/fhir/MeasureReport': (_, { facility }) => [
    '/api/fhir/MeasureReport?measure=beds&subject=50',
    '/api/fhir/MeasureReport?measure=cases&subject=5001',
    `/api/fhir/MeasureReport?measure=beds&subject=Location/${facility}`,
  ],
  '/api/ogc/collections/{collection}': () => ['/api/ogc/collections/facilities'],
  '/api/ogc/collections/{collection}/items': () =>
    ['facilities', 'provinces', 'districts'].map((name) => `/api/ogc/collections/${name}/items?limit=10000`),
  '/api/ogc/collections/{collection}/items/{item}': () => ['/api/ogc/collections/provinces/items/50'],
  '/api/odata/{entitySet}': () => ['Provinces', 'Facilities', 'Beds', 'DayCounts'].map((name) => `/api/odata/${name}`),
  '/api/dhis2/dataValueSets': () => [
    '/api/dhis2/dataValueSets?orgUnit=50',
    '/api/dhis2/dataValueSets?orgUnit=50&format=csv',
  ],
  '/api/cap': () => ['/api/cap?area=50'],
  '/api/cap/messages/{id}': () => ['/api/cap/messages/1'],
  '/api/sites': () => ['/api/sites', '/api/sites?area=50'],
  '/api/areas': () => ['/api/areas?parent=50', '/api/areas?parent=5001'],
  '/api/history': () => [`/api/history?area=50&metric=cases&from=${day()}&to=${day()}`],
  '/api/privacy': () => ['/api/privacy?language=th'],
  '/api/help/consent': () => ['/api/help/consent?language=th'],
  '/api/cases': ({ people }) => [
    '/api/cases?area=50&limit=200',
    '/api/cases?area=TH&order=urgent',
    `/api/cases?area=5001&board=yes&limit=${Object.keys(people).length}`,
  ],
  '/api/cases/{id}': ofCases(''),
  '/api/cases/{id}/events': ofCases('/events'),
  '/api/cases/{id}/duplicates': ofCases('/duplicates'),
  '/api/corrections': () => ['/api/corrections?area=50', '/api/corrections?area=5001&show=closed'],
  '/api/needs/{id}/colleagues': ({ need }) => [`/api/needs/${need}/colleagues`],
  '/api/transfers': (_, { facility }) => ['/api/transfers?area=50', `/api/transfers?area=5001&facility=${facility}`],
  '/api/placements': () => ['/api/placements?area=50'],
  '/api/late': () => ['/api/late?area=50'],
  '/api/yesterday': () => ['/api/yesterday?area=50', '/api/yesterday?area=TH'],
  '/api/shift-start': () => ['/api/shift-start?area=50', '/api/shift-start?area=TH'],
  '/api/facilities/{id}/wall': (_, { facility }) => [`/api/facilities/${facility}/wall`],
  '/api/facilities': () => ['/api/facilities?area=50'],
  '/api/facilities/{id}': (_, { facility }) => [`/api/facilities/${facility}`],
  '/api/registry/export': () => ['/api/registry/export?area=50&format=csv'],
  '/api/registry/template': () => ['/api/registry/template?format=csv'],
  '/api/facilities/{id}/deadlines.ics': (_, { facility }) => [`/api/facilities/${facility}/deadlines.ics`],
  '/api/deadlines.ics': () => ['/api/deadlines.ics'],
  '/api/rounds': () => ['/api/rounds?area=50'],
  '/api/calls': () => ['/api/calls?area=50'],
  '/api/resources': (_, { facility }) => ['/api/resources?area=50', `/api/resources?facility=${facility}`],
  '/api/resources/{id}': (_, { resource }) => [`/api/resources/${resource}`],
  '/api/alerts': () => ['/api/alerts?area=50', '/api/alerts?area=TH&state=live'],
  '/api/alerts/{id}': (_, { alert }) => [`/api/alerts/${alert}`],
  '/api/alert-owners': () => ['/api/alert-owners?area=50'],
  '/api/alert-answers': () => ['/api/alert-answers?area=50'],
  '/api/briefing/{file}': () => ['/api/briefing/50.csv', '/api/briefing/5001.csv?lang=en', '/api/briefing/50.pdf'],
  '/api/free-beds': () => ['/api/free-beds?area=50'],
  '/api/command': () => ['/api/command?area=50', '/api/command?area=5001'],
  '/api/dose-plans': (_, { facility }) => [`/api/dose-plans?facility=${facility}`, '/api/dose-plans?area=50'],
  '/api/facilities/{id}/history': (_, { facility }) => [`/api/facilities/${facility}/history`],
  '/api/facilities/{id}/beds': (_, { facility }) => [`/api/facilities/${facility}/beds`],
  '/api/facilities/{id}/stock': (_, { facility }) => [`/api/facilities/${facility}/stock`],
  '/api/reports': () => [`/api/reports?area=50&metric=tests&day=${day()}`],
  '/api/care': () => ['/api/care?area=50&show=all', '/api/care?area=TH'],
  '/api/care/defaults': () => ['/api/care/defaults?area=50'],
  '/api/cases/{id}/care': ofCases('/care'),
  '/api/vulnerable': () => ['/api/vulnerable?area=50', '/api/vulnerable?area=5001'],
  '/api/receipts': () => ['/api/receipts?scope=nation&position=1'],
  '/api/accounts/{id}': () => ['/api/accounts/00000000-0000-4000-8000-000000000003'],
}

/**
 * They answer nobody here: agencies come back to the one from their own sign-in, which is not set up; the second stands at
 * positions, and what it says is what /api/situation says of the same scopes; no screen is approved, and its scenes are places and hours. The
 * alert here is of a facility, which no public message names (`tests/exchange/cap.pg.test.ts`).
 */
const NOT_ANSWERED: readonly string[] = [
  '/api/auth/callback/agency',
  '/feed/{scope}/{epoch}/{part}',
  '/api/screens/{id}/scenes',
  '/api/cap/public/messages/{id}',
]

/** The code of a request for help stands in no address. */
const headersOf = (path: string, { code }: Fed) =>
  path === '/api/help/status' ? { headers: { 'tracking-code': code } } : {}

/** Every GET there is, by every role, and a reveal by each that may not. @throws Error when a route answers nobody */
export async function askEverything(
  ask: Ask,
  document: { readonly paths: Readonly<Record<string, object>> },
  stands: readonly Stand[],
  fed: Fed,
  world: World,
): Promise<void> {
  const routes = Object.entries(document.paths).flatMap(([path, item]) => ('get' in item ? [path] : []))
  const answered = new Set<string>()
  for (const route of routes) {
    const paths = PATHS[route]?.(fed, world) ?? [route]
    for (const { subject } of stands) {
      for (const path of paths) {
        const { status, text } = await ask(subject, 'GET', path, headersOf(path, fed))
        if (status >= 500 || status === 429) throw new Error(`${path} by ${subject}: ${status} ${text.slice(0, 200)}`)
        if (status === 200) answered.add(route)
      }
    }
  }
  const silent = routes.filter((route) => !answered.has(route) && !NOT_ANSWERED.includes(route))
  if (silent.length > 0) throw new Error(`these answer nobody, so nothing of them was searched: ${silent.join(', ')}`)
}

/**
 * Reveals, as each role: who holds the case or supervises the area gets it whole, everybody else a refusal.
 * @returns the text of what was revealed to the one who may, by case
 */
export async function revealAll(
  ask: Ask,
  stands: readonly Stand[],
  fed: Fed,
  holder: Subject,
  district: string,
): Promise<Readonly<Record<string, string>>> {
  const revealed: Record<string, string> = {}
  for (const [who, { case: id }] of Object.entries(fed.people)) {
    if (id === null) {
      for (const { subject, grant } of stands) {
        const may = can(grant, 'vulnerable.reveal', { area: district }).allowed
        const { status, text } = await ask(subject, 'POST', `/api/vulnerable/${fed.vulnerable}/reveal`, {}, may)
        if ((status === 200) !== may)
          throw new Error(`a reveal of ${who} by ${subject}: ${status} ${text.slice(0, 200)}`)
        if (may) revealed[`${who} to ${subject}`] = text
      }
      continue
    }
    for (const { subject, grant } of stands) {
      const held = who === 'help' && subject === holder
      const may = can(grant, 'case.reveal', { area: district, holder: held ? (grant?.account ?? null) : null }).allowed
      const { status, text } = await ask(subject, 'POST', `/api/cases/${id}/reveal`, {}, may)
      if ((status === 200) !== may) throw new Error(`a reveal of ${who} by ${subject}: ${status} ${text.slice(0, 200)}`)
      if (may) revealed[`${who} to ${subject}`] = text
    }
  }
  return revealed
}
