import { z } from 'zod'
import { CONSENT_PARTS } from '../privacy/consent-text.ts'
import { DATA_LEVELS, LEGAL_BASES } from '../privacy/processing.ts'
import { ANNOUNCED_RULES, RETENTION_RULES } from '../privacy/retention.ts'
import { LANGUAGES } from '../vocabulary/languages.ts'

const rule = z.enum(RETENTION_RULES)
const days = z.number().int()

/** For everybody: what is collected, why, who sees it, how long. */
export const privacyAnswer = z
  .object({
    version: z.string(),
    language: z.enum(LANGUAGES),
    parts: z.array(z.object({ part: z.enum(CONSENT_PARTS), text: z.string() })),
    rules: z.array(z.object({ rule, days })),
  })
  .meta({ id: 'Privacy' })

/** What goes by rule within a week, the next day first. */
export const announcedAnswer = z
  .object({
    announced: z.array(
      z.object({
        rule: z.enum(ANNOUNCED_RULES),
        goesOn: z.string().meta({ description: 'the day, in Bangkok' }),
        days: days.meta({ description: 'how long the rule keeps it' }),
        records: z.number().int(),
        announcedAt: z.number(),
      }),
    ),
  })
  .meta({ id: 'RetentionAnnounced' })

export const retentionBody = z.strictObject({ rule, days: days.min(1).max(3650) })

/** Times: ms since 1970. */
export const retentionAnswer = z
  .object({
    rules: z.array(
      z.object({
        rule,
        days,
        version: z.number().int(),
        default: days,
        least: days,
        most: days,
        nextDays: days.nullable(),
        nextFrom: z.number().nullable(),
        soon: z
          .number()
          .int()
          .nullable()
          .meta({ description: 'rows that go within seven days, at most 10,000 of them' }),
        countedAt: z.number().nullable(),
      }),
    ),
    runs: z.array(z.object({ rule, version: z.number().int(), days, ranAt: z.number(), gone: z.number().int() })),
    processing: z.array(
      z.object({
        id: z.string(),
        level: z.enum(DATA_LEVELS),
        en: z.string(),
        th: z.string(),
        tables: z.array(z.string()),
        basis: z.array(z.enum(LEGAL_BASES)),
        roles: z.array(z.string()),
        rule: rule.nullable(),
      }),
    ),
  })
  .meta({ id: 'Retention' })
