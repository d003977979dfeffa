import { findAccount } from '../../../db/queries/accounts.ts'
import { readSession, type SessionRow } from '../../../db/queries/session-standing.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { mustWait } from '../../work/command/turns.ts'
import {
  finishPasskey,
  finishTotp,
  listFactors,
  removeFactor,
  renewRecoveryCodes,
  startPasskey,
  startTotp,
} from '../auth/factors/own-factors.ts'
import { askForPasskey, cookiesOf, type ProofContext, prove, provePasskey } from '../auth/factors/prove.ts'
import { trailOf } from '../auth/secured.ts'
import { showSession } from '../auth/session-view.ts'
import { standingOf } from '../auth/standing.ts'
import type { AppDeps, HubContext } from '../env.ts'
import { NO_STORE } from '../responses.ts'
import { createRouter } from '../router.ts'
import * as route from './factors.openapi.ts'

/** One's own second factors: setting them up, showing them, losing and replacing them. */
export function factorRoutes({ accounts, clock }: AppDeps) {
  const { db, limits } = accounts

  /** The session behind the cookie; each account's requests here are few. @throws ApiError 401, 429 */
  async function ownSession(c: HubContext): Promise<SessionRow> {
    const session = await c.get('access').session()
    if (session === null) throw new ApiError('unauthenticated')
    mustWait(await limits.signIn.take(session.account), 'tries')
    return session
  }

  /** For what changes factors: whoever has one has shown it, and who is there was proven lately. @throws ApiError 401, 403 */
  async function changing(c: HubContext): Promise<SessionRow> {
    const session = await ownSession(c)
    if (c.get('access').owes() === 'prove') throw new ApiError('factor_needed')
    const owed = await c.get('access').owesProof()
    if (owed !== undefined) throw owed
    return session
  }

  const contextOf = (c: HubContext): ProofContext => ({
    now: new Date(clock.now()),
    headers: c.req.raw.headers,
    trail: trailOf(c),
  })

  /** The session goes on under another token; one that owed its factor, and has shown it, opens what the account may. A password shows none. */
  async function goOnUnder(c: HubContext, token: string): Promise<void> {
    const session = await readSession(db, { token })
    const account = session && (await findAccount(db, session.account))
    if (session === undefined || account === undefined) throw new ApiError('unauthenticated')
    for (const value of await cookiesOf(accounts, token, c.req.raw.headers)) {
      c.header('Set-Cookie', value, { append: true })
    }
    c.get('access').renew(token, standingOf(session, clock.now()).kind === 'whole' ? account : null)
  }

  return createRouter()
    .openapi(route.prove, async (c) => {
      await goOnUnder(c, await prove(accounts, await ownSession(c), c.req.valid('json'), contextOf(c)))
      return c.json(await showSession(accounts, c), 200, NO_STORE)
    })
    .openapi(route.askPasskey, async (c) => {
      const options = await askForPasskey(accounts, await ownSession(c), new Date(clock.now()))
      return c.json({ options: options as { challenge: string } }, 200, NO_STORE)
    })
    .openapi(route.provePasskey, async (c) => {
      const { response } = c.req.valid('json')
      await goOnUnder(c, await provePasskey(accounts, await ownSession(c), response as never, contextOf(c)))
      return c.json(await showSession(accounts, c), 200, NO_STORE)
    })
    .openapi(route.list, async (c) => {
      return c.json(await listFactors(accounts, await ownSession(c)), 200, NO_STORE)
    })
    .openapi(route.startTotp, async (c) => {
      const made = await startTotp(accounts, await changing(c), c.req.valid('json').name, contextOf(c))
      return c.json(made, 200, NO_STORE)
    })
    .openapi(route.finishTotp, async (c) => {
      const session = await changing(c)
      const { token, ...added } = await finishTotp(accounts, session, c.req.valid('json').code, contextOf(c))
      await goOnUnder(c, token)
      return c.json(added, 200, NO_STORE)
    })
    .openapi(route.startPasskey, async (c) => {
      const options = await startPasskey(accounts, await changing(c), new Date(clock.now()))
      return c.json({ options: options as { challenge: string } }, 200, NO_STORE)
    })
    .openapi(route.finishPasskey, async (c) => {
      const session = await changing(c)
      const { token, ...added } = await finishPasskey(accounts, session, c.req.valid('json') as never, contextOf(c))
      await goOnUnder(c, token)
      return c.json(added, 200, NO_STORE)
    })
    .openapi(route.renewCodes, async (c) => {
      return c.json(await renewRecoveryCodes(accounts, await changing(c), contextOf(c)), 200, NO_STORE)
    })
    .openapi(route.remove, async (c) => {
      await removeFactor(accounts, await changing(c), c.req.valid('param').id, contextOf(c))
      return c.body(null, 204)
    })
}
