import { z } from 'zod'
import { DAYS_OWN } from '../vocabulary/metrics.ts'
import { typedText, withoutInvisible } from '../vocabulary/text.ts'

/** Text somebody typed: composed alike, something to be seen in it, no control characters (PostgreSQL takes no NUL). */
export function typed(charactersMax: number) {
  return z
    .string()
    .overwrite(typedText)
    .min(1)
    .max(charactersMax)
    .refine((text) => text === '' || withoutInvisible(text) !== '', 'required')
    .refine((text) => !CONTROL.test(text) && text.isWellFormed(), 'wrong')
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not pass
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/

export const id = z.number().int().positive().max(Number.MAX_SAFE_INTEGER)
export const idParam = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)
export const facilityId = z.number().int().positive().max(2_147_483_647)
export const facilityParam = z.coerce.number().int().positive().max(2_147_483_647)
/** people, beds, doses: counts a single report can hold */
export const count = z.number().int().min(0).max(1_000_000)
export const areaCode = z.string().regex(/^(?:TH|\d{2}|\d{4}|\d{6})$/, 'area_unknown')
/** what a screen or a key is bound to; an account of a volunteer may be of a sub-district (accounts.ts) */
export const boundArea = areaCode.refine((code) => code.length < 6, 'area_too_small')
/** where a case is: a district, or better a sub-district */
export const placeCode = z.string().regex(/^(?:\d{4}|\d{6})$/, 'area_unknown')
/** for numbers that hub/contract/vocabulary/plausible.ts doubts: whoever reports has looked at them again */
export const acceptImplausible = z.boolean().default(false).meta({
  description:
    'Take numbers that are hardly true. Without it they are refused with 422 `implausible`, and nothing is kept',
})
/** for what has been reported already, in the very same numbers: whoever reports means that it comes on top */
export const acceptSame = z.boolean().default(false).meta({
  description: 'Add what was reported for this day already. Without it 409 `same_reported`, and nothing is kept',
})
/** a Bangkok day */
export const day = z.iso.date().refine((text) => text >= '2019-01-01' && text <= '2100-12-31', 'wrong')
/** when it happened, as the source says; an offline record carries its own time */
export const sourceAt = z.iso.datetime({ offset: true }).refine((text) => text >= '2019' && text < '2101', 'wrong')
export const pageSize = z.coerce.number().int().min(1).max(200).default(50)
/** pages of a list by id: those after this one */
export const afterId = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0)
export const fence = id
/** a column of the wall: `cases@2021-11-11`'s metric, e.g. `waiting.red` */
export const metric = z.string().regex(/^[a-z0-9_.]{1,40}$/)

/** Beside the rows of a list, the number they are behind. */
export const countedAmount = z
  .number()
  .nullable()
  .meta({ description: 'what the number counts, on all pages; only the first page says it' })

/** A number on a screen is of one day, or of the days that end with it. */
export const countedDays = {
  day: day.optional().meta({ description: 'for a metric of days' }),
  days: z.coerce
    .number()
    .int()
    .min(1)
    .max(DAYS_OWN)
    .default(1)
    .meta({ description: 'how many days end with `day`: 7 for the number of a week' }),
}

/** how boards name an account: `holderKey`, `offeredKey` */
export const accountKey = z.string().regex(/^[0-9a-f]{16}$/, 'wrong')

export const caseParams = z.object({ id: idParam })
export const keyHeader = z.object({
  'idempotency-key': z.string().optional().meta({
    description: 'Required. 8 to 200 visible ASCII characters, new for each command, the same when it is repeated.',
  }),
})
