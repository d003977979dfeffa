/** The hub takes the same paths only: browsers read `//host` and `/\host` as another site. */
const OWN_PATH = /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/
const PATH_LENGTH_MAX = 500

/** Where to go after signing in: a path of this site, or `fallback`. */
export function nextPath(asked: string | undefined, fallback: string): string {
  if (asked === undefined || asked.length > PATH_LENGTH_MAX || !OWN_PATH.test(asked)) return fallback
  return asked.startsWith('/sign-in') ? fallback : asked
}

/** @param here path and query of the page that needs a session */
export function signInPath(here: string, reason?: 'expired'): string {
  const query = new URLSearchParams({ next: here })
  if (reason) query.set('reason', reason)
  return `/sign-in?${query}`
}
