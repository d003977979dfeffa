import { z } from 'zod'
import { applyDelta, emptyScope, type ScopeState } from '../../hub/contract/live/apply.ts'
import { delta as deltaSchema } from '../../hub/contract/live/messages.ts'
import type { Scope } from '../../hub/contract/live/scopes.ts'

/** What the hub holds of a scope; `checksumRight` false when the hub's own checksum disagrees with what it sent. */
export type Held = { readonly state: ScopeState; readonly checksumRight: boolean }

/** An answer that is not folded yet: writers may be waiting. */
export type Answer = {
  readonly position: number
  /** Folds it as a client does. @throws Error when it is not a delta of this protocol version */
  fold(): Held
}

export type HubClient = {
  /** @returns `undefined` when the hub knows no such scope, or the account may not see it and `strict` is not set. @throws Error in words when it does not answer */
  ask(scope: Scope): Promise<Answer | undefined>
  /** @returns why the hub does not follow its database, in its own words; `undefined` when it does. @throws as `ask` */
  whyNotReady(): Promise<string | undefined>
}

const ANSWER_MS_MAX = 10_000

/**
 * @param base the hub's address, e.g. http://localhost:8080
 * @param headers a session's cookie or a key, where scopes are not open
 * @param strict a scope that the account may not see is an error: somebody has named it
 */
export function createHubClient(
  base: string,
  headers: Readonly<Record<string, string>> = {},
  strict = true,
): HubClient {
  const get = (path: string): Promise<Response> =>
    fetch(new URL(path, base), {
      headers,
      signal: AbortSignal.timeout(ANSWER_MS_MAX),
    }).catch((error: Error) => {
      const cause = error.cause instanceof Error ? error.cause.message : error.message
      throw new Error(`the hub at ${base} does not answer: ${cause}`)
    })
  return {
    async whyNotReady() {
      const response = await get('/readyz')
      if (response.ok) return undefined
      const { data } = readiness.safeParse(await response.json().catch(() => null))
      return data?.why ?? `it answers ${response.status}`
    },
    async ask(scope) {
      const response = await get(`/api/situation?scope=${encodeURIComponent(scope)}`)
      if (response.status === 400 || (response.status === 403 && !strict)) return undefined
      if (!response.ok)
        throw new Error(`the hub answers ${response.status} for ${scope}: ${(await response.text()).slice(0, 200)}`)
      const body: unknown = await response.json()
      const position = body !== null && typeof body === 'object' && 'to' in body ? Number(body.to) : Number.NaN
      return { position, fold: () => fold(scope, body) }
    },
  }
}

const readiness = z.object({ why: z.string().nullish() })

function fold(scope: Scope, body: unknown): Held {
  const parsed = deltaSchema.safeParse(body)
  if (!parsed.success) throw new Error(`the hub's answer for ${scope} is not a delta of this protocol version`)
  const state = emptyScope(scope)
  return { state, checksumRight: applyDelta(state, parsed.data).outcome === 'replaced' }
}
