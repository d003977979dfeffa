import { z } from 'zod'
import {
  ALERT_AREA_KINDS,
  ALERT_CONDITIONS,
  ALERT_EVENTS,
  ALERT_OWNERS,
  ALERT_SEVERITIES,
  ALERT_STATES,
  RULE_PROBLEMS,
} from '../vocabulary/alerts.ts'
import { NATION } from '../vocabulary/areas.ts'
import { accountKey, areaCode, id, idParam, pageSize, typed } from './common.ts'

const COMMENT_MAX = 300
const NAME_MAX = 80
const DAY_MINUTES = 1_440
const DAYS_MAX = 366
/** Days of history that a rule is tried on. */
export const BACKTEST_DAYS = 30

const comment = typed(COMMENT_MAX)
  .optional()
  .meta({ description: 'shown in the history alone, never live: it may name somebody' })

export const acknowledgeBody = z.strictObject({ comment })
export const shelveBody = z.strictObject({
  minutes: z.number().int().min(5).max(DAY_MINUTES).meta({ description: 'from now on, by the hub’s clock' }),
  comment,
})

const severity = z.enum(ALERT_SEVERITIES)
const owner = z.enum(ALERT_OWNERS)
const bound = z.number().min(-100_000_000).max(100_000_000)

/** What a rule watches; it stays: another indicator is another rule. */
const watched = {
  area: areaCode
    .refine((code) => code.length === 2, 'area_unknown')
    .default(NATION)
    .meta({ description: 'TH: everywhere · a province: there, in place of the nation’s rules that watch the same' }),
  indicator: z
    .string()
    .min(1)
    .max(60)
    .meta({ description: 'an indicator of the dictionary, or one of ALERT_MEASURES' }),
  option: z
    .string()
    .min(1)
    .max(40)
    .nullable()
    .default(null)
    .meta({ description: 'what the indicator is asked by: a level, a severity …' }),
  areaKind: z.enum(ALERT_AREA_KINDS),
  condition: z.enum(ALERT_CONDITIONS),
}
/** What may be changed while it is on. */
const judged = {
  nameTh: typed(NAME_MAX),
  nameEn: typed(NAME_MAX),
  bound: bound.meta({ description: 'in the unit of what is watched, shares from 0 to 1' }),
  clearBound: bound.meta({ description: 'it ends on the other side of this one, so that it does not flap' }),
  forSeconds: z.number().int().min(0).max(86_400).meta({ description: 'how long it has to be so before it rings' }),
  severity,
  owner,
  ackMinutes: z.number().int().min(1).max(DAY_MINUTES),
  escalateTo: owner.nullable().meta({ description: 'whom it is told to when nobody has answered in time' }),
  sound: z.boolean(),
  enabled: z.boolean(),
}
export const alertRuleBody = z.strictObject({ ...watched, ...judged })
export const editAlertRuleBody = z.strictObject(judged)

export const alertRuleView = z
  .object({
    id: z.number(),
    ...watched,
    area: z.string(),
    option: z.string().nullable(),
    ...judged,
    problem: z.enum(RULE_PROBLEMS).nullable().meta({ description: 'why it cannot be computed: it rings for nobody' }),
    nobody: z.boolean().meta({ description: 'no account has the role of its owner: nobody would answer' }),
  })
  .meta({ id: 'AlertRule' })
export const alertRuleAnswer = z.object({ rule: alertRuleView })
export const alertOwnersQuery = z.object({ area: areaCode })
/** Who would answer: an alert whose owner is missing here calls nobody. */
export const alertOwnersAnswer = z.object({
  owners: z.array(z.object({ role: z.string(), areas: z.array(z.string()) })),
})
export const alertRulesAnswer = z.object({ rules: z.array(alertRuleView) })

/** How often a rule would have rung, by the end of each whole day; beds of earlier days are judged against those that are staffed now. */
export const backtestAnswer = z.object({
  days: z.number().meta({ description: 'whole days that were tried, those before the operation’s day' }),
  known: z.number().meta({ description: 'of days and areas, how many had a number to judge' }),
  rang: z.number(),
  floods: z.number().meta({ description: 'days on which more than ten would have rung' }),
  areas: z.array(z.object({ area: z.string(), times: z.number() })).meta({ description: 'the ten that rang most' }),
  why: z
    .enum(['no_history', ...RULE_PROBLEMS])
    .nullable()
    .meta({ description: 'why it cannot be said' }),
})

/** Times: ms since 1970. */
export const alertView = z
  .object({
    id: z.number(),
    rule: z.number(),
    area: z.string(),
    facility: z.object({ id: z.number(), nameTh: z.string(), nameEn: z.string() }).nullable(),
    nameTh: z.string(),
    nameEn: z.string(),
    indicator: z.string(),
    option: z.string().nullable(),
    condition: z.enum(ALERT_CONDITIONS),
    bound: z.number(),
    value: z.number().nullable(),
    severity,
    state: z.enum(ALERT_STATES),
    owner,
    escalateTo: owner.nullable(),
    announced: z.boolean(),
    raisedAt: z.number(),
    dueAt: z.number().nullable(),
    holder: z.string().nullable(),
    holderKey: accountKey.nullable(),
    heldAt: z.number().nullable(),
    shelvedUntil: z.number().nullable(),
    escalatedAt: z.number().nullable(),
    answeredAt: z.number().nullable().meta({ description: 'when somebody answered for the first time' }),
    clearedAt: z.number().nullable().meta({ description: 'when what it is about was over' }),
    endedAt: z.number().nullable(),
  })
  .meta({ id: 'Alert' })
export const alertAnswer = z.object({ alert: alertView })
export const alertEventsAnswer = z.object({
  alert: alertView,
  events: z.array(
    z.object({
      kind: z.enum(ALERT_EVENTS),
      state: z.enum(ALERT_STATES),
      at: z.number(),
      by: z.string().nullable().meta({ description: '`null`: the hub' }),
      comment: z.string().nullable(),
      value: z.number().nullable(),
      shelvedUntil: z.number().nullable(),
    }),
  ),
})

export const alertsQuery = z.object({
  area: areaCode.meta({ description: 'of this area and all inside it' }),
  state: z.enum(['live', 'ended', 'all']).default('all'),
  rule: idParam.optional(),
  before: idParam.optional(),
  limit: pageSize,
})
export const alertsAnswer = z.object({ alerts: z.array(alertView), cursor: id.nullable() })

export const answersQuery = z.object({
  area: areaCode,
  days: z.coerce.number().int().min(1).max(DAYS_MAX).default(BACKTEST_DAYS),
})
/** How soon the alerts of an owner were answered; `suppressed` ones and those that are still to be answered in time are not counted. */
export const answersAnswer = z.object({
  owners: z.array(
    z.object({
      owner,
      alerts: z.number(),
      answered: z.number(),
      inTime: z.number().meta({ description: 'within the minutes of the rule' }),
      medianMinutes: z.number().nullable(),
      p90Minutes: z.number().nullable(),
    }),
  ),
})
