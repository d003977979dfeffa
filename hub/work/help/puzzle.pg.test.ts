import { describe, expect, it } from 'vitest'
import { drillHubForFile } from '../../../tests/support/for-file.ts'
import type { Puzzle } from '../../contract/api/puzzle.ts'
import { message } from '../../contract/refusals/messages.ts'
import { PUZZLE_MS } from './puzzle.ts'
import { solve } from './solve-puzzle.ts'

const NETWORK = 3
const MINUTE = 60_000
const { database, hub } = await drillHubForFile({ PUZZLE_ABOVE: '1000', PUZZLE_ABOVE_NETWORK: String(NETWORK) })

const request = (over: object = {}) => ({
  language: 'my',
  consent: { given: true, version: '2026-11' },
  needs: ['food'],
  symptoms: [],
  risks: [],
  place: { area: '500101' },
  ...over,
})
const counted = async () => Number((await database.pool.query('select count(*) from cases')).rows[0].count)

let nets = 0
/** A network from which so many have asked within this minute as nobody is asked a puzzle for. */
async function rush(address = `198.18.${++nets}.9`) {
  for (let i = 0; i < NETWORK; i++)
    expect((await hub.anyone.post('/api/help', request(), { address })).status).toBe(201)
  return address
}

let keys = 0
/** One request of somebody, sent as often as it takes. */
function somebody(address: string, over: object = {}) {
  const key = `key-of-somebody-${++keys}`
  return (puzzle?: string, more: object = {}) =>
    hub.anyone.post('/api/help', request({ note: key, ...over, ...more }), { address, key, puzzle })
}

type Refused = { readonly error: { readonly details: { readonly puzzle: Puzzle } } }

function solutionOf({ body }: { body: unknown }): string {
  return solve((body as Refused).error.details.puzzle)
}

describe('when a network asks faster than usual', () => {
  it('who has solved the puzzle is taken; who has not, is refused with it in the language of the form', async () => {
    const send = somebody(await rush())
    const before = await counted()
    const refused = await send()
    expect([refused.status, refused.body]).toMatchObject([
      428,
      {
        error: {
          code: 'puzzle_needed',
          message: message('my', 'puzzle_needed'),
          details: { puzzle: { seconds: 300 } },
        },
      },
    ])
    expect(await counted()).toBe(before)
    expect((await send(solutionOf(refused))).status).toBe(201)
    expect(await counted()).toBe(before + 1)
  })

  it('a solution is good for one request: another one is refused, and the same sent again is the same', async () => {
    const address = await rush()
    const first = somebody(address)
    const solution = solutionOf(await first())
    const { body } = await first(solution)
    const before = await counted()
    const used = await somebody(address)(solution)
    expect([used.status, used.body]).toMatchObject([
      422,
      { error: { code: 'puzzle_wrong', message: message('my', 'puzzle_wrong') } },
    ])
    const other = await first(solution, { note: 'somebody else' })
    expect([other.status, other.body]).toMatchObject([422, { error: { code: 'idempotency_key_reused' } }])
    expect((await first(solution)).body).toEqual(body)
    expect(await counted()).toBe(before)
  })

  it('one that is too old is refused with another puzzle, which passes', async () => {
    const address = await rush()
    const send = somebody(address)
    const late = solutionOf(await send())
    hub.clock.at += PUZZLE_MS + 1
    await rush(address)
    const expired = await send(late)
    expect([expired.status, expired.body]).toMatchObject([
      422,
      { error: { code: 'puzzle_expired', message: message('my', 'puzzle_expired') } },
    ])
    expect((await send(solutionOf(expired))).status).toBe(201)
  })

  it('and nobody is asked when it is quiet again', async () => {
    const send = somebody(await rush())
    expect((await send()).status).toBe(428)
    hub.clock.at += 2 * MINUTE
    expect((await send()).status).toBe(201)
  })

  it('a red request has to solve no more than others, and is on the board', async () => {
    const send = somebody(await rush(), { symptoms: ['drowsy'] })
    const taken = await send(solutionOf(await send()))
    expect([taken.status, taken.body]).toMatchObject([201, { severity: 'red' }])
  })

  it('what is wrong with a form is said first: nobody computes for a form that cannot be sent', async () => {
    const refused = await somebody(await rush(), { needs: [] })()
    expect([refused.status, refused.body]).toMatchObject([400, { error: { code: 'invalid_input' } }])
  })

  it('a header of any text is no fault of the hub', async () => {
    const address = await rush()
    for (const text of ['x', `${'a'.repeat(100)}:1`, '1.12.x:0.0.0.0.0.0.0.0', 'a'.repeat(301)]) {
      const { status } = await somebody(address)(text)
      expect([400, 422]).toContain(status)
    }
  })

  it('is counted, by what became of the puzzles', async () => {
    const text = await hub.hub.deps.metrics.registry.getSingleMetricAsString('jitasa_help_puzzles_total')
    for (const result of ['solved', 'missing', 'wrong', 'expired'])
      expect(text).toMatch(new RegExp(`result="${result}"\\} [1-9]`))
  })
})
