import { ApiError, ask } from '../../api/http.ts'

/** What the hub calls its walls (RFC 8628 `client_id`). */
const CLIENT = 'jitasa-wall'
const GRANT = 'urn:ietf:params:oauth:grant-type:device_code' as const
const SECOND_MS = 1000
/** Where the screen's key is kept; cookies are deleted without it. */
const KEY = 'jitasa.screen-key'
/** What `slow_down` adds, RFC 8628 §3.5. */
const SLOWER_MS = 5 * SECOND_MS
export const RETRY_MS = 5 * SECOND_MS

export type Pairing = {
  readonly deviceCode: string
  readonly userCode: string
  readonly expiresAt: number
  readonly everyMs: number
}
export type PollAnswer = 'on' | 'wait' | 'slower' | 'expired' | 'offline'

/** @throws ApiError */
export async function beginPairing(now: number): Promise<Pairing> {
  const answer = await ask('POST /api/auth/device/code', { body: { client_id: CLIENT } })
  return {
    deviceCode: answer.device_code,
    userCode: answer.user_code,
    expiresAt: now + answer.expires_in * SECOND_MS,
    everyMs: answer.interval * SECOND_MS,
  }
}

/** Asks once whether somebody has switched the screen on; then the cookies are set, and the key is kept. */
export async function pollPairing(pairing: Pairing): Promise<PollAnswer> {
  const body = { grant_type: GRANT, device_code: pairing.deviceCode, client_id: CLIENT }
  return ask('POST /api/auth/device/token', { body }).then(({ screen_key }) => {
    localStorage.setItem(KEY, screen_key)
    return 'on' as const
  }, afterError)
}

/**
 * A screen whose cookies were deleted comes back by its key, without a hand. One that was switched off forgets the key.
 * @returns whether it is signed in. @throws ApiError when the hub could not be asked
 */
export async function comeBack(): Promise<boolean> {
  const screen_key = localStorage.getItem(KEY)
  if (screen_key === null) return false
  try {
    await ask('POST /api/auth/device/return', { body: { screen_key } })
    return true
  } catch (error) {
    if (afterError(error) !== 'expired') throw error
    localStorage.removeItem(KEY)
    return false
  }
}

export function afterError(error: unknown): PollAnswer {
  if (!(error instanceof ApiError) || error.status === 0 || error.status >= 500) return 'offline'
  if (error.code === 'authorization_pending') return 'wait'
  if (error.code === 'slow_down' || error.status === 429) return 'slower'
  return 'expired'
}

/** ms until the next question. */
export function waitAfter(answer: PollAnswer, everyMs: number): number {
  return answer === 'slower' ? everyMs + SLOWER_MS : everyMs
}
