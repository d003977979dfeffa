import { setCookie } from 'hono/cookie'
import { cookieValue } from '../authorize/pass.ts'
import { addressKey } from '../runtime/limits.ts'
import type { Follower } from '../work/help/follow.ts'
import type { HubContext } from './env.ts'

const KEPT_S = 90 * 86_400
/** Requests that one device keeps a mark of: a volunteer may ask for a street. The oldest makes room. */
const MARKS_MAX = 20
const MARK = /^[A-Za-z0-9_-]{22}$/

export type AskedCookie = {
  /** who follows the request of a code, with the marks of those that this device has sent, or whose phone it has confirmed */
  follower(c: HubContext, code: string): Follower
  add(c: HubContext, mark: string): void
}

/** The cookie of a device that has asked for help. It opens nothing without the tracking code, and names nobody. */
export function createAskedCookie(secure: boolean): AskedCookie {
  const name = secure ? '__Host-jitasa.asked' : 'jitasa.asked'
  const marks = (c: HubContext) =>
    (cookieValue(c.req.header('cookie'), name) ?? '')
      .split('.')
      .filter((mark) => MARK.test(mark))
      .slice(0, MARKS_MAX)
  return {
    follower: (c, code) => ({ address: addressKey(c.env.remoteAddress), code, marks: marks(c) }),
    add(c, mark) {
      const all = [mark, ...marks(c).filter((other) => other !== mark)].slice(0, MARKS_MAX)
      setCookie(c, name, all.join('.'), { path: '/', httpOnly: true, secure, sameSite: 'Strict', maxAge: KEPT_S })
    },
  }
}
