import type { RowFault } from '../../../hub/contract/refusals/row-faults.ts'
import { foldedText } from '../../../hub/contract/vocabulary/text.ts'
import type { FacilityRow } from '../../queries/facilities.ts'
import type { CodeOwner, FacilityContact, NewFacility } from '../../queries/registry.ts'
import type { FieldChanges } from '../../schema.ts'
import type { FileRow } from './read-row.ts'

export type Existing = FacilityRow & { readonly contacts: readonly FacilityContact[] }

export type Add = { readonly line: number; readonly row: NewFacility; readonly contacts: readonly FacilityContact[] }
export type Change = {
  readonly line: number
  readonly facility: Existing
  readonly wanted: Partial<NewFacility>
  readonly contacts: readonly FacilityContact[] | undefined
  readonly changes: FieldChanges
}
export type Fault = { readonly line: number; readonly fault: RowFault }
export type FacilityPlan = {
  readonly add: readonly Add[]
  readonly change: readonly Change[]
  readonly leave: number
  readonly faults: readonly Fault[]
}

type Known = {
  readonly byId: ReadonlyMap<number, Existing>
  readonly byCode: ReadonlyMap<string, Existing>
  readonly byName: ReadonlyMap<string, readonly Existing[]>
  readonly owners: ReadonlyMap<string, CodeOwner>
}

const nameKey = (province: string, kind: string, name: string): string => `${province}|${kind}|${foldedText(name)}`

/** @param owners whose the file's codes are, in the whole country: also of facilities that are not seen here */
export function knownOf(facilities: readonly Existing[], owners: readonly CodeOwner[]): Known {
  const byName = new Map<string, Existing[]>()
  for (const one of facilities) {
    if (one.merged_into !== null) continue
    const key = nameKey(one.district.slice(0, 2), one.kind, one.name_th)
    byName.set(key, [...(byName.get(key) ?? []), one])
  }
  return {
    byId: new Map(facilities.map((one) => [one.id, one])),
    byCode: new Map(facilities.flatMap((one) => (one.code === null ? [] : [[one.code, one] as const]))),
    byName,
    owners: new Map(owners.map((owner) => [owner.code, owner])),
  }
}

/** The entry that stays of one that was merged. */
function standing(known: Known, one: Existing | undefined): Existing | undefined {
  return one?.merged_into == null ? one : known.byId.get(one.merged_into)
}

/** Which facility a row is about: by its number, its code, or its name where that says it. */
function meant(row: FileRow, known: Known): Existing | undefined | RowFault {
  if (row.id !== undefined) {
    return standing(known, known.byId.get(row.id)) ?? { key: 'id', params: { value: row.id } }
  }
  const ofCode = row.code === undefined ? undefined : known.byCode.get(row.code)
  if (ofCode) return standing(known, ofCode)
  const named = (known.byName.get(nameKey(row.province, row.kind, row.nameTh)) ?? []).filter(
    ({ code }) => code === null || row.code === undefined,
  )
  return named.length > 1 ? { key: 'name_twice', params: { value: JSON.stringify(row.nameTh) } } : named[0]
}

/** Whether a code is the facility's own, or that of an entry which was merged into it. */
function isOf(owner: CodeOwner, found: Existing | undefined, known: Known): boolean {
  return found !== undefined && (owner.id === found.id || standing(known, known.byId.get(owner.id)) === found)
}

function wantedOf(row: FileRow): Partial<NewFacility> {
  return {
    kind: row.kind,
    name_th: row.nameTh,
    ...(row.nameEn !== undefined && { name_en: row.nameEn }),
    ...(row.code !== undefined && { code: row.code }),
    ...(row.district !== undefined && { district: row.district }),
    ...(row.point !== undefined && row.point),
    ...(row.hours !== undefined && { hours: row.hours }),
    ...(row.address !== undefined && { address: row.address }),
    ...(row.capacity !== undefined && { capacity: row.capacity }),
  }
}

/**
 * What a file would add, change field by field, and leave as it is. Nothing is closed or cleared by a file: a row that is
 * missing, or a cell that is empty, says nothing. Every row of a new facility has its district.
 * @param changesOf what an edit changes of a row
 */
export function planFacilities(
  rows: readonly FileRow[],
  known: Known,
  changesOf: (
    before: Existing,
    after: Partial<NewFacility>,
    contactsBefore: readonly FacilityContact[],
    contacts: readonly FacilityContact[] | undefined,
  ) => FieldChanges,
): FacilityPlan {
  const add: Add[] = []
  const change: Change[] = []
  const faults: Fault[] = []
  let leave = 0
  const taken = new Map<string, number>()
  for (const row of rows) {
    const { line } = row
    const refuse = (fault: RowFault) => faults.push({ line, fault })
    const found = meant(row, known)
    if (found && 'key' in found) {
      refuse(found)
      continue
    }
    const owner = row.code === undefined ? undefined : known.owners.get(row.code)
    if (owner !== undefined && !isOf(owner, found, known)) {
      refuse({ key: 'code_taken', params: { code: owner.code, id: owner.id, name: owner.name_th } })
      continue
    }
    const keys = [
      ...(found ? [`id|${found.id}`] : [nameKey(row.province, row.kind, row.nameTh + (row.code ?? ''))]),
      ...(row.code === undefined ? [] : [`code|${row.code}`]),
    ]
    const before = keys.map((key) => taken.get(key)).find((at) => at !== undefined)
    if (before !== undefined) {
      refuse({ key: 'twice', params: { line: before } })
      continue
    }
    for (const key of keys) taken.set(key, line)
    const wanted = wantedOf(row)
    if (found) {
      // The code of an entry that was merged away stays with that entry.
      const own = owner && owner.id !== found.id ? { ...wanted, code: found.code } : wanted
      const changes = changesOf(found, own, found.contacts, row.contacts)
      if (Object.keys(changes).length === 0) leave++
      else change.push({ line, facility: found, wanted: own, contacts: row.contacts, changes })
      continue
    }
    const district = row.district ?? row.nearest
    if (district === undefined) {
      refuse({ key: 'district_missing', params: {} })
      continue
    }
    const { lat, lon } = row.point ?? { lat: null, lon: null }
    const blank = { code: null, hours: null, address: null, capacity: null, lat, lon, name_en: row.nameTh }
    const made = { ...blank, kind: row.kind, name_th: row.nameTh, district, ...wanted }
    add.push({ line, row: made, contacts: row.contacts ?? [] })
  }
  return { add, change, leave, faults }
}
