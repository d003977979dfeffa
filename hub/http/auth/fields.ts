import { z } from '@hono/zod-openapi'
import { typed } from '../bodies/common.ts'

/** What an account is called, over HTTP and on the command line alike. */
export const name = typed(120)
export const email = z.email('an e-mail address').max(254)
export const username = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{2,39}$/, 'a user name: 3 to 40 of a-z, 0-9, dot, hyphen, underscore')
export const label = typed(80).describe('organisation and call-sign, shown on every board; no name of a person')
