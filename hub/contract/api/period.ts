import { z } from 'zod'
import {
  AUDIENCES,
  COMMANDED_ROLES,
  LOG_KINDS,
  MESSAGE_STATES,
  OBJECTIVE_KINDS,
  OBJECTIVE_STATES,
  PERIOD_STATES,
  TEXT_MAX,
} from '../vocabulary/period.ts'
import { boundArea, id, sourceAt, typed } from './common.ts'

const role = z.enum(COMMANDED_ROLES)

export const startPeriodBody = z.strictObject({
  area: boundArea,
  title: typed(TEXT_MAX.title),
  endsAt: sourceAt,
})
export const handOverBody = z.strictObject({ summary: typed(TEXT_MAX.summary) })
export const acceptPeriodBody = z.strictObject({ title: typed(TEXT_MAX.title), endsAt: sourceAt })

/** An owner is a role, or a label such as "Zone 3 leader"; never a person's name. */
export const objectiveBody = z
  .strictObject({
    area: boundArea,
    kind: z.enum(OBJECTIVE_KINDS).default('objective'),
    objective: id.optional().meta({ description: 'the objective that a task serves' }),
    title: typed(TEXT_MAX.title),
    role: role.optional(),
    owner: typed(TEXT_MAX.owner).optional(),
    dueAt: sourceAt.optional(),
  })
  .refine(({ role, owner }) => (role === undefined) !== (owner === undefined), { path: ['owner'], message: 'required' })
  .refine(({ kind, objective }) => kind === 'task' || objective === undefined, {
    path: ['objective'],
    message: 'unknown_field',
  })
export const objectiveStateBody = z.strictObject({ state: z.enum(OBJECTIVE_STATES) })
export const decisionBody = z.strictObject({
  area: boundArea,
  text: typed(TEXT_MAX.decision),
  corrects: id.optional().meta({ description: 'the decision that this one puts right; both stay' }),
})
export const messageBody = z.strictObject({
  area: boundArea,
  audience: z.enum(AUDIENCES).default('everyone'),
  urgent: z.boolean().default(false),
  text: typed(TEXT_MAX.message),
  until: sourceAt,
})

/** Times: ms since 1970. */
const period = z
  .object({
    id: z.number(),
    area: z.string(),
    title: z.string(),
    status: z.enum(PERIOD_STATES),
    startsAt: z.number(),
    endsAt: z.number(),
    startedBy: z.string(),
    summary: z.string().nullable().meta({ description: 'written at the hand-over' }),
    handedAt: z.number().nullable(),
    handedBy: z.string().nullable(),
    acceptedAt: z.number().nullable(),
    acceptedBy: z.string().nullable(),
  })
  .meta({ id: 'Period' })

const objective = z
  .object({
    id: z.number(),
    area: z.string(),
    kind: z.enum(OBJECTIVE_KINDS),
    objective: z.number().nullable(),
    title: z.string(),
    role: role.nullable(),
    owner: z.string().nullable(),
    dueAt: z.number().nullable(),
    state: z.enum(OBJECTIVE_STATES),
    setAt: z.number(),
    stateAt: z.number(),
    by: z.string(),
  })
  .meta({ id: 'Objective' })

const message = z
  .object({
    id: z.number(),
    area: z.string(),
    audience: z.enum(AUDIENCES),
    urgent: z.boolean(),
    text: z.string(),
    state: z.enum(MESSAGE_STATES),
    sentAt: z.number(),
    until: z.number(),
    by: z.string(),
  })
  .meta({ id: 'CommandMessage' })

const logEntry = z
  .object({
    id: z.number(),
    kind: z.enum(LOG_KINDS),
    at: z.number(),
    by: z.string(),
    text: z.string(),
    state: z.enum(OBJECTIVE_STATES).nullable().meta({ description: 'of `objective_state`: what it became' }),
    corrects: z.number().nullable(),
  })
  .meta({ id: 'CommandLogEntry' })

export const periodAnswer = z.object({ period })
export const objectiveAnswer = z.object({ objective })
export const decisionAnswer = z.object({ entry: logEntry })
export const messageAnswer = z.object({ message })

export const periodQuery = z.object({ area: boundArea })
/** Everything of the period that runs, or of none: what is live, and the log since it began. */
export const commandAreaAnswer = z.object({
  period: period.nullable(),
  before: period.nullable().meta({ description: 'the shift before, with its summary' }),
  objectives: z
    .array(objective)
    .meta({ description: 'of the area: live ones, and those ended since the period began' }),
  messages: z.array(message).meta({ description: 'of the area: live ones, and those of the period' }),
  log: z.array(logEntry).meta({ description: 'newest first' }),
})
