import { describe, expect, it } from 'vitest'
import { routesOf } from '../../../tests/security/routes.ts'
import { openCases } from '../../../tests/support/case-hub.ts'
import { drillHubForFile } from '../../../tests/support/for-file.ts'

const MINUTE_MS = 60_000

/** holds needs and may do everything to a case of the district */
const { database, hub } = await drillHubForFile()
const holder = await hub.worker('hotline', ['50'], 'Hotline 1')
const other = await hub.worker('bed_coordinator', ['50'], 'Beds 50')

async function heldCase() {
  const [made] = await openCases(database, 1, { severity: 'yellow', kind: 'medicine' })
  const { case: id, need } = made!
  const claimed = await holder.post(`/api/needs/${need}/claim`)
  return { id, need, fence: claimed.body.need.fence }
}

async function leaseOf(need: number): Promise<number> {
  const { rows } = await database.pool.query<{ until: Date }>('select lease_until as until from needs where id = $1', [
    need,
  ])
  return rows[0]?.until?.getTime() ?? 0
}

/** Every command on a case and what it is sent; `null`: no claim of the case outlives it. */
const COMMANDS: Readonly<Record<string, ((id: number) => object | Promise<object>) | null>> = {
  verify: () => ({}),
  triage: () => ({ severity: 'yellow' }),
  place: () => ({ place: 'hi' }),
  contacts: () => ({ channel: 'phone', result: 'no_answer' }),
  escalate: () => ({ reason: 'no_answer' }),
  needs: () => ({ needs: ['food'] }),
  outcome: () => ({ outcome: 'lost' }),
  transfers: () => ({ level: '3' }),
  undo: async (id) => ({
    event: (await holder.post(`/api/cases/${id}/triage`, { severity: 'yellow' })).body.event,
  }),
  care: async (id) => {
    await holder.post(`/api/cases/${id}/place`, { place: 'hi' })
    return { item: 'meals', kind: 'done' }
  },
  keeper: () => ({ keep: false }),
  // A reveal is no command, but whoever asks for the phone number is about to call.
  reveal: () => ({}),
  merge: null,
  close: null,
  dismiss: null,
  reopen: null,
}

describe('any action of a holder on a case keeps what they hold there', () => {
  it('and every command is in this table', () => {
    const names = routesOf(hub.hub).flatMap(({ name }) => name.match(/^POST \/api\/cases\/\{id\}\/(.+)$/)?.[1] ?? [])
    // What the person said is read when the page opens; that is no work on the case.
    expect([...Object.keys(COMMANDS), 'complaint'].sort()).toEqual(names.sort())
  })

  it.each(Object.keys(COMMANDS).filter((name) => COMMANDS[name] !== null))('%s', async (name) => {
    const { id, need } = await heldCase()
    const body = (await COMMANDS[name]?.(id)) ?? {}
    hub.clock.at += 20 * MINUTE_MS
    if (name === 'undo') hub.clock.at -= 20 * MINUTE_MS - 1000
    const { status, body: answer } = await holder.post(`/api/cases/${id}/${name}`, body)
    expect(status, JSON.stringify(answer)).toBe(200)
    expect(await leaseOf(need)).toBe(hub.clock.at + 60 * MINUTE_MS)
  })

  it('a step of a transfer', async () => {
    const { id, need } = await heldCase()
    const asked = await other.post(`/api/cases/${id}/transfers`, { level: '3' })
    hub.clock.at += 20 * MINUTE_MS
    const { status } = await holder.post(`/api/transfers/${asked.body.transfer.id}/cancel`)
    expect(status).toBe(200)
    expect(await leaseOf(need)).toBe(hub.clock.at + 60 * MINUTE_MS)
  })

  it('a move of another need of it, and its claim', async () => {
    const { id, need } = await heldCase()
    await other.post(`/api/cases/${id}/needs`, { needs: ['food'] })
    const food = (await holder.get(`/api/cases/${id}`)).body.needs.find(({ kind }) => kind === 'food')?.id ?? 0
    hub.clock.at += 20 * MINUTE_MS
    const { body } = await holder.post(`/api/needs/${food}/claim`)
    expect(await leaseOf(need)).toBe(hub.clock.at + 60 * MINUTE_MS)
    hub.clock.at += 20 * MINUTE_MS
    await holder.post(`/api/needs/${food}/release`, { fence: body.need.fence })
    expect(await leaseOf(need)).toBe(hub.clock.at + 60 * MINUTE_MS)
  })

  it('but nobody else’s, and none that has run out', async () => {
    const { id, need } = await heldCase()
    const until = await leaseOf(need)
    hub.clock.at += 20 * MINUTE_MS
    await other.post(`/api/cases/${id}/place`, { place: 'hi' })
    expect(await leaseOf(need)).toBe(until)
    hub.clock.at = until + 1
    await holder.post(`/api/cases/${id}/escalate`, { reason: 'no_answer' })
    expect(await leaseOf(need)).toBe(until)
  })
})

describe('commands on one case do not wait for each other in a circle', () => {
  /** Holds the case's row as a case command does, until told. */
  async function holdCase(id: number) {
    const client = await database.pool.connect()
    await client.query('begin')
    await client.query('select from cases where id = $1 for update', [id])
    return async (need: number) => {
      // What a closing does next. Were the need locked by who waits for the case, this would be a deadlock.
      await client.query(`set local lock_timeout = '500ms'`)
      try {
        await client.query(`update needs set opened_at = opened_at where id = $1`, [need])
        await client.query('commit')
      } finally {
        client.release()
      }
    }
  }

  it.each(['claim', 'release'] as const)('%s waits for the case before it locks the need', async (move) => {
    const { id, need, fence } = await heldCase()
    if (move === 'claim') await holder.post(`/api/needs/${need}/release`, { fence })
    const finish = await holdCase(id)
    const moved = holder.post(`/api/needs/${need}/${move}`, move === 'release' ? { fence } : {})
    await new Promise((done) => setTimeout(done, 300))
    await finish(need)
    expect((await moved).status).toBe(200)
  })
})
