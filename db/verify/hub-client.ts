import { applyDelta, emptyScope, type ScopeState } from '../../hub/wire/apply.ts'
import { delta as deltaSchema } from '../../hub/wire/messages.ts'
import type { Scope } from '../../hub/wire/scopes.ts'

/** What the hub holds of a scope; `checksumRight` false when the hub's own checksum disagrees with what it sent. */
export type Held = { readonly state: ScopeState; readonly checksumRight: boolean }

export type HubClient = {
  /** @returns `undefined` when the hub knows no such scope. @throws Error in words when it does not answer */
  held(scope: Scope): Promise<Held | undefined>
}

const ANSWER_MS_MAX = 10_000

/** @param base the hub's address, e.g. http://localhost:8080; @param cookie a session's, where scopes are not open */
export function createHubClient(base: string, cookie?: string): HubClient {
  return {
    async held(scope) {
      const url = new URL(`/api/situation?scope=${encodeURIComponent(scope)}`, base)
      const response = await fetch(url, {
        headers: cookie === undefined ? {} : { cookie },
        signal: AbortSignal.timeout(ANSWER_MS_MAX),
      }).catch((error: Error) => {
        const cause = error.cause instanceof Error ? error.cause.message : error.message
        throw new Error(`the hub at ${base} does not answer: ${cause}`)
      })
      if (response.status === 400) return undefined
      if (!response.ok)
        throw new Error(`the hub answers ${response.status} for ${scope}: ${(await response.text()).slice(0, 200)}`)
      const parsed = deltaSchema.safeParse(await response.json())
      if (!parsed.success) throw new Error(`the hub's answer for ${scope} is not a delta of this protocol version`)
      const state = emptyScope(scope)
      const { outcome } = applyDelta(state, parsed.data)
      return { state, checksumRight: outcome === 'replaced' }
    },
  }
}
