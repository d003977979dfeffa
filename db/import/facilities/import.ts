import { createHash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import { nearestDistricts, pinsApart } from '../../queries/pins.ts'
import {
  addFacilityEvents,
  allContacts,
  facilityChanges,
  insertContacts,
  insertFacilities,
  ownersOfCodes,
  registryOf,
  replaceContacts,
  updateFacility,
} from '../../queries/registry.ts'
import type { Database } from '../../schema.ts'
import { type Area, createPlaces, type Places } from './gazetteer.ts'
import { type FacilityPlan, type Fault, knownOf, planFacilities } from './plan.ts'
import { type FileOptions, readFacilityFile } from './read-file.ts'
import type { FileRow } from './read-row.ts'

export type FacilityImportOptions = FileOptions & {
  /** keep pins that lie in the sea or in another province */
  readonly acceptApart: boolean
  /** whether the importer may register a facility in a district */
  readonly may: (district: string) => boolean
}

export type PlannedImport = FacilityPlan & {
  /** of what would be written, so that what is applied is what was looked at */
  readonly hash: string
}

export async function readPlaces(db: Kysely<Database>): Promise<Places> {
  const { rows } = await sql<Area>`
    select code, name_th as "nameTh", name_en as "nameEn" from areas where length(code) in (2, 4) and code ~ '^[0-9]'`.execute(
    db,
  )
  if (rows.length === 0) throw new Error('the database holds no provinces; run npm run migrate first')
  return createPlaces(
    rows.filter(({ code }) => code.length === 2),
    rows.filter(({ code }) => code.length === 4),
  )
}

/** Rows whose place is a pin alone get the nearest district of their province. */
async function withNearest(db: Kysely<Database>, rows: readonly FileRow[]): Promise<FileRow[]> {
  const bare = rows.filter((row) => row.district === undefined && row.point !== undefined)
  const pins = bare.map(({ province, point }) => ({ province, lat: point?.lat ?? 0, lon: point?.lon ?? 0 }))
  const found = await nearestDistricts(db, pins)
  const nearest = new Map(bare.map((row, i) => [row, found[i]]))
  return rows.map((row) => {
    const district = nearest.get(row)
    return district === undefined ? row : { ...row, nearest: district }
  })
}

/** Lines whose pin lies in the sea or in another province. */
async function apartFaults(db: Kysely<Database>, rows: readonly FileRow[], places: Places): Promise<Fault[]> {
  const pins = rows.flatMap(({ line, province, point }) => (point ? [{ line, district: province, ...point }] : []))
  return (await pinsApart(db, pins)).map(({ line, district, lat, lon }) => ({
    line,
    fault: { key: 'point_apart', params: { lat, lon, province: places.name(district) } },
  }))
}

/**
 * What a file would do, against what stands; as an account, what that account sees.
 * @throws FileProblem when the file as a whole cannot be used
 */
export async function planImport(
  db: Kysely<Database>,
  bytes: Uint8Array,
  options: FacilityImportOptions,
): Promise<PlannedImport> {
  const places = await readPlaces(db)
  const file = await readFacilityFile(bytes, places, options)
  const rows = await withNearest(db, file.rows)
  const apart = options.acceptApart ? [] : await apartFaults(db, rows, places)
  const standing = await registryOf(db, 'TH')
  const contacts = await allContacts(db, 'TH')
  const codes = rows.flatMap(({ code }) => (code === undefined ? [] : [code]))
  const known = knownOf(
    standing.map((row) => ({ ...row, contacts: contacts.get(row.id) ?? [] })),
    await ownersOfCodes(db, codes),
  )
  const plan = planFacilities(rows, known, facilityChanges)
  const away = (line: number): Fault => ({ line, fault: { key: 'other_area', params: {} } })
  const outside = [
    ...plan.add.flatMap(({ line, row }) => (options.may(row.district) ? [] : [away(line)])),
    ...plan.change.flatMap(({ line, facility, wanted }) =>
      options.may(facility.district) && options.may(wanted.district ?? facility.district) ? [] : [away(line)],
    ),
  ]
  const faults = [...file.faults, ...apart, ...plan.faults, ...outside].toSorted((a, b) => a.line - b.line)
  const written = [
    plan.add,
    plan.change.map(({ facility, changes, contacts: wanted }) => [facility.id, facility.version, changes, wanted]),
  ]
  const hash = createHash('sha256').update(JSON.stringify(written)).digest('hex').slice(0, 32)
  return { ...plan, faults, hash }
}

export type Importer = {
  readonly actor: string | null
  readonly label: string
  readonly at: Date
  readonly key: string | null
}

/**
 * Writes what was planned, in the caller's transaction.
 * @param onWritten how many of all were written so far
 */
export async function writeImport(
  db: Kysely<Database>,
  { add, change }: FacilityPlan,
  { actor, label, at, key }: Importer,
  onWritten: (done: number, total: number) => void = () => undefined,
): Promise<void> {
  const who = { at, actor, actor_label: label, idempotency_key: key }
  const total = add.length + change.length
  for (let from = 0; from < add.length; from += BATCH) {
    const batch = add.slice(from, from + BATCH)
    const ids = await insertFacilities(
      db,
      batch.map(({ row }) => row),
    )
    await addFacilityEvents(
      db,
      batch.map(({ row, contacts }, i) => ({
        ...who,
        facility_id: ids[i] ?? 0,
        kind: 'created',
        details: facilityChanges({}, row, [], contacts),
      })),
    )
    await insertContacts(
      db,
      batch.flatMap(({ contacts }, i) => contacts.map((contact) => ({ ...contact, facility_id: ids[i] ?? 0 }))),
    )
    onWritten(from + batch.length, total)
  }
  for (const [i, { facility, wanted, contacts, changes }] of change.entries()) {
    await updateFacility(db, facility.id, wanted)
    if (changes.contacts && contacts) await replaceContacts(db, facility.id, contacts)
    await addFacilityEvents(db, [{ ...who, facility_id: facility.id, kind: 'edited', details: changes }])
    onWritten(add.length + i + 1, total)
  }
}

const BATCH = 500

/** The first changes, as they are shown before they are made. */
export function previewItems({ add, change }: FacilityPlan, most: number) {
  const added = add.map(({ line, row, contacts }) => ({
    line,
    what: 'add' as const,
    id: null,
    name: row.name_th,
    changes: facilityChanges({}, row, [], contacts) as Record<string, [unknown, unknown]>,
  }))
  const changed = change.map(({ line, facility, changes }) => ({
    line,
    what: 'change' as const,
    id: facility.id,
    name: facility.name_th,
    changes: changes as Record<string, [unknown, unknown]>,
  }))
  return [...changed, ...added].slice(0, most)
}
