import type { ErrorBody } from '../../contract/api/error.ts'
import { type BatchInput, type BatchResult, recordBody } from '../../contract/api/record.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { wrongInput } from '../../contract/refusals/wrong-fields.ts'
import { type CommandDeps, type Commander, requestHash, runCommand } from '../command/run.ts'
import { saveRecord } from './record.ts'

type Batch = {
  readonly by: Commander
  readonly requestId: string
  /** a refusal in the language of whoever reads it */
  readonly say: (refusal: ApiError) => ErrorBody['error']
}

/** Saves what a phone held, in order, each record judged by itself. @throws ApiError 409 for another account's */
export async function saveBatch(deps: CommandDeps, batch: Batch, { account, records }: BatchInput) {
  // Keys belong to an account: under another one, what was saved already would be saved again.
  if (account !== undefined && account !== batch.by.account) throw new ApiError('other_account')
  const results: BatchResult[] = []
  for (const record of records) results.push(await saveOne(deps, batch, record))
  return { results }
}

async function saveOne(
  deps: CommandDeps,
  { by, requestId, say }: Batch,
  { key, record }: BatchInput['records'][number],
): Promise<BatchResult> {
  try {
    const { data, error } = recordBody.safeParse(record)
    if (error) throw wrongInput('json', error, 'form_wrong')
    const request = { key, hash: requestHash('POST /api/record', data), requestId }
    const { status, body } = await runCommand(deps, by, request, async (context) => ({
      status: 201,
      body: await saveRecord(context, data),
    }))
    return { key, status, body, error: null }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return { key, status: error.status, body: null, error: say(error) }
  }
}
