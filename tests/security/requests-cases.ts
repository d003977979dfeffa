import { randomUUID } from 'node:crypto'
import type { Resource } from '../../hub/authorize/index.ts'
import type { Prepared, RequestCase, Target } from './requests.ts'

const inArea = ({ world }: Target): Resource => ({ area: world.district })
const held = ({ world, grant }: Target): Resource => ({ area: world.district, holder: grant?.account ?? null })
const atFacility = ({ world }: Target): Resource => ({ area: world.district, facility: world.facility })
const keyed = (path: string, body: unknown = {}): Prepared => ({
  path,
  body,
  headers: { 'idempotency-key': randomUUID() },
})

type Made = { case: number; need: number }

/** A case with one need, held by whoever asks when they have an account and `holding`. */
async function made({ pool, world, grant }: Target, holding: boolean): Promise<Made> {
  const { rows } = await pool.query<Made>(
    `with made as (
       insert into cases (district, place, report_day, severity, source, on_board)
       values ($1, $1, (select day from operation), 'yellow', 'volunteer', true) returning id
     )
     insert into needs (case_id, district, kind, opened_at, status, claimed_by, holder_label, claimed_at, lease_until, fence)
     select id, $1, 'bed', now(), case when $2::uuid is null then 'open' else 'claimed' end, $2,
       case when $2::uuid is null then null else 'T' end, case when $2::uuid is null then null else now() end,
       case when $2::uuid is null then null else now() + interval '1 hour' end, 1
     from made returning case_id as case, id as need`,
    [world.district, holding ? (grant?.account ?? null) : null],
  )
  return rows[0]!
}

const onCase = (name: string, body: unknown, holding: boolean, allowed = [200]): RequestCase => ({
  allowed,
  resource: holding ? held : inArea,
  request: async (target) => keyed(`/api/cases/${(await made(target, holding)).case}/${name}`, body),
})

const onNeed = (name: string, body: unknown, holding: boolean, allowed = [200]): RequestCase => ({
  allowed,
  resource: holding ? held : inArea,
  request: async (target) => keyed(`/api/needs/${(await made(target, holding)).need}/${name}`, body),
})

/** A transfer in a state, towards the facility of the place, which has beds of every state. */
const onTransfer = (name: string, status: string, body: unknown, resource: RequestCase['resource']): RequestCase => ({
  allowed: [200],
  resource: resource ?? inArea,
  request: async (target) => {
    const { pool, world } = target
    const { case: id } = await made(target, true)
    await pool.query(
      `update beds set staffed = 300, available = 100, held = 100, occupied = 100, cleaning = 0, blocked = 0
       where facility_id = $1`,
      [world.facility],
    )
    const { rows } = await pool.query<{ id: number }>(
      `insert into transfers (case_id, district, status, level, to_facility, bed_held, requested_label, requested_at, updated_at)
       values ($1, $2, $3, '0', $4, $3 in ('accepted', 'transport', 'en_route'), 'T', now(), now()) returning id`,
      [id, world.district, status, world.facility],
    )
    return keyed(`/api/transfers/${rows[0]!.id}/${name}`, body)
  },
})

const place = ({ world }: Target) => ({ area: world.district })

/** Requests for the routes of case work, as REQUESTS wants them. */
export const CASE_REQUESTS: Readonly<Record<string, RequestCase>> = {
  'GET /api/cases': {
    allowed: [200],
    resource: inArea,
    request: ({ world }) => ({ path: `/api/cases?area=${world.district}&limit=1` }),
  },
  'GET /api/cases/{id}': {
    allowed: [200],
    resource: inArea,
    request: ({ world }) => ({ path: `/api/cases/${world.case}` }),
  },
  'GET /api/cases/{id}/events': {
    allowed: [200],
    resource: inArea,
    request: ({ world }) => ({ path: `/api/cases/${world.case}/events` }),
  },
  'POST /api/cases/{id}/reveal': onCase('reveal', undefined, true),
  'POST /api/cases/{id}/verify': onCase('verify', {}, false),
  'POST /api/cases/{id}/triage': onCase('triage', { severity: 'red' }, false),
  'POST /api/cases/{id}/place': onCase('place', { place: 'hi' }, true),
  'POST /api/cases/{id}/contacts': onCase('contacts', { channel: 'phone', result: 'reached', note: 'T' }, true),
  'POST /api/cases/{id}/escalate': onCase('escalate', { reason: 'worse' }, true),
  'POST /api/cases/{id}/needs': onCase('needs', { needs: ['food'] }, false),
  'POST /api/cases/{id}/outcome': onCase('outcome', { outcome: 'recovered' }, true),
  'POST /api/cases/{id}/close': onCase('close', { reason: 'helped' }, true),
  'POST /api/cases/{id}/reopen': {
    allowed: [200],
    resource: inArea,
    request: async (target) => {
      const { case: id } = await made(target, false)
      await target.pool.query(`update cases set stage = 'closed', closed_reason = 'helped' where id = $1`, [id])
      return keyed(`/api/cases/${id}/reopen`, { reason: 'other' })
    },
  },
  'POST /api/cases/{id}/merge': {
    allowed: [200],
    resource: inArea,
    request: async (target) => {
      const { case: into } = await made(target, false)
      return keyed(`/api/cases/${(await made(target, false)).case}/merge`, { into })
    },
  },
  // Allowed, and then there is no such event of theirs.
  'POST /api/cases/{id}/undo': onCase('undo', { event: 999_999_999 }, false, [404]),
  'POST /api/cases/{id}/transfers': onCase('transfers', { level: '0' }, true),

  'GET /api/needs/mine': { allowed: [200], request: () => ({ path: '/api/needs/mine' }) },
  'POST /api/needs/{id}/claim': onNeed('claim', {}, false),
  'POST /api/needs/{id}/heartbeat': onNeed('heartbeat', { fence: 1 }, true),
  'POST /api/needs/{id}/start': onNeed('start', { fence: 1 }, true),
  'POST /api/needs/{id}/fulfil': onNeed('fulfil', { fence: 1 }, true),
  'POST /api/needs/{id}/release': onNeed('release', { fence: 1 }, true),
  'POST /api/needs/{id}/ask': onNeed('ask', {}, true),
  // Allowed, and then nobody has asked for it.
  'POST /api/needs/{id}/offer': onNeed('offer', { fence: 1 }, true, [422]),
  'POST /api/needs/{id}/accept': {
    allowed: [200],
    resource: inArea,
    request: async (target) => {
      const { need } = await made(target, true)
      await target.pool.query(
        `update needs set offered_to = $2, offered_label = 'T' where id = $1 and claimed_by is not null`,
        [need, target.grant?.account ?? null],
      )
      return keyed(`/api/needs/${need}/accept`)
    },
  },
  'POST /api/needs/{id}/reject': {
    allowed: [200],
    resource: inArea,
    request: async (target) => {
      const { need } = await made(target, true)
      await target.pool.query(
        `update needs set offered_to = $2, offered_label = 'T' where id = $1 and claimed_by is not null`,
        [need, target.grant?.account ?? null],
      )
      return keyed(`/api/needs/${need}/reject`)
    },
  },
  'POST /api/needs/{id}/close': onNeed('close', { fence: 1, reason: 'done_by_others' }, true),
  'POST /api/needs/{id}/reopen': {
    allowed: [200],
    resource: inArea,
    request: async (target) => {
      const { need } = await made(target, false)
      await target.pool.query(`update needs set status = 'fulfilled', ended_at = now() where id = $1`, [need])
      return keyed(`/api/needs/${need}/reopen`)
    },
  },

  'GET /api/transfers': {
    allowed: [200],
    resource: atFacility,
    request: ({ world }) => ({ path: `/api/transfers?area=${world.district}&facility=${world.facility}` }),
  },
  'POST /api/transfers/{id}/approve': onTransfer('approve', 'requested', {}, held),
  'POST /api/transfers/{id}/refuse': onTransfer('refuse', 'requested', { reason: 'other' }, held),
  'POST /api/transfers/{id}/transport': onTransfer('transport', 'accepted', {}, held),
  'POST /api/transfers/{id}/depart': onTransfer('depart', 'transport', {}, held),
  'POST /api/transfers/{id}/cancel': onTransfer('cancel', 'en_route', {}, held),
  'POST /api/transfers/{id}/died': onTransfer('died', 'en_route', {}, held),
  'POST /api/transfers/{id}/accept': onTransfer('accept', 'approved', {}, atFacility),
  'POST /api/transfers/{id}/reject': onTransfer('reject', 'approved', { reason: 'no_bed' }, atFacility),
  'POST /api/transfers/{id}/arrive': onTransfer('arrive', 'en_route', {}, atFacility),
  'POST /api/transfers/{id}/died-at-destination': onTransfer('died-at-destination', 'en_route', {}, atFacility),

  'POST /api/record': {
    allowed: [201],
    resource: inArea,
    request: (target) => keyed('/api/record', { kind: 'request', place: place(target), needs: ['food'] }),
  },
  'POST /api/record/batch': {
    // Each record of a batch is judged by itself.
    allowed: [200],
    request: (target) =>
      keyed('/api/record/batch', {
        records: [{ key: randomUUID(), record: { kind: 'request', place: place(target), needs: ['food'] } }],
      }),
  },
  'POST /api/record/duplicates': {
    allowed: [200],
    resource: inArea,
    request: (target) => keyed('/api/record/duplicates', { name: 'T', place: place(target) }),
  },
  'GET /api/vulnerable': {
    allowed: [200],
    resource: inArea,
    request: ({ world }) => ({ path: `/api/vulnerable?area=${world.district}` }),
  },
  'GET /api/facilities/{id}/beds': {
    allowed: [200],
    resource: atFacility,
    request: ({ world }) => ({ path: `/api/facilities/${world.facility}/beds` }),
  },
  'POST /api/facilities/{id}/beds': {
    allowed: [200],
    resource: atFacility,
    request: async ({ world, pool }) => {
      // A count must be newer than what stands, and hold what transfers hold.
      await pool.query(`update beds set reported_at = '2020-01-01' where facility_id = $1`, [world.facility])
      await pool.query(
        `update transfers set bed_held = false, status = 'cancelled' where to_facility = $1 and bed_held`,
        [world.facility],
      )
      const levels = [{ level: '0', staffed: 300, available: 100, held: 100, occupied: 100 }]
      return keyed(`/api/facilities/${world.facility}/beds`, { sourceAt: new Date().toISOString(), levels })
    },
  },
  'POST /api/facilities/{id}/vaccinations': {
    allowed: [200],
    resource: atFacility,
    request: ({ world }) => keyed(`/api/facilities/${world.facility}/vaccinations`, { rows: [{ dose: 1, doses: 3 }] }),
  },
  'POST /api/tests': {
    allowed: [200],
    resource: inArea,
    request: ({ world }) => keyed('/api/tests', { area: world.district, kind: 'atk', tested: 2, positive: 1 }),
  },
  'GET /api/reports': {
    allowed: [200],
    resource: inArea,
    request: ({ world }) => ({ path: `/api/reports?area=${world.district}&metric=doses.1` }),
  },
}
