/**
 * Why the hub closed a socket. 4000–4099: reconnect (after the delay of the last `bye`, else with back-off and
 * jitter). 4100–4199: do not reconnect by yourself; something has to change first.
 */
export const CLOSE = {
  restarting: { code: 4000, reason: 'the hub restarts; reconnect' },
  slow: { code: 4001, reason: 'too slow to keep up, again and again; reconnect' },
  moved: { code: 4002, reason: 'what this screen is to show has changed; reconnect and ask' },
  renewed: { code: 4003, reason: 'the session goes on under a new token; reconnect with it' },
  garbage: { code: 4100, reason: 'a frame was not a message of this protocol' },
  oversized: { code: 4101, reason: 'a frame was larger than allowed' },
  version: { code: 4102, reason: 'the hub speaks another version of the protocol; reload the page' },
  revoked: { code: 4103, reason: 'the session has ended; sign in again' },
  tooMany: { code: 4104, reason: 'too many messages' },
} as const

export type CloseName = keyof typeof CLOSE

export function mayReconnect(code: number): boolean {
  return code < 4100 || code >= 4200
}
