import { z } from 'zod'
import { OPERATION_KINDS } from '../vocabulary/operation.ts'
import { day } from './common.ts'

const kind = z.enum(OPERATION_KINDS)

export const operationBody = z.strictObject({
  day,
  kind: kind
    .optional()
    .meta({ description: 'unchanged when it is not given; live ends the sessions of drill accounts' }),
})
export const operationAnswer = z.object({ day, kind })
