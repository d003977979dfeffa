import type { z } from '@hono/zod-openapi'
import {
  addNeedsBody,
  closeBody,
  commandAnswer,
  contactBody,
  emptyBody,
  escalateBody,
  mergeBody,
  outcomeBody,
  placeBody,
  reopenBody,
  triageBody,
  undoAnswer,
  undoBody,
} from '../../contract/api/cases.ts'
import { caseParams } from '../../contract/api/common.ts'
import type { Action } from '../../contract/vocabulary/actions.ts'
import { placeCase, triageCase } from '../../work/cases/care.ts'
import { addNeeds, contactCase, escalateCase, verifyCase } from '../../work/cases/case.ts'
import { closeCase, reopenCase, setOutcome } from '../../work/cases/close.ts'
import { mergeCase } from '../../work/cases/merge.ts'
import { undo } from '../../work/cases/undo.ts'
import { type CommandContext, commanderOf, runCommand } from '../../work/command/run.ts'
import { signedIn } from '../auth/secured.ts'
import { commandRoute } from '../command-route.ts'
import type { AppDeps, HubContext } from '../env.ts'
import { createRouter } from '../router.ts'

const caseRoute = <P extends string, B extends z.ZodType>(name: P, action: Action, summary: string, body: B) =>
  commandRoute({
    path: `/api/cases/{id}/${name}` as const,
    action,
    tag: 'cases',
    summary,
    body,
    answer: commandAnswer,
    params: caseParams,
  })

const verify = caseRoute('verify', 'case.triage', 'It is real', emptyBody)
const triage = caseRoute(
  'triage',
  'case.triage',
  'Triage, and again both ways; red at home goes to the queue for beds',
  triageBody,
)
const place = caseRoute(
  'place',
  'case.place',
  'Place of care; where beds are reported, it takes one that is available',
  placeBody,
)
const contact = caseRoute('contacts', 'case.contact', 'Log a contact', contactBody)
const escalate = caseRoute('escalate', 'case.contact', 'Somebody above has to look at this', escalateBody)
const needs = caseRoute('needs', 'case.record', 'Add needs', addNeedsBody)
const outcome = caseRoute('outcome', 'case.close', 'How it ended, or a correction of that', outcomeBody)
const close = caseRoute('close', 'case.close', 'Close with a reason', closeBody)
const reopen = caseRoute('reopen', 'case.reopen', 'Open again', reopenBody)
const merge = caseRoute('merge', 'case.merge', 'This is a duplicate of another case; history is kept', mergeBody)
const takeBack = commandRoute({
  path: '/api/cases/{id}/undo',
  action: 'case.read',
  tag: 'cases',
  summary: 'Take back a mis-tap of your own, within 30 seconds',
  body: undoBody,
  answer: undoAnswer,
  params: caseParams,
})

export function caseCommandRoutes(deps: AppDeps) {
  async function run<T>(c: HubContext, body: unknown, work: (context: CommandContext) => Promise<T>): Promise<T> {
    const by = commanderOf(await signedIn(c))
    const answer = await runCommand(deps, c, by, body, async (context) => ({ status: 200, body: await work(context) }))
    return answer.body
  }

  return createRouter()
    .openapi(verify, async (c) => {
      const { id } = c.req.valid('param')
      return c.json(await run(c, null, (context) => verifyCase(context, id)), 200)
    })
    .openapi(triage, async (c) => {
      const { id } = c.req.valid('param')
      const body = c.req.valid('json')
      return c.json(await run(c, body, (context) => triageCase(context, id, body)), 200)
    })
    .openapi(place, async (c) => {
      const { id } = c.req.valid('param')
      const body = c.req.valid('json')
      return c.json(await run(c, body, (context) => placeCase(context, id, body)), 200)
    })
    .openapi(contact, async (c) => {
      const { id } = c.req.valid('param')
      const body = c.req.valid('json')
      const sourceAt = body.sourceAt === undefined ? undefined : Date.parse(body.sourceAt)
      return c.json(await run(c, body, (context) => contactCase(context, id, { ...body, sourceAt })), 200)
    })
    .openapi(escalate, async (c) => {
      const { id } = c.req.valid('param')
      const body = c.req.valid('json')
      return c.json(await run(c, body, (context) => escalateCase(context, id, body.reason)), 200)
    })
    .openapi(needs, async (c) => {
      const { id } = c.req.valid('param')
      const body = c.req.valid('json')
      return c.json(await run(c, body, (context) => addNeeds(context, id, [...new Set(body.needs)])), 200)
    })
    .openapi(outcome, async (c) => {
      const { id } = c.req.valid('param')
      const body = c.req.valid('json')
      return c.json(await run(c, body, (context) => setOutcome(context, id, body.outcome, body.day)), 200)
    })
    .openapi(close, async (c) => {
      const { id } = c.req.valid('param')
      const body = c.req.valid('json')
      return c.json(await run(c, body, (context) => closeCase(context, id, body)), 200)
    })
    .openapi(reopen, async (c) => {
      const { id } = c.req.valid('param')
      const body = c.req.valid('json')
      const kinds = [...new Set(body.needs)]
      return c.json(await run(c, body, (context) => reopenCase(context, id, body.reason, kinds)), 200)
    })
    .openapi(merge, async (c) => {
      const { id } = c.req.valid('param')
      const body = c.req.valid('json')
      return c.json(await run(c, body, (context) => mergeCase(context, id, body.into)), 200)
    })
    .openapi(takeBack, async (c) => {
      const { id } = c.req.valid('param')
      const body = c.req.valid('json')
      return c.json(await run(c, body, (context) => undo(context, id, body.event)), 200)
    })
}
