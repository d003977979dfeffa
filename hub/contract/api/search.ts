import { z } from 'zod'
import { normalizePhone } from '../vocabulary/phone.ts'
import { readTrackingCode } from '../vocabulary/tracking-code.ts'
import { caseView } from './cases.ts'
import { typed } from './common.ts'

export type SearchInput =
  | { readonly by: 'code'; readonly code: string }
  | { readonly by: 'phone'; readonly phone: string }

/** What a caller says: a tracking code or a phone number, however it is written. */
export const searchBody = z.strictObject({
  text: typed(60)
    .transform((text, context): SearchInput => {
      const code = readTrackingCode(text)
      if (code !== undefined) return { by: 'code', code }
      const phone = normalizePhone(text)
      if (phone !== undefined) return { by: 'phone', phone }
      context.addIssue({ code: 'custom', message: 'phone_invalid' })
      return z.NEVER
    })
    .meta({ type: 'string', description: 'a tracking code, or a phone number' }),
})

export const searchAnswer = z.object({
  cases: z.array(caseView).meta({ description: 'of your area, newest first; without personal data' }),
})
