import { randomBytes, randomUUID } from 'node:crypto'
import type { Resource } from '../../hub/authorize/resource.ts'
import type { World } from '../support/rls-rows.ts'
import { CASE_REQUESTS } from './case-requests.ts'
import { PERIOD_REQUESTS } from './period-requests.ts'
import type { RequestCase, Target } from './request-case.ts'

const province = (world: World) => world.district.slice(0, 2)
const unique = () => `t-${randomBytes(6).toString('hex')}`

/** Somebody to be changed. */
async function victim({ pool }: Target): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    `with made as (insert into accounts (name, email, username) values ('Test', $1 || '@test.example', $1) returning id)
     insert into account_grants (account_id, role, areas, label) select id, 'responder', '{50}', 'T' from made returning account_id as id`,
    [unique()],
  )
  return rows[0]!.id
}

async function screen({ pool, world }: Target): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    `with made as (insert into accounts (name, email, username) values ('Test', $1 || '@test.example', $1) returning id)
     insert into account_grants (account_id, role, areas, label) select id, 'screen', array[$2], 'T' from made returning account_id as id`,
    [unique(), province(world)],
  )
  return rows[0]!.id
}

const inProvince = ({ world }: Target): Resource => ({ area: province(world) })
const ownSession = ({ grant }: Target): Resource => ({ holder: grant?.account ?? null })
/** of one day and place, another each time */
let tested = 100

function measureReport(facility: number) {
  const group = (state: string, value: number) => ({
    code: { text: `beds.${state}` },
    stratifier: [{ stratum: [{ value: { text: '2.1' }, measureScore: { value } }] }],
  })
  return {
    resourceType: 'MeasureReport',
    status: 'complete',
    measure: 'http://hub.example/api/fhir/Measure/beds',
    subject: { reference: `Location/${facility}` },
    date: new Date().toISOString(),
    group: [group('staffed', 4), group('available', 3), group('occupied', 1)],
  }
}

const credential = { id: 'AAAA', rawId: 'AAAA', type: 'public-key' }
const passkeyAnswer = {
  ...credential,
  response: { clientDataJSON: 'AAAA', authenticatorData: 'AAAA', signature: 'AAAA' },
}
const newPasskey = { ...credential, response: { clientDataJSON: 'AAAA', attestationObject: 'AAAA' } }
const responder = { role: 'responder', areas: ['50'], label: 'T' }

/** A request for every route that asks the table. A route that is missing here fails the test. */
export const REQUESTS: Readonly<Record<string, RequestCase>> = {
  'POST /api/session/sign-out-everywhere': {
    allowed: [204],
    resource: ownSession,
    request: () => ({ path: '/api/session/sign-out-everywhere' }),
  },
  'POST /api/session/password': {
    // The pass says who asks, but a password is changed with the session itself, which this request has not.
    allowed: [400],
    resource: ownSession,
    request: () => ({ path: '/api/session/password', body: { current: 'unknown', next: 'a long new password' } }),
  },
  'POST /api/session/here': { allowed: [204], resource: ownSession, request: () => ({ path: '/api/session/here' }) },
  'POST /api/session/proof': {
    // Allowed, and then these accounts have neither factor nor password.
    allowed: [409],
    resource: ownSession,
    request: () => ({ path: '/api/session/proof', body: { by: 'totp', code: '000000' } }),
  },
  'POST /api/session/proof/passkey/options': {
    allowed: [409],
    resource: ownSession,
    request: () => ({ path: '/api/session/proof/passkey/options' }),
  },
  'POST /api/session/proof/passkey': {
    allowed: [409],
    resource: ownSession,
    request: () => ({ path: '/api/session/proof/passkey', body: { response: passkeyAnswer } }),
  },
  'GET /api/sessions': { allowed: [200], resource: ownSession, request: () => ({ path: '/api/sessions' }) },
  'DELETE /api/sessions/{id}': {
    allowed: [404],
    resource: ownSession,
    request: () => ({ path: `/api/sessions/${randomUUID()}` }),
  },
  'POST /api/sessions/end-others': {
    allowed: [200],
    resource: ownSession,
    request: () => ({ path: '/api/sessions/end-others' }),
  },
  'GET /api/factors': { allowed: [200], resource: ownSession, request: () => ({ path: '/api/factors' }) },
  'POST /api/factors/totp': {
    allowed: [200],
    resource: ownSession,
    request: () => ({ path: '/api/factors/totp', body: { name: 'T' } }),
  },
  'POST /api/factors/totp/confirm': {
    // The app that POST /api/factors/totp has made, and a code of another; after five, the account waits.
    allowed: [400, 404, 429],
    resource: ownSession,
    request: () => ({ path: '/api/factors/totp/confirm', body: { code: 'abcdef' } }),
  },
  'POST /api/factors/passkey/options': {
    allowed: [200],
    resource: ownSession,
    request: () => ({ path: '/api/factors/passkey/options' }),
  },
  'POST /api/factors/passkey': {
    allowed: [400],
    resource: ownSession,
    request: () => ({ path: '/api/factors/passkey', body: { name: 'T', response: newPasskey } }),
  },
  'POST /api/factors/recovery-codes': {
    allowed: [404],
    resource: ownSession,
    request: () => ({ path: '/api/factors/recovery-codes' }),
  },
  'DELETE /api/factors/{id}': {
    allowed: [404],
    resource: ownSession,
    request: () => ({ path: `/api/factors/${randomUUID()}` }),
  },
  'GET /api/sign-in-rules': { allowed: [200], request: () => ({ path: '/api/sign-in-rules' }) },
  'PUT /api/sign-in-rules': {
    allowed: [200],
    request: () => ({
      path: '/api/sign-in-rules',
      body: { role: 'volunteer', factorFrom: null, idleMinutes: 10080, lifeHours: 720 },
    }),
  },
  'PUT /api/sign-in-rules/settings': {
    allowed: [200],
    request: () => ({
      path: '/api/sign-in-rules/settings',
      body: { inDrill: false, proofMinutes: 10, manyReveals: 10 },
    }),
  },
  'POST /api/accounts/{id}/reset-factors': {
    allowed: [200],
    request: async (target) => ({ path: `/api/accounts/${await victim(target)}/reset-factors` }),
  },
  'GET /api/accounts': { allowed: [200], request: () => ({ path: '/api/accounts' }) },
  'POST /api/accounts': {
    allowed: [201],
    request: () => ({ path: '/api/accounts', body: { ...responder, name: 'Test', username: unique() } }),
  },
  'GET /api/accounts/{id}': {
    allowed: [200],
    request: async (target) => ({ path: `/api/accounts/${await victim(target)}` }),
  },
  'PUT /api/accounts/{id}/role': {
    allowed: [204],
    request: async (target) => ({ path: `/api/accounts/${await victim(target)}/role`, body: responder }),
  },
  'PUT /api/accounts/{id}/disabled': {
    allowed: [204],
    request: async (target) => ({ path: `/api/accounts/${await victim(target)}/disabled`, body: { disabled: true } }),
  },
  'POST /api/accounts/{id}/password': {
    allowed: [200],
    request: async (target) => ({ path: `/api/accounts/${await victim(target)}/password` }),
  },
  'POST /api/accounts/{id}/sign-out': {
    allowed: [200],
    request: async (target) => ({ path: `/api/accounts/${await victim(target)}/sign-out` }),
  },
  'GET /api/setup': { allowed: [200], request: () => ({ path: '/api/setup' }) },
  'GET /api/invitations': { allowed: [200], request: () => ({ path: '/api/invitations' }) },
  'POST /api/invitations': { allowed: [201], request: () => ({ path: '/api/invitations', body: responder }) },
  'DELETE /api/invitations/{id}': {
    allowed: [404],
    request: () => ({ path: `/api/invitations/${randomUUID()}` }),
  },
  'GET /api/screens': { allowed: [200], request: () => ({ path: '/api/screens' }) },
  'POST /api/screens': {
    // Allowed, and then no wall shows this code.
    allowed: [404],
    resource: inProvince,
    request: ({ world }) => ({ path: '/api/screens', body: { code: 'ZZZZZZZZ', name: 'T', area: province(world) } }),
  },
  'PUT /api/screens/{id}/area': {
    allowed: [204],
    resource: inProvince,
    request: async (target) => ({
      path: `/api/screens/${await screen(target)}/area`,
      body: { area: province(target.world) },
    }),
  },
  'POST /api/screens/orders': {
    allowed: [201],
    resource: inProvince,
    request: async (target) => ({
      path: '/api/screens/orders',
      body: { screens: [await screen(target)], kind: 'identify' },
    }),
  },
  // Allowed, and this hub has taken no snapshot.
  'GET /api/receipts': { allowed: [503], request: () => ({ path: '/api/receipts?scope=nation&position=1' }) },
  'DELETE /api/screens/{id}': {
    allowed: [204],
    resource: inProvince,
    request: async (target) => ({ path: `/api/screens/${await screen(target)}` }),
  },
  'GET /api/screens/{id}/scenes': {
    allowed: [200],
    resource: inProvince,
    request: async (target) => ({ path: `/api/screens/${await screen(target)}/scenes` }),
  },
  'PUT /api/screens/{id}/scenes': {
    allowed: [200],
    resource: inProvince,
    request: async (target) => ({
      path: `/api/screens/${await screen(target)}/scenes`,
      body: { scenes: [{ place: province(target.world), view: 'situation', seconds: 30, hours: null }] },
    }),
  },
  'GET /api/scenes': { allowed: [200], request: () => ({ path: '/api/scenes' }) },
  'GET /api/keys': { allowed: [200], request: () => ({ path: '/api/keys' }) },
  'POST /api/keys': {
    allowed: [201],
    resource: inProvince,
    request: ({ world }) => ({
      path: '/api/keys',
      body: { label: 'T', actions: ['facility.report'], areas: [province(world)] },
    }),
  },
  'POST /api/fhir/MeasureReport': {
    allowed: [200, 409],
    resource: ({ world }) => ({ area: world.district, facility: world.facility }),
    request: ({ world }) => ({
      path: '/api/fhir/MeasureReport',
      headers: { 'idempotency-key': randomUUID() },
      body: measureReport(world.facility),
    }),
  },
  'POST /api/dhis2/dataValueSets': {
    allowed: [200],
    resource: ({ world }) => ({ area: world.district }),
    request: ({ world }) => ({
      path: '/api/dhis2/dataValueSets?acceptImplausible=true',
      headers: { 'idempotency-key': randomUUID() },
      body: {
        dataValues: [{ dataElement: 'tests.atk', period: '20211111', orgUnit: world.district, value: `${tested++}` }],
      },
    }),
  },
  'DELETE /api/keys/{id}': {
    allowed: [404],
    request: () => ({ path: `/api/keys/${randomUUID()}` }),
  },
  ...CASE_REQUESTS,
  'GET /api/hold-minutes': { allowed: [200], request: () => ({ path: '/api/hold-minutes' }) },
  'PUT /api/hold-minutes': {
    allowed: [200],
    request: () => ({ path: '/api/hold-minutes', body: { kind: 'hospital', minutes: 120 } }),
  },
  'GET /api/reveal-budgets': { allowed: [200], request: () => ({ path: '/api/reveal-budgets' }) },
  'PUT /api/reveal-budgets': {
    allowed: [200],
    request: () => ({ path: '/api/reveal-budgets', body: { role: 'governor', perHour: 20 } }),
  },
  'GET /api/retention': { allowed: [200], request: () => ({ path: '/api/retention' }) },
  'GET /api/retention/announced': { allowed: [200], request: () => ({ path: '/api/retention/announced' }) },
  'PUT /api/retention': {
    allowed: [200],
    request: () => ({ path: '/api/retention', body: { rule: 'notices', days: 30 } }),
  },
  ...PERIOD_REQUESTS,
  'GET /api/cap': {
    allowed: [200],
    resource: inProvince,
    request: ({ world }) => ({ path: `/api/cap?area=${province(world)}` }),
  },
  // Allowed, and then there is no such message.
  'GET /api/cap/messages/{id}': { allowed: [404], request: () => ({ path: '/api/cap/messages/1000000' }) },
  'GET /api/notifications': {
    allowed: [200],
    resource: ownSession,
    request: () => ({ path: '/api/notifications' }),
  },
  'PUT /api/notifications': {
    allowed: [200],
    resource: ownSession,
    request: () => ({ path: '/api/notifications', body: { kinds: [], language: 'th', quiet: null } }),
  },
  'PUT /api/notifications/email': {
    // Allowed, and then this hub has no mail server.
    allowed: [409],
    resource: ownSession,
    request: () => ({ path: '/api/notifications/email', body: { address: 'who@mail.example' } }),
  },
  'POST /api/notifications/email/confirm': {
    allowed: [409],
    resource: ownSession,
    request: () => ({ path: '/api/notifications/email/confirm', body: { code: '000000' } }),
  },
  'POST /api/notifications/devices': {
    allowed: [422],
    resource: ownSession,
    request: () => ({
      path: '/api/notifications/devices',
      body: {
        endpoint: 'https://push.example/1',
        keys: { p256dh: 'A'.repeat(87), auth: 'A'.repeat(22) },
        label: 'Phone',
      },
    }),
  },
  'DELETE /api/notifications/devices/{id}': {
    allowed: [404],
    resource: ownSession,
    request: () => ({ path: '/api/notifications/devices/1' }),
  },
  'POST /api/notifications/test': {
    allowed: [409],
    resource: ownSession,
    request: () => ({ path: '/api/notifications/test', body: {} }),
  },
  'GET /api/webhooks': { allowed: [200], request: () => ({ path: '/api/webhooks' }) },
  'POST /api/webhooks': {
    allowed: [200],
    request: () => ({
      path: '/api/webhooks',
      body: { label: 'T', url: 'https://x.example/', kinds: ['alert'], area: 'TH', language: 'th', template: {} },
    }),
  },
  'DELETE /api/webhooks/{id}': { allowed: [404], request: () => ({ path: '/api/webhooks/1000000' }) },
  'GET /api/thresholds': { allowed: [200], request: () => ({ path: '/api/thresholds' }) },
  'PUT /api/thresholds/{indicator}': {
    allowed: [200],
    request: () => ({ path: '/api/thresholds/beds.occupancy', body: { watch: 0.8, alarm: 0.9 } }),
  },
  'PUT /api/operation': {
    allowed: [200],
    request: () => ({ path: '/api/operation', body: { day: '2021-11-11' } }),
  },
  'GET /api/audit': { allowed: [200], request: () => ({ path: '/api/audit' }) },
  'GET /api/audit/export': { allowed: [200], request: () => ({ path: '/api/audit/export?action=none' }) },
}
