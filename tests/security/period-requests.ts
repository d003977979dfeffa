import { randomUUID } from 'node:crypto'
import type { RequestCase, Target } from './request-case.ts'

const HOUR_MS = 3_600_000
const DONE = [200, 201]
const ofArea = ({ world }: Target) => ({ area: world.district })
const inAnHour = () => new Date(Date.now() + HOUR_MS).toISOString()

const command = (path: string, body: unknown) => ({ path, body, headers: { 'idempotency-key': randomUUID() } })

const asks = (path: string, body: () => object): RequestCase => ({
  allowed: DONE,
  resource: ofArea,
  request: ({ world }) => command(path, { area: world.district, ...body() }),
})

/** A shift that nobody's request before has moved; only one is live in an area. */
async function makePeriod({ pool, world }: Target, status: 'running' | 'handed_over'): Promise<number> {
  await pool.query(
    `update periods set status = 'ended', summary = 'Quiet', handed_at = now(), handed_label = 'A', accepted_at = now(),
       accepted_label = 'B' where area = $1 and status <> 'ended'`,
    [world.district],
  )
  const handed = status === 'handed_over'
  const { rows } = await pool.query<{ id: number }>(
    `insert into periods (area, title, status, starts_at, ends_at, started_label, summary, handed_at, handed_label)
     values ($1, 'Day', $2, now(), now() + interval '8 hours', 'A', $3, $4, $5) returning id`,
    [world.district, status, ...(handed ? ['Quiet', new Date(), 'A'] : [null, null, null])],
  )
  return rows[0]?.id ?? 0
}

const aboutPeriod = (name: string, status: 'running' | 'handed_over', body: () => object): RequestCase => ({
  allowed: DONE,
  resource: ofArea,
  request: async (target) => command(`/api/periods/${await makePeriod(target, status)}/${name}`, body()),
})

async function made({ pool, world }: Target, table: 'objectives' | 'command_messages'): Promise<number> {
  const values =
    table === 'objectives'
      ? `(area, kind, title, owner_role, set_at, state_at, set_label) values ($1, 'task', 'Open', 'triage', now(), now(), 'A')`
      : `(area, audience, urgent, text, sent_at, until, sent_label)
         values ($1, 'everyone', false, 'Briefing', now(), now() + interval '1 hour', 'A')`
  const { rows } = await pool.query<{ id: number }>(`insert into ${table} ${values} returning id`, [world.district])
  return rows[0]?.id ?? 0
}

/** Operational periods, objectives, decisions and messages of command. */
export const PERIOD_REQUESTS: Readonly<Record<string, RequestCase>> = {
  'GET /api/command': {
    allowed: [200],
    resource: ofArea,
    request: ({ world }) => ({ path: `/api/command?area=${world.district}` }),
  },
  'GET /api/briefing/{file}': {
    // 503: allowed, and this hub has taken no snapshot.
    allowed: [503],
    resource: ofArea,
    request: ({ world }) => ({ path: `/api/briefing/${world.district}.csv` }),
  },
  'POST /api/periods': {
    ...asks('/api/periods', () => ({ title: 'Day', endsAt: inAnHour() })),
    // 409: a shift runs already, and only those who may begin one are told.
    allowed: [...DONE, 409],
  },
  'POST /api/periods/{id}/hand-over': aboutPeriod('hand-over', 'running', () => ({ summary: 'Quiet' })),
  'POST /api/periods/{id}/take-back': aboutPeriod('take-back', 'handed_over', () => ({})),
  'POST /api/periods/{id}/accept': aboutPeriod('accept', 'handed_over', () => ({ title: 'Night', endsAt: inAnHour() })),
  'POST /api/objectives': asks('/api/objectives', () => ({ title: 'Open a ward', role: 'triage' })),
  'POST /api/objectives/{id}/state': {
    allowed: DONE,
    resource: ofArea,
    request: async (target) => command(`/api/objectives/${await made(target, 'objectives')}/state`, { state: 'doing' }),
  },
  'POST /api/decisions': asks('/api/decisions', () => ({ text: 'Open the second ward' })),
  'POST /api/command-messages': asks('/api/command-messages', () => ({ text: 'Briefing 18:00', until: inAnHour() })),
  'POST /api/command-messages/{id}/withdraw': {
    allowed: DONE,
    resource: ofArea,
    request: async (target) => command(`/api/command-messages/${await made(target, 'command_messages')}/withdraw`, {}),
  },
}
