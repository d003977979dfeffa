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
import { areaCode, caseParams, facilityParam, pageSize } from '../../contract/api/common.ts'
import type { Action } from '../../contract/vocabulary/actions.ts'
import { type CommandContext, commanderOf, runCommand } from '../../work/command/run.ts'
import { requestTransfer, type StepInput, stepTransfer } from '../../work/transfers/transfer.ts'
import type { TransferEvent } from '../../work/transfers/transfer-rules.ts'
import { listedTransfers } from '../../work/transfers/transfer-view.ts'
import { secured, signedIn } from '../auth/secured.ts'
import { commandRoute, fault, json } from '../command-route.ts'
import type { AppDeps, HubContext } from '../env.ts'
import { createRouter } from '../router.ts'

const request = commandRoute({
  path: '/api/cases/{id}/transfers',
  action: 'case.place',
  tag: 'transfers',
  summary: 'Ask for a bed elsewhere',
  body: requestTransferBody,
  answer: transferAnswer,
  params: caseParams,
})

const stepRoute = <P extends string, B extends z.ZodType>(name: P, action: Action, summary: string, body: B) =>
  commandRoute({
    path: `/api/transfers/{id}/${name}` as const,
    action,
    tag: 'transfers',
    summary,
    body,
    answer: transferAnswer,
    params: caseParams,
  })

const approve = stepRoute('approve', 'case.place', 'The coordinator says where to', approveBody)
const accept = stepRoute('accept', 'facility.report', 'The destination accepts: a bed is held', emptyBody)
const reject = stepRoute('reject', 'facility.report', 'The destination cannot', rejectBody)
const arrange = stepRoute('transport', 'case.place', 'Transport is arranged', emptyBody)
const depart = stepRoute('depart', 'case.place', 'On the way', emptyBody)
const arrive = stepRoute(
  'arrive',
  'facility.report',
  'The destination has the patient: the held bed is occupied',
  emptyBody,
)
const cancel = stepRoute('cancel', 'case.place', 'It is called off: a held bed is free again', emptyBody)
const withdraw = stepRoute('refuse', 'case.place', 'The coordinator refuses the request', rejectBody)
const died = stepRoute('died', 'case.place', 'The patient died', emptyBody)
const diedThere = stepRoute(
  'died-at-destination',
  'facility.report',
  'The patient died, says the destination',
  emptyBody,
)

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
    responses: { 200: { description: 'A page', content: json(transfersAnswer) }, 400: fault('The request is wrong') },
  },
  'transfer.read',
  (c) => ({ area: c.req.query('area') ?? '', facility: Number(c.req.query('facility')) }),
)

export function transferRoutes(deps: AppDeps) {
  async function run<T>(c: HubContext, body: unknown, work: (context: CommandContext) => Promise<T>): Promise<T> {
    const by = commanderOf(await signedIn(c))
    const answer = await runCommand(deps, c, by, body, async (context) => ({ status: 200, body: await work(context) }))
    return answer.body
  }
  const step = (c: HubContext, id: number, event: TransferEvent, input: Omit<StepInput, 'event'> = {}) =>
    run(c, input, (context) => stepTransfer(context, id, { ...input, event }))

  return createRouter()
    .openapi(list, async (c) => {
      const { area, facility, after, limit } = c.req.valid('query')
      const grant = await signedIn(c)
      const filter = facility === undefined ? { area } : { facility }
      const transfers = await withAccount(deps.db, grant, async (trx) =>
        listedTransfers(trx, grant, await listTransfers(trx, filter, after, limit), deps.clock.now()),
      )
      const last = transfers.at(-1)
      const cursor = last && transfers.length === limit ? last.id : null
      return c.json({ transfers, cursor }, 200)
    })
    .openapi(request, async (c) => {
      const { id } = c.req.valid('param')
      const body = c.req.valid('json')
      return c.json(await run(c, body, (context) => requestTransfer(context, id, body)), 200)
    })
    .openapi(approve, async (c) => c.json(await step(c, c.req.valid('param').id, 'approve', c.req.valid('json')), 200))
    .openapi(accept, async (c) => c.json(await step(c, c.req.valid('param').id, 'accept'), 200))
    .openapi(reject, async (c) => c.json(await step(c, c.req.valid('param').id, 'reject', c.req.valid('json')), 200))
    .openapi(withdraw, async (c) => c.json(await step(c, c.req.valid('param').id, 'reject', c.req.valid('json')), 200))
    .openapi(arrange, async (c) => c.json(await step(c, c.req.valid('param').id, 'arrange'), 200))
    .openapi(depart, async (c) => c.json(await step(c, c.req.valid('param').id, 'depart'), 200))
    .openapi(arrive, async (c) => c.json(await step(c, c.req.valid('param').id, 'arrive'), 200))
    .openapi(cancel, async (c) => c.json(await step(c, c.req.valid('param').id, 'cancel'), 200))
    .openapi(died, async (c) => c.json(await step(c, c.req.valid('param').id, 'die'), 200))
    .openapi(diedThere, async (c) => c.json(await step(c, c.req.valid('param').id, 'die'), 200))
}
