import { sql } from 'kysely'
import { rowFaultText } from '../../../hub/contract/refusals/row-faults.ts'
import { ADVISORY_LOCKS } from '../../advisory-locks.ts'
import { createClient } from '../../client.ts'
import { located, ROW_ERRORS_PRINTED_MAX } from '../problem.ts'
import { count, type Progress } from '../progress.ts'
import { readBytes } from '../text.ts'
import { planImport, previewItems, writeImport } from './import.ts'
import type { FileOptions } from './read-file.ts'

/** Bytes of a file: 20,000 facilities take some 6 MB. */
const BYTES_MAX = 32 * 1024 * 1024
const ITEMS_PRINTED_MAX = 40

export type RegistryImportOptions = FileOptions & {
  readonly ownerUrl: string
  readonly path: string
  readonly dryRun: boolean
  readonly acceptApart: boolean
  readonly progress: Progress
}

/** `bad`: faults of rows; with one of them nothing is written. */
export type RegistryImportResult = {
  readonly bad: number
  readonly written: boolean
  readonly lines: readonly string[]
}

/**
 * Imports a file of facilities in one transaction: all of it or nothing.
 * @throws FileProblem when the file as a whole cannot be used; Error when PostgreSQL refuses.
 */
export async function runRegistryImport(options: RegistryImportOptions): Promise<RegistryImportResult> {
  const { path, dryRun, progress } = options
  const bytes = await readBytes(path, BYTES_MAX)
  const db = createClient(options.ownerUrl, { applicationName: 'jitasa import', connectionsMax: 1 })
  try {
    return await db.transaction().execute(async (trx) => {
      const { rows } = await sql<{ taken: boolean }>`
        select pg_try_advisory_xact_lock(${ADVISORY_LOCKS.import}) as taken`.execute(trx)
      if (!rows[0]?.taken) throw new Error('another import is running; try again when it has ended')
      const plan = await planImport(trx, bytes, { ...options, may: () => true })
      const { add, change, leave, faults } = plan
      const shown = faults.slice(0, ROW_ERRORS_PRINTED_MAX)
      const lines = [
        ...shown.map(({ line, fault }) => located(path, line, rowFaultText('en', fault))),
        ...(faults.length > shown.length ? [`… and ${faults.length - shown.length} more`] : []),
        ...previewItems(plan, ITEMS_PRINTED_MAX).map(itemText),
        ...(add.length + change.length > ITEMS_PRINTED_MAX ? ['…'] : []),
        `${count(add.length, 'facility', 'facilities')} to add, ${change.length} to change, ${leave} to leave as they are`,
      ]
      const write = !dryRun && faults.length === 0 && add.length + change.length > 0
      if (write) {
        const importer = { actor: null, label: 'import (terminal)', at: new Date(), key: null }
        await writeImport(trx, plan, importer, (done, total) => progress.show('writing', done, total))
      }
      return { bad: faults.length, written: write, lines }
    })
  } finally {
    await db.destroy()
  }
}

type Item = ReturnType<typeof previewItems>[number]

function itemText({ line, what, id, name, changes }: Item): string {
  if (what === 'add') return `  line ${line}: + ${name}`
  const fields = Object.entries(changes).map(([field, [before, after]]) => `${field}: ${said(before)} → ${said(after)}`)
  return `  line ${line}: ~ ${name} (no. ${id}): ${fields.join('; ')}`
}

const said = (value: unknown): string => (value === null || value === '' ? '–' : String(value))
