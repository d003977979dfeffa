import type { Kysely } from 'kysely'
import { countFacilities, type FacilityCursor, listFacilities } from '../../../db/queries/facility-list.ts'
import { provinceCodes, readDeadlines } from '../../../db/queries/lateness.ts'
import { allContacts } from '../../../db/queries/registry.ts'
import type { Database } from '../../../db/schema.ts'
import type { Cells } from '../../contract/indicators/cells.ts'
import { lateReporters } from '../../contract/indicators/reports.ts'
import { NATION } from '../../contract/vocabulary/areas.ts'
import { calledForNumbers } from '../../contract/vocabulary/facilities.ts'
import { rowsBehindMetric } from '../cases/rows-behind-metric.ts'
import { readCursor, writeCursor } from '../command/keyset.ts'

type Asked = {
  readonly area: string
  readonly day: string
  readonly cursor?: string | undefined
  readonly limit: number
}

/**
 * Who has not reported, by name: provinces by the rule of the dictionary, facilities by the flag that is counted.
 * @param cells of the nation and its provinces
 */
export async function listLate(trx: Kysely<Database>, cells: Cells, { area, day, cursor, limit }: Asked) {
  const provinces = (await provinceCodes(trx)).filter((code) => area === NATION || code === area)
  const where = rowsBehindMetric('sites.late')?.where ?? {}
  const filter = { area, state: 'open', amount: { table: 'facilities', where } } as const
  const after = cursor === undefined ? undefined : (readCursor(cursor, 2) as unknown as FacilityCursor)
  const rows = await listFacilities(trx, filter, after, limit)
  const deadlines = await readDeadlines(trx)
  const contacts = await allContacts(
    trx,
    area,
    rows.map(({ id }) => id),
  )
  const toCall = (id: number) => {
    const one = calledForNumbers(contacts.get(id) ?? [])
    return one ? { desk: one.desk, phone: one.phone } : null
  }
  const last = rows.at(-1)
  return {
    day,
    provinces: lateReporters(
      cells,
      provinces.map((code) => ({ code })),
      day,
    ),
    facilities: rows.map(({ id, code, kind, district, name_th, name_en, counted_at, reported_at }) => ({
      id,
      code,
      kind,
      district,
      nameTh: name_th,
      nameEn: name_en,
      reportedAt: (counted_at ?? reported_at)?.getTime() ?? null,
      hours: deadlines.get(kind) ?? null,
      contact: toCall(id),
    })),
    cursor: last && rows.length === limit ? writeCursor([last.amount, last.id]) : null,
    total: after === undefined ? (await countFacilities(trx, filter)).total : null,
  }
}
