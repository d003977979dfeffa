import { z } from '@hono/zod-openapi'
import { typed } from '../../contract/api/common.ts'

/** What an account is called, over HTTP and on the command line alike. */
export const name = typed(120)
export const email = z.email('email_invalid').max(254)
export const username = z.string().regex(/^[a-z0-9][a-z0-9._-]{2,39}$/, 'username_invalid')
export const label = typed(80).describe('organisation and call-sign, shown on every board; no name of a person')
