import type { HubContext } from '../env.ts'

/** The client's address; '' when somebody else's is named on the way: a proxy that TRUSTED_PROXIES does not list is not the client. */
export function directAddress(c: HubContext): string {
  return c.req.header('x-forwarded-for') === undefined ? c.env.remoteAddress : ''
}
