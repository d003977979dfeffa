import { randomUUID } from 'node:crypto'
import type { Resource } from '../../hub/authorize/resource.ts'
import { accountKey } from '../../hub/situation/account-key.ts'
import { insertRow, makeAlert, makeRule } from '../support/rls-rows.ts'
import type { Prepared, RequestCase, Target } from './request-case.ts'

/** 409: the table let it through, and the state of the case did not. */
const DONE = [200, 201, 409]
/** Somebody else, who holds what the account does not. */
const OTHER = '00000000-0000-4000-8000-0000000000aa'

const holderOf = ({ held, grant }: Target): string => (held && grant !== null ? grant.account : OTHER)
const ofCase = (target: Target): Resource => ({ area: target.world.district, holder: holderOf(target) })
const ofArea = ({ world }: Target): Resource => ({ area: world.district })
const provinceOf = ({ world }: Target): string => world.district.slice(0, 2)
const ofProvince = (target: Target): Resource => ({ area: provinceOf(target) })
const ofFacility = ({ world }: Target): Resource => ({ area: world.district, facility: world.facility })

const command = (path: string, body: unknown): Prepared => ({
  path,
  body,
  headers: { 'idempotency-key': randomUUID() },
})

type Made = { readonly id: number; readonly need: number }

/** Of another province than any account of these tests. */
const FAR = '9001'

/** A case with one claimed need. */
async function makeCase(target: Target, district = target.world.district): Promise<Made> {
  const { rows } = await target.pool.query<{ id: number; need: number }>(
    `with made as (
       insert into cases (district, report_day, source, stage, severity, care_place, classification, on_board)
       values ($1, '2021-11-11', 'api', 'triaged', 'green', 'waiting', 'confirmed', true) returning id
     ), private as (insert into case_private (case_id) select id from made)
     insert into needs (case_id, district, kind, status, claimed_by, holder_label, claimed_at, lease_until, fence)
     select id, $1, 'food', 'claimed', $2, 'T', now(), now() + interval '1 hour', 1 from made
     returning case_id as id, id as need`,
    [district, holderOf(target)],
  )
  return rows[0]!
}

async function openNeed(target: Target): Promise<number> {
  const { need } = await makeCase(target)
  await target.pool.query(
    `update needs set status = 'open', claimed_by = null, holder_label = null, claimed_at = null, lease_until = null where id = $1`,
    [need],
  )
  return need
}

async function makeTransfer(target: Target, status: string, from = target.world.district): Promise<number> {
  const { id } = await makeCase(target, from)
  const { rows } = await target.pool.query<{ id: number }>(
    `insert into transfers (case_id, district, status, level, to_facility, requested_label, requested_at, updated_at)
     values ($1, $2, $3, '0', $4, 'T', now(), now()) returning id`,
    [id, from, status, target.world.facility],
  )
  return rows[0]!.id
}

const aboutCase = (name: string, body: (made: Made, target: Target) => unknown | Promise<unknown>): RequestCase => ({
  allowed: DONE,
  resource: ofCase,
  async request(target) {
    const made = await makeCase(target)
    return command(`/api/cases/${made.id}/${name}`, await body(made, target))
  },
})

const aboutCorrection = (name: string, body: object): RequestCase => ({
  allowed: DONE,
  resource: ofCase,
  async request(target) {
    const { rows } = await target.pool.query<{ id: number }>(
      `insert into data_requests (case_id, kind, asked_at) values ($1, 'correct', now()) returning id`,
      [(await makeCase(target)).id],
    )
    return command(`/api/corrections/${rows[0]!.id}/${name}`, body)
  },
})

const aboutNeed = (name: string, body: (target: Target) => unknown): RequestCase => ({
  allowed: DONE,
  resource: ofCase,
  async request(target) {
    return command(`/api/needs/${(await makeCase(target)).need}/${name}`, body(target))
  },
})

/** Supervisors act for a holder, but a claim lives by its holder's own actions: who else holds it is not asked here. */
const keepsNeed = (name: string): RequestCase => ({
  ...aboutNeed(name, fence),
  resource: (target) => ofCase({ ...target, held: true }),
})

/** The table's question of a claim is the area; who holds it is the machine's. */
const takesNeed = (name: string): RequestCase => ({
  allowed: DONE,
  resource: ofArea,
  request: async (target) => command(`/api/needs/${await openNeed(target)}/${name}`, {}),
})

const looks = (method: 'PUT' | 'DELETE'): RequestCase => ({
  allowed: [200],
  resource: ofArea,
  request: async (target) => ({ method, path: `/api/cases/${(await makeCase(target)).id}/presence` }),
})

const step = (
  name: string,
  status: string,
  resource: RequestCase['resource'] & object,
  body: unknown = {},
): RequestCase => ({
  allowed: DONE,
  resource,
  request: async (target) => command(`/api/transfers/${await makeTransfer(target, status)}/${name}`, body),
})

/** What comes from another province: the receiving side alone is asked. */
const receives = (name: string, body: unknown): RequestCase => ({
  allowed: DONE,
  resource: ofFacility,
  request: async (target) => command(`/api/transfers/${await makeTransfer(target, 'requested', FAR)}/${name}`, body),
})

/** A request of the facility, asked for and, when it is claimed, taken by the account where it is to hold it. */
async function makeResource(target: Target, status: 'open' | 'claimed'): Promise<number> {
  const { world, pool } = target
  const mine = holderOf(target)
  const { rows } = await pool.query<{ id: number }>(
    `insert into resources (kind, quantity, urgent, district, place, facility_id, status, requested_by, requested_label, requested_at,
       claimed_by, holder_label, claimed_at)
     values ('oxygen', 1, false, $1, $1, $2, $3, $4, 'A', now(), $5, $6, $7) returning id`,
    [
      world.district,
      world.facility,
      status,
      mine,
      ...(status === 'open' ? [null, null, null] : [mine, 'A', new Date()]),
    ],
  )
  return rows[0]?.id ?? 0
}

const aboutResource = (name: string, body: object, status: 'open' | 'claimed'): RequestCase => ({
  allowed: DONE,
  resource: (target) => ({ ...ofFacility(target), holder: holderOf(target) }),
  request: async (target) => command(`/api/resources/${await makeResource(target, status)}/${name}`, body),
})

/** A call that is owed, or taken by whoever asks. */
async function makeCall(target: Target, state: 'owed' | 'claimed'): Promise<number> {
  const { world, pool } = target
  const holder = state === 'claimed' ? (target.grant?.account ?? OTHER) : null
  const { rows } = await pool.query<{ id: number }>(
    `insert into calls (district, state, language, rang_at, due_at, claimed_by, holder_label, lease_until)
     values ($1, $2, 'th', now(), now(), $3, $4, $5) returning id`,
    [world.district, state, holder, holder && 'A', holder && new Date(Date.now() + 3_600_000)],
  )
  const id = rows[0]?.id ?? 0
  await insertRow(pool, 'call_numbers', { call_id: id, phone: '+66812345678' }, 'call_id')
  return id
}

const aboutCall = (name: string, body: object, state: 'owed' | 'claimed'): RequestCase => ({
  allowed: DONE,
  resource: ofArea,
  request: async (target) => command(`/api/calls/${await makeCall(target, state)}/${name}`, body),
})

const reads = (path: (target: Target) => string, resource: RequestCase['resource'] & object): RequestCase => ({
  allowed: [200],
  resource,
  request: (target) => ({ path: path(target) }),
})

/** Of another version than stands: the table lets it through, and nothing is changed for those who come after. */
const aboutFacility = (name: string, body: unknown): RequestCase => ({
  allowed: DONE,
  resource: ofFacility,
  request: ({ world }) => command(`/api/facilities/${world.facility}/${name}`, body),
})

/** The administrator answers for the system alone, and nobody else for that. */
const aboutAlert = (name: string, body: unknown): RequestCase => ({
  allowed: DONE,
  resource: ofArea,
  request: async ({ world, pool, grant }) => {
    const owner = grant?.role === 'administrator' ? 'administrator' : 'bed_coordinator'
    return command(`/api/alerts/${await makeAlert(pool, world.district, owner)}/${name}`, body)
  },
})
const WATCHED = { indicator: 'cases.growth', areaKind: 'province', condition: 'growth' }
const JUDGED = {
  ...{ nameTh: 'ทดสอบ', nameEn: 'Test', bound: 0.5, clearBound: 0.3, forSeconds: 0, severity: 'minor', enabled: true },
  ...{ owner: 'provincial_health', ackMinutes: 30, escalateTo: null, sound: false },
}

const fence = ({ grant, held }: Target) => (held && grant !== null ? { fence: 1 } : {})
const district = ({ world }: Target) => world.district
const record = { kind: 'request', needs: ['food'], name: 'Test' }
const counted = { sourceAt: new Date().toISOString() }
const beds = { level: '2.1', staffed: 1, available: 1, occupied: 0 }

export const CASE_REQUESTS: Readonly<Record<string, RequestCase>> = {
  'GET /api/cases': reads((target) => `/api/cases?area=${district(target)}`, ofArea),
  'GET /api/cases/{id}': reads(({ world }) => `/api/cases/${world.case}`, ofArea),
  'PUT /api/cases/{id}/presence': looks('PUT'),
  'DELETE /api/cases/{id}/presence': looks('DELETE'),
  'GET /api/cases/{id}/events': reads(({ world }) => `/api/cases/${world.case}/events`, ofArea),
  'POST /api/cases/{id}/reveal': {
    allowed: [200],
    resource: ofCase,
    request: async (target) => ({ path: `/api/cases/${(await makeCase(target)).id}/reveal` }),
  },
  'POST /api/cases/search': {
    allowed: [200],
    request: () => ({ path: '/api/cases/search', body: { text: '081 234 5678' } }),
  },
  'POST /api/cases/{id}/complaint': {
    allowed: [200],
    resource: ofCase,
    request: async (target) => ({ path: `/api/cases/${(await makeCase(target)).id}/complaint` }),
  },
  'GET /api/cases/{id}/duplicates': {
    allowed: [200],
    resource: ofArea,
    request: async (target) => ({ path: `/api/cases/${(await makeCase(target)).id}/duplicates` }),
  },
  'GET /api/corrections': reads((target) => `/api/corrections?area=${district(target)}`, ofArea),
  'POST /api/corrections/{id}/close': aboutCorrection('close', { because: 'not_proven' }),
  // Allowed, and it is open.
  'POST /api/corrections/{id}/reopen': { ...aboutCorrection('reopen', {}), allowed: [409] },
  'POST /api/cases/{id}/verify': { ...aboutCase('verify', () => ({})), resource: ofArea },
  // Allowed, and the case is none that stands apart.
  'POST /api/cases/{id}/dismiss': { ...aboutCase('dismiss', () => ({})), resource: ofArea, allowed: [409] },
  'POST /api/cases/{id}/triage': { ...aboutCase('triage', () => ({ severity: 'yellow' })), resource: ofArea },
  'POST /api/cases/{id}/place': aboutCase('place', () => ({ place: 'hi' })),
  'POST /api/cases/{id}/contacts': aboutCase('contacts', () => ({ channel: 'phone', result: 'reached' })),
  'POST /api/cases/{id}/escalate': aboutCase('escalate', () => ({ reason: 'worse' })),
  'POST /api/cases/{id}/needs': { ...aboutCase('needs', () => ({ needs: ['oxygen'] })), resource: ofArea },
  'POST /api/cases/{id}/outcome': aboutCase('outcome', () => ({ outcome: 'recovered' })),
  'POST /api/cases/{id}/close': aboutCase('close', () => ({ reason: 'helped' })),
  'POST /api/cases/{id}/reopen': aboutCase('reopen', () => ({ reason: 'other' })),
  'POST /api/cases/{id}/merge': {
    ...aboutCase('merge', async (_, target) => ({ into: (await makeCase(target)).id })),
    resource: ofArea,
  },
  // Allowed, and there is no such event of one's own to take back.
  'POST /api/cases/{id}/undo': { ...aboutCase('undo', () => ({ event: 1 })), resource: ofArea, allowed: [404, 409] },
  'POST /api/cases/{id}/transfers': aboutCase('transfers', () => ({ level: '1' })),

  'GET /api/needs/mine': { allowed: [200], request: () => ({ path: '/api/needs/mine' }) },
  'GET /api/my-work': { allowed: [200], request: () => ({ path: '/api/my-work' }) },
  'GET /api/needs/{id}/colleagues': {
    allowed: [200],
    resource: ofCase,
    request: async (target) => ({ path: `/api/needs/${(await makeCase(target)).need}/colleagues` }),
  },
  'POST /api/needs/{id}/claim': takesNeed('claim'),
  'POST /api/needs/{id}/ask': takesNeed('ask'),
  'POST /api/needs/{id}/accept': takesNeed('accept'),
  'POST /api/needs/{id}/reject': takesNeed('reject'),
  'POST /api/needs/{id}/heartbeat': keepsNeed('heartbeat'),
  'POST /api/needs/{id}/start': keepsNeed('start'),
  'POST /api/needs/{id}/fulfil': aboutNeed('fulfil', fence),
  'POST /api/needs/{id}/release': aboutNeed('release', fence),
  'POST /api/needs/{id}/offer': aboutNeed('offer', (target) => ({
    ...fence(target),
    to: accountKey(target.colleague),
  })),
  'POST /api/needs/{id}/withdraw': aboutNeed('withdraw', fence),
  'POST /api/needs/{id}/close': aboutNeed('close', (target) => ({ ...fence(target), reason: 'no_help_wanted' })),
  'POST /api/needs/{id}/reopen': aboutNeed('reopen', () => ({})),

  'GET /api/transfers': reads(
    ({ world }) => `/api/transfers?area=${world.district}&facility=${world.facility}`,
    ofFacility,
  ),
  'GET /api/placements': reads((target) => `/api/placements?area=${district(target)}`, ofArea),
  'GET /api/free-beds': reads((target) => `/api/free-beds?area=${district(target)}`, ofArea),
  'POST /api/transfers/{id}/agree': receives('agree', {}),
  'POST /api/transfers/{id}/decline': receives('decline', { reason: 'no_bed' }),
  'POST /api/transfers/{id}/redirect': {
    allowed: DONE,
    resource: ofCase,
    request: async (target) =>
      command(`/api/transfers/${await makeTransfer(target, 'requested')}/redirect`, {
        facility: target.world.facility,
      }),
  },
  'POST /api/transfers/{id}/approve': step('approve', 'requested', ofCase),
  'POST /api/transfers/{id}/accept': step('accept', 'approved', ofFacility),
  'POST /api/transfers/{id}/extend': step('extend', 'accepted', ofFacility),
  'POST /api/transfers/{id}/reject': step('reject', 'approved', ofFacility, { reason: 'no_bed' }),
  'POST /api/transfers/{id}/refuse': step('refuse', 'requested', ofCase, { reason: 'no_bed' }),
  'POST /api/transfers/{id}/transport': step('transport', 'accepted', ofCase),
  'POST /api/transfers/{id}/depart': step('depart', 'transport', ofCase),
  'POST /api/transfers/{id}/arrive': step('arrive', 'en_route', ofFacility),
  'POST /api/transfers/{id}/cancel': step('cancel', 'requested', ofCase),
  'POST /api/transfers/{id}/died': step('died', 'requested', ofCase),
  'POST /api/transfers/{id}/died-at-destination': step('died-at-destination', 'en_route', ofFacility),

  'GET /api/facilities/{id}/beds': reads(({ world }) => `/api/facilities/${world.facility}/beds`, ofFacility),
  'POST /api/facilities/{id}/beds': {
    allowed: DONE,
    resource: ofFacility,
    request: ({ world }) => command(`/api/facilities/${world.facility}/beds`, { ...counted, levels: [beds] }),
  },
  // Allowed, and no count waits there.
  'POST /api/facilities/{id}/counts/take': {
    ...aboutFacility('counts/take', { level: '3', sourceAt: 1 }),
    allowed: [404],
  },
  'POST /api/facilities/{id}/counts/refuse': {
    ...aboutFacility('counts/refuse', { level: '3', sourceAt: 1, reason: 'miscounted' }),
    allowed: [404],
  },
  'GET /api/facilities/{id}/stock': reads(({ world }) => `/api/facilities/${world.facility}/stock`, ofFacility),
  'POST /api/facilities/{id}/stock': aboutFacility('stock', {
    ...counted,
    items: [{ item: 'oximeter', onHand: 5, perDay: 1 }],
  }),
  // Allowed, and there is no such report of one's own to take back.
  'POST /api/facilities/{id}/undo': {
    ...aboutFacility('undo', { report: 'no-such-report' }),
    allowed: [404],
  },
  'POST /api/beds/import': {
    allowed: [200],
    request: () => {
      const csv = 'facility,level,staffed,available,occupied\n1,3,1,1,0\n'
      return command('/api/beds/import', { file: Buffer.from(csv).toString('base64') })
    },
  },
  'POST /api/facilities/{id}/vaccinations': {
    allowed: DONE,
    resource: ofFacility,
    request: ({ world }) =>
      command(`/api/facilities/${world.facility}/vaccinations`, { rows: [{ dose: 1, group: 'general', doses: 5 }] }),
  },
  'GET /api/facilities/{id}': reads(({ world }) => `/api/facilities/${world.facility}`, ofFacility),
  'GET /api/facilities/{id}/history': reads(({ world }) => `/api/facilities/${world.facility}/history`, ofFacility),
  'GET /api/facilities/{id}/deadlines.ics': reads(
    ({ world }) => `/api/facilities/${world.facility}/deadlines.ics`,
    ofFacility,
  ),
  'POST /api/facilities': {
    allowed: DONE,
    resource: ofArea,
    request: ({ world }) => command('/api/facilities', { kind: 'ci', nameTh: 'ศูนย์', place: { area: world.district } }),
  },
  'GET /api/registry/export': reads((target) => `/api/registry/export?area=${district(target)}&format=csv`, ofArea),
  // The columns of a file are nobody's in particular.
  'GET /api/registry/template': { allowed: [200], request: () => ({ path: '/api/registry/template?format=csv' }) },
  // Each row has its own place: the file is let in by the role alone.
  'POST /api/registry/import': {
    allowed: [200],
    request: ({ world }) => {
      const csv = `kind,name_th,province,district\nci,ศูนย์,${world.district.slice(0, 2)},${world.district}\n`
      return command('/api/registry/import', { name: 'a.csv', file: Buffer.from(csv).toString('base64') })
    },
  },
  'POST /api/facilities/{id}/edit': aboutFacility('edit', { version: 1, capacity: '20' }),
  'POST /api/facilities/{id}/desk': aboutFacility('desk', { version: 1, hours: '24/7' }),
  'POST /api/facilities/{id}/close': aboutFacility('close', { version: 9, reason: 'ended' }),
  'POST /api/facilities/{id}/reopen': aboutFacility('reopen', { version: 9 }),
  'POST /api/facilities/{id}/merge': aboutFacility('merge', { version: 9, into: 2_000_000_000 }),
  'GET /api/rounds': reads((target) => `/api/rounds?area=${district(target)}`, ofArea),
  'POST /api/rounds': {
    allowed: DONE,
    resource: ofArea,
    request: ({ world }) =>
      command('/api/rounds', {
        area: world.district,
        setting: 'market',
        results: [{ kind: 'atk', tested: 9, positive: 1 }],
      }),
  },
  'GET /api/calls': reads((target) => `/api/calls?area=${district(target)}`, ofArea),
  'POST /api/calls': {
    allowed: DONE,
    resource: ofArea,
    request: ({ world }) => command('/api/calls', { area: world.district, phone: '0812345678' }),
  },
  'POST /api/calls/{id}/claim': aboutCall('claim', {}, 'owed'),
  'POST /api/calls/{id}/release': aboutCall('release', {}, 'claimed'),
  'POST /api/calls/{id}/end': aboutCall('end', { result: 'reached' }, 'claimed'),
  'GET /api/resources': reads(({ world }) => `/api/resources?facility=${world.facility}`, ofFacility),
  'GET /api/resources/{id}': reads(({ world }) => `/api/resources/${world.resource}`, ofFacility),
  'POST /api/resources': {
    allowed: DONE,
    resource: ofFacility,
    request: ({ world }) => command('/api/resources', { kind: 'oxygen', quantity: 4, facility: world.facility }),
  },
  'POST /api/resources/{id}/claim': aboutResource('claim', {}, 'open'),
  'POST /api/resources/{id}/release': aboutResource('release', {}, 'claimed'),
  'POST /api/resources/{id}/deliver': aboutResource('deliver', {}, 'claimed'),
  'POST /api/resources/{id}/close': aboutResource('close', { reason: 'duplicate' }, 'open'),
  'GET /api/alerts': reads((target) => `/api/alerts?area=${district(target)}`, ofArea),
  'GET /api/alerts/{id}': reads(({ world }) => `/api/alerts/${world.alert}`, ofArea),
  'GET /api/alert-answers': reads((target) => `/api/alert-answers?area=${district(target)}`, ofArea),
  'POST /api/alerts/{id}/acknowledge': aboutAlert('acknowledge', {}),
  'POST /api/alerts/{id}/take-over': aboutAlert('take-over', {}),
  'POST /api/alerts/{id}/undo': aboutAlert('undo', {}),
  'POST /api/alerts/{id}/shelve': aboutAlert('shelve', { minutes: 30 }),
  'POST /api/alerts/{id}/unshelve': aboutAlert('unshelve', {}),
  'GET /api/alert-rules': { allowed: [200], request: () => ({ path: '/api/alert-rules' }) },
  'GET /api/alert-owners': reads((target) => `/api/alert-owners?area=${district(target)}`, ofArea),
  'POST /api/alert-rules': {
    allowed: DONE,
    resource: ofProvince,
    request: (target) => command('/api/alert-rules', { area: provinceOf(target), ...WATCHED, ...JUDGED }),
  },
  'POST /api/alert-rules/{id}/edit': {
    allowed: DONE,
    resource: ofProvince,
    request: async (target) =>
      command(`/api/alert-rules/${await makeRule(target.pool, provinceOf(target))}/edit`, JUDGED),
  },
  'POST /api/alert-rules/backtest': {
    allowed: [200],
    resource: ofProvince,
    request: (target) => ({
      path: '/api/alert-rules/backtest',
      body: { area: provinceOf(target), ...WATCHED, ...JUDGED },
    }),
  },
  'GET /api/dose-plans': reads(
    ({ world }) => `/api/dose-plans?facility=${world.facility}`,
    ({ world }) => ({ area: world.district, facility: world.facility }),
  ),
  'POST /api/dose-plans': {
    allowed: DONE,
    resource: ofArea,
    request: ({ world }) =>
      command('/api/dose-plans', { facility: world.facility, plans: [{ day: '2099-01-01', doses: 5 }] }),
  },
  'POST /api/tests': {
    allowed: DONE,
    resource: ofArea,
    request: ({ world }) => command('/api/tests', { area: world.district, kind: 'atk', tested: 5, positive: 1 }),
  },
  'GET /api/reports': reads((target) => `/api/reports?area=${district(target)}&metric=doses.1`, ofArea),
  // Allowed, and this hub has taken no snapshot.
  'GET /api/late': { ...reads((target) => `/api/late?area=${district(target)}`, ofArea), allowed: [503] },
  'GET /api/yesterday': { allowed: [200], request: () => ({ path: '/api/yesterday?area=50' }) },
  'GET /api/shift-start': { allowed: [200], request: () => ({ path: '/api/shift-start?area=50' }) },
  'GET /api/facilities/{id}/wall': {
    allowed: [200],
    request: ({ world }) => ({ path: `/api/facilities/${world.facility}/wall` }),
  },
  'GET /api/facilities': reads((target) => `/api/facilities?area=${district(target)}`, ofArea),
  'GET /api/vulnerable': reads((target) => `/api/vulnerable?area=${district(target)}`, ofArea),
  'POST /api/vulnerable/{id}/calls': {
    allowed: DONE,
    resource: ofArea,
    request: ({ world }) =>
      command(`/api/vulnerable/${world.vulnerable}/calls`, { channel: 'phone', result: 'reached' }),
  },
  'POST /api/vulnerable/{id}/reveal': {
    allowed: [200],
    resource: ofArea,
    request: ({ world }) => ({ path: `/api/vulnerable/${world.vulnerable}/reveal` }),
  },
  'GET /api/care': reads((target) => `/api/care?area=${district(target)}`, ofArea),
  'GET /api/care/defaults': reads((target) => `/api/care/defaults?area=${provinceOf(target)}`, ofProvince),
  'POST /api/care/defaults': {
    allowed: DONE,
    resource: ofProvince,
    request: (target) => command('/api/care/defaults', { area: provinceOf(target), severity: 'green', owed: null }),
  },
  'GET /api/cases/{id}/care': reads(({ world }) => `/api/cases/${world.case}/care`, ofArea),
  'POST /api/cases/{id}/care': { ...aboutCase('care', () => ({ item: 'meals', kind: 'done' })), resource: ofArea },
  'POST /api/cases/{id}/keeper': { ...aboutCase('keeper', () => ({ keep: true })), resource: ofArea },
  'POST /api/record': {
    allowed: DONE,
    resource: ofArea,
    request: ({ world }) => command('/api/record', { ...record, place: { area: world.district } }),
  },
  'POST /api/record/batch': {
    // Each record has its own result: the batch is let in by the role alone.
    allowed: [200],
    request: ({ world }) => ({
      path: '/api/record/batch',
      body: { records: [{ key: randomUUID(), record: { ...record, place: { area: world.district } } }] },
    }),
  },
  'POST /api/record/duplicates': {
    allowed: [200],
    resource: ofArea,
    request: ({ world }) => ({
      path: '/api/record/duplicates',
      body: { name: 'Test', place: { area: world.district } },
    }),
  },
}
