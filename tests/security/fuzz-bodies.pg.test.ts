import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { reachOf } from '../../hub/authorize/table.ts'
import { message } from '../../hub/contract/refusals/messages.ts'
import type { Action } from '../../hub/contract/vocabulary/actions.ts'
import { LANGUAGES } from '../../hub/contract/vocabulary/languages.ts'
import type { Role } from '../../hub/contract/vocabulary/roles.ts'
import { ACTION_KEY } from '../../hub/http/auth/secured.ts'
import { openCases, type Worker } from '../support/case-hub.ts'
import { caseHubForFile } from '../support/for-file.ts'
import { fuzzBodies } from './fuzz.ts'
import { passOf } from './subjects.ts'

const RUNS = 30
const DISTRICT = '5001'
/** Between them they may do everything there is to do with a case. */
const ROLES: readonly Role[] = ['provincial_health', 'volunteer', 'triage', 'facility_staff', 'vaccination_staff']
const MINE = /^POST \/api\/(?:help|record|cases|needs|transfers|facilities|tests)/

const { database, hub } = await caseHubForFile()
const facility: number = Number(
  (
    await database.pool.query(
      `insert into facilities (code, district, kind, name_th, name_en) values ('f', $1, 'hospital', 'รพ.', 'H') returning id`,
      [DISTRICT],
    )
  ).rows[0].id,
)
const workers: Map<Role, Worker> = new Map()
for (const role of ROLES) {
  workers.set(role, await hub.worker(role, [DISTRICT], `T ${role}`, role.endsWith('staff') ? facility : undefined))
}
const made: { case: number; need: number }[] = await openCases(database, RUNS, { district: DISTRICT })
const { rows } = await database.pool.query<{ id: number }>(
  `insert into transfers (case_id, district, status, level, to_facility, requested_label, requested_at, updated_at)
   select id, district, 'approved', '3', $1, 'T', now(), now() from cases returning id`,
  [facility],
)
const transfers: number[] = rows.map(({ id }) => id)
const codes: string[] = []
for (let i = 0; i < 5; i++) {
  const asked = await hub.anyone.post('/api/help', {
    language: 'th',
    consent: { given: true, version: '2026-12' },
    needs: ['food'],
    place: { area: DISTRICT },
  })
  codes.push(asked.body.code)
}

/** Somebody to whom the table gives the route's action. */
function workerFor(name: string): Worker {
  const [method = '', path = ''] = name.split(' ')
  const action = hub.hub.openapi().paths[path]?.[method.toLowerCase()]?.[ACTION_KEY]
  if (action === 'public') return hub.anyone
  const role = ROLES.find((candidate) => reachOf(candidate, action as Action) !== 'deny')
  const worker = role && workers.get(role)
  if (!worker) throw new Error(`${name}: nobody may ${String(action)}`)
  return worker
}

function pathOf(name: string, run: number): string {
  const path = name.slice(name.indexOf(' ') + 1)
  const id = path.startsWith('/api/needs')
    ? made[run]?.need
    : path.startsWith('/api/transfers')
      ? transfers[run]
      : path.startsWith('/api/facilities')
        ? facility
        : made[run]?.case
  return path.replace('{id}', String(id))
}

test('no body of a form, a record or a command is answered with a 500, and every refusal names what is wrong', async () => {
  const { routes, requests, failures } = await fuzzBodies(hub.hub, {
    routes: (name) => MINE.test(name),
    runs: RUNS,
    request: (name, run) => ({
      path: pathOf(name, run),
      cookie: passOf(workerFor(name).grant, hub.clock.at),
      headers: { 'idempotency-key': randomUUID(), 'tracking-code': codes[run % codes.length] ?? '' },
      address: `198.51.100.${run}`,
    }),
  })
  expect(failures).toEqual([])
  expect(routes).toBeGreaterThanOrEqual(35)
  expect(requests).toBe(routes * RUNS)
}, 600_000)

test('what is no JSON at all is a 400 with a sentence, in the language of the browser', async () => {
  for (const raw of ['', '{', '[1,', 'null', '\u0000', '{"language":"th","name":"ก']) {
    for (const language of LANGUAGES) {
      const response = await hub.hub.fetch('POST', '/api/help', { raw, headers: { 'accept-language': language } })
      expect(response.status).toBe(400)
      const { error } = (await response.json()) as { error: { code: string; message: string } }
      if (error.code === 'invalid_input') expect(error.message).toBe(message(language, 'form_wrong'))
    }
  }
})

test('no query of a list is answered with a 500', async () => {
  const nasty = [
    '',
    '%00',
    '-1',
    '99999999999999999999',
    'TH',
    '50',
    "';--",
    'WyIxIiwyLDNd',
    'ก',
    '2021-02-30',
    'red,,',
  ]
  const nurse = workers.get('triage')
  for (const path of ['/api/cases', '/api/transfers', '/api/vulnerable', '/api/reports', '/api/cases/1/events']) {
    for (const field of [
      'area',
      'metric',
      'day',
      'cursor',
      'after',
      'before',
      'limit',
      'severity',
      'facility',
      'need',
    ]) {
      for (const value of nasty) {
        const query = field === 'area' ? '' : `area=${DISTRICT}&metric=cases&day=2021-11-11&`
        const reply = await nurse?.get(`${path}?${query}${field}=${encodeURIComponent(decodeURIComponent(value))}`)
        expect(reply?.status, `${path} ${field}=${value}`).toBeLessThan(500)
      }
    }
  }
}, 120_000)
