import type { z } from 'zod'
import { planImport, previewItems, readPlaces, writeImport } from '../../../db/import/facilities/import.ts'
import { type FileFormat, facilitiesFile } from '../../../db/import/facilities/write-file.ts'
import { FileProblem } from '../../../db/import/problem.ts'
import { allContacts, registryOf } from '../../../db/queries/registry.ts'
import { can } from '../../authorize/decide.ts'
import type { facilityImportAnswer, facilityImportBody } from '../../contract/api/facilities.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { rowFaultText } from '../../contract/refusals/row-faults.ts'
import type { CommandContext } from '../command/run.ts'

/** Changes and bad rows that a preview shows; the rest are counted. */
const ITEMS_MAX = 200
const ERRORS_MAX = 200

/**
 * What a file would add, change and leave; written, in this transaction, when `apply` names the plan that was looked at.
 * @throws ApiError 422 of a file that cannot be read, 409 when what it would do has changed since
 */
export async function importFacilities(
  context: CommandContext,
  input: z.output<typeof facilityImportBody>,
): Promise<z.infer<typeof facilityImportAnswer>> {
  const { trx, by, at, key } = context
  const may = (district: string) => can(by.grant, 'facility.register', { area: district }).allowed
  const bytes = Buffer.from(input.file, 'base64')
  const plan = await planImport(trx, bytes, { acceptApart: input.acceptApart, may }).catch((error) => {
    if (!(error instanceof FileProblem)) throw error
    const what = error.line === undefined ? error.message : `(line ${error.line}) ${error.message}`
    throw new ApiError('file_unreadable', { line: error.line ?? null, what })
  })
  const apply = input.apply !== undefined && plan.faults.length === 0
  if (apply && input.apply !== plan.hash) throw new ApiError('import_changed')
  if (apply) await writeImport(trx, plan, { actor: by.account, label: by.label, at, key })
  return {
    plan: plan.hash,
    written: apply,
    add: plan.add.length,
    change: plan.change.length,
    leave: plan.leave,
    items: previewItems(plan, ITEMS_MAX),
    errors: plan.faults
      .slice(0, ERRORS_MAX)
      .map(({ line, fault }) => ({ line, message: rowFaultText(input.language, fault) })),
    bad: plan.faults.length,
  }
}

/** The open facilities of an area that the account sees, as a file that can be imported again. */
export async function exportFacilities(
  { trx }: Pick<CommandContext, 'trx'>,
  { area, format, kind }: { readonly area: string; readonly format: FileFormat; readonly kind?: string | undefined },
): Promise<Uint8Array> {
  const rows = await registryOf(trx, area)
  const contacts = await allContacts(trx, area)
  const open = rows.filter((row) => row.active && (kind === undefined || row.kind === kind))
  return facilitiesFile(
    format,
    open.map((row) => ({ ...row, contacts: contacts.get(row.id) ?? [] })),
    await readPlaces(trx),
  )
}
