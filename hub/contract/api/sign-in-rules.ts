import { z } from 'zod'
import { IDLE_MINUTES, LIFE_HOURS, RULED_ROLES } from '../vocabulary/factors.ts'

const ofRole = {
  role: z.enum(RULED_ROLES),
  factorFrom: z.iso
    .datetime({ offset: true })
    .nullable()
    .meta({ description: 'from when a second factor is demanded of the role; `null`: never' }),
  idleMinutes: z
    .number()
    .int()
    .min(IDLE_MINUTES.min)
    .max(IDLE_MINUTES.max)
    .meta({ description: 'a session in which nothing was done for this long ends' }),
  lifeHours: z
    .number()
    .int()
    .min(LIFE_HOURS.min)
    .max(LIFE_HOURS.max)
    .meta({ description: 'a session that is this old ends' }),
}
export const signInRuleBody = z.strictObject(ofRole)

const ofAll = {
  inDrill: z.boolean().meta({ description: 'factors and proofs are demanded in an exercise, too' }),
  proofMinutes: z.number().int().min(1).max(60).meta({ description: 'how long a proof lasts, for what asks again' }),
  manyReveals: z
    .number()
    .int()
    .min(1)
    .max(10_000)
    .meta({ description: 'people whose data a session may open, of an hour, between two proofs' }),
}
export const signInSettingsBody = z.strictObject(ofAll)

export const signInRulesAnswer = z.object({
  rules: z.array(
    z.object({
      ...ofRole,
      factorFrom: z.iso.datetime().nullable(),
      accounts: z.number().int().meta({ description: 'accounts of the role that are not disabled' }),
      withFactor: z.number().int().meta({ description: 'those of them that have a second factor' }),
    }),
  ),
  ...ofAll,
})
