import { z } from '@hono/zod-openapi'
import { withAccount } from '../../../db/queries/rls.ts'
import { listTransfers } from '../../../db/queries/transfers.ts'
import {
  approveBody,
  emptyBody,
  rejectBody,
  requestTransferBody,
  transferAnswer,
  transfersAnswer,
} from '../../contract/api/cases.ts'
import { areaCode, facilityParam, pageSize } from '../../contract/api/common.ts'
import type { Action } from '../../contract/vocabulary/actions.ts'
import { idAfter } from '../../work/command/keyset.ts'
import { requestTransfer, type StepInput, stepTransfer } from '../../work/transfers/transfer.ts'
import type { TransferEvent } from '../../work/transfers/transfer-rules.ts'
import { listedTransfers } from '../../work/transfers/transfer-view.ts'
import { secured, signedIn } from '../auth/secured.ts'
import { type Command, command, commandRoutes } from '../commands.ts'
import type { AppDeps } from '../env.ts'
import { fault, ok } from '../responses.ts'
import { createRouter } from '../router.ts'

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

const list = secured(
  {
    method: 'get',
    path: '/api/transfers',
    tags: ['transfers'],
    summary: 'Transfers under way: out of an area, or towards a facility',
    request: {
      query: z.object({
        area: areaCode,
        facility: facilityParam.optional().openapi({ description: 'only what is on its way there, from any area' }),
        after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
        limit: pageSize,
      }),
    },
    responses: { 200: ok('A page', transfersAnswer), 400: fault('The request is wrong') },
  },
  'transfer.read',
  (c) => ({ area: c.req.query('area') ?? '', facility: Number(c.req.query('facility')) }),
)

export function transferRoutes(deps: AppDeps) {
  const router = createRouter()
  router.openapi(list, async (c) => {
    const { area, facility, after, limit } = c.req.valid('query')
    const grant = await signedIn(c)
    const filter = facility === undefined ? { area } : { facility }
    const transfers = await withAccount(deps.db, grant, async (trx) =>
      listedTransfers(trx, grant, await listTransfers(trx, filter, after, limit), deps.clock.now()),
    )
    return c.json({ transfers, cursor: idAfter(transfers, limit) }, 200)
  })
  return commandRoutes(deps, COMMANDS, router)
}
