import type { HelpStatus } from '../../api/help.ts'
import { ApiError } from '../../api/http.ts'

const LOOK_MS_MIN = 5_000
const LOOK_MS_MAX = 60_000
/** A request that has ended may be opened again by those who closed it. */
const LOOK_MS_ENDED = 180_000
/** Until the hub says otherwise. */
const TOO_OFTEN_MS = 60_000

export type Look =
  | { readonly kind: 'there' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'too_often'; readonly seconds: number }
  | { readonly kind: 'lost' }

/** What a failed look means. */
export function judgeLook(error: unknown): Look {
  if (!(error instanceof ApiError)) return { kind: 'lost' }
  if (error.status === 404) return { kind: 'unknown' }
  if (error.status !== 429) return { kind: 'lost' }
  const { details } = error
  const seconds = typeof details === 'object' && details !== null && 'seconds' in details ? Number(details.seconds) : 0
  return { kind: 'too_often', seconds: seconds > 0 ? seconds : TOO_OFTEN_MS / 1000 }
}

/**
 * ms until the next look, `undefined` when none is needed: often while something is happening, once a minute when
 * nothing has for a while, now and then when it has ended. @param quiet looks in a row that showed nothing new, or failed
 */
export function nextLook(look: Look, quiet: number, random: number, ended = false): number | undefined {
  if (look.kind === 'unknown') return undefined
  const spread = 0.8 + random * 0.4
  if (look.kind === 'too_often') return look.seconds * 1000 * (1 + random * 0.2)
  if (ended) return LOOK_MS_ENDED * spread
  return Math.min(LOOK_MS_MAX, LOOK_MS_MIN * 1.5 ** Math.min(quiet, 20)) * spread
}

export function hasEnded(status: HelpStatus): boolean {
  return status.state === 'ended' || status.state === 'cancelled'
}
