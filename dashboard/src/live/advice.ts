import { ask } from '../api/http.ts'

/** Without an answer by then a socket is tried, which says more. */
const ANSWER_MS_MAX = 3_000

let early: Promise<boolean> | undefined

/** Whatever stands between may answer with anything: a socket is tried then too. */
const asked = (): Promise<boolean> =>
  ask('GET /feed', { signal: AbortSignal.timeout(ANSWER_MS_MAX) })
    .then(({ sockets }) => sockets === 'scarce')
    .catch(() => false)

/** Asks while it is not yet known who looks, so that visitors do not wait for it. */
export function askEarly(): void {
  early = asked()
}

/** Whether those without an account are to read the public feed now. */
export function readsFeed(): Promise<boolean> {
  const answer = early ?? asked()
  early = undefined
  return answer
}
