import type { z } from '@hono/zod-openapi'
import {
  approveBody,
  emptyBody,
  rejectBody,
  requestTransferBody,
  transferAnswer,
  transfersAnswer,
  transfersQuery,
} from '../../contract/api/cases.ts'
import type { Action } from '../../contract/vocabulary/actions.ts'
import { requestTransfer, type StepInput, stepTransfer } from '../../work/transfers/transfer.ts'
import type { TransferEvent } from '../../work/transfers/transfer-rules.ts'
import { pageOfTransfers } from '../../work/transfers/transfer-view.ts'
import { areaAsked, call, callRoutes } from '../calls.ts'
import { type Command, command, commandRoutes } from '../commands.ts'
import type { AppDeps } from '../env.ts'

const step = <B extends z.ZodType>(
  name: string,
  action: Action,
  event: TransferEvent,
  summary: string,
  body: B,
): Command =>
  command({
    path: `/api/transfers/{id}/${name}`,
    action,
    tag: 'transfers',
    summary,
    body,
    answer: transferAnswer,
    work: (context, id, input) => stepTransfer(context, id, { ...(input as Omit<StepInput, 'event'>), event }),
  })

const COMMANDS: readonly Command[] = [
  command({
    path: '/api/cases/{id}/transfers',
    action: 'case.place',
    tag: 'transfers',
    summary: 'Ask for a bed elsewhere',
    body: requestTransferBody,
    answer: transferAnswer,
    work: requestTransfer,
  }),
  step('approve', 'case.place', 'approve', 'The coordinator says where to', approveBody),
  step('accept', 'facility.report', 'accept', 'The destination accepts: a bed is held', emptyBody),
  step('reject', 'facility.report', 'reject', 'The destination cannot', rejectBody),
  step('refuse', 'case.place', 'reject', 'The coordinator refuses the request', rejectBody),
  step('transport', 'case.place', 'arrange', 'Transport is arranged', emptyBody),
  step('depart', 'case.place', 'depart', 'On the way', emptyBody),
  step('arrive', 'facility.report', 'arrive', 'The destination has the patient: the held bed is occupied', emptyBody),
  step('cancel', 'case.place', 'cancel', 'It is called off: a held bed is free again', emptyBody),
  step('died', 'case.place', 'die', 'The patient died', emptyBody),
  step('died-at-destination', 'facility.report', 'die', 'The patient died, says the destination', emptyBody),
]

const CALLS = [
  call({
    path: '/api/transfers',
    action: 'transfer.read',
    resource: (c) => ({ ...areaAsked(c), facility: Number(c.req.query('facility')) }),
    tag: 'transfers',
    summary: 'Transfers under way: out of an area, or towards a facility',
    asks: transfersQuery,
    says: 'A page',
    answer: transfersAnswer,
    work: (context, _, query) => pageOfTransfers(context, query),
  }),
]

export const transferRoutes = (deps: AppDeps) => commandRoutes(deps, COMMANDS, callRoutes(deps, CALLS))
