import type { RowFault } from '../../../hub/contract/refusals/row-faults.ts'
import {
  CONTACTS_MAX,
  DESK_ROLES,
  type DeskRole,
  FACILITY_KINDS,
  FACILITY_TEXT_MAX,
  type FacilityKind,
  HOSPITAL_CODE,
} from '../../../hub/contract/vocabulary/facilities.ts'
import { DESK_WORDS, FACILITY_KIND_WORDS } from '../../../hub/contract/vocabulary/facility-words.ts'
import { readOpeningHours } from '../../../hub/contract/vocabulary/opening-hours.ts'
import { normalizePhone } from '../../../hub/contract/vocabulary/phone.ts'
import { asciiDigits, foldedText, typedText } from '../../../hub/contract/vocabulary/text.ts'
import type { FacilityContact } from '../../queries/registry.ts'
import type { Fields } from '../rows.ts'
import { FORMULA_MARK, unguarded } from './cell.ts'
import type { Places } from './gazetteer.ts'

/** A row as it is meant; what is absent leaves what stands. */
export type FileRow = {
  readonly line: number
  readonly kind: FacilityKind
  readonly nameTh: string
  readonly province: string
  readonly id?: number
  readonly code?: string
  readonly nameEn?: string
  readonly district?: string
  /** of a row without a district: the nearest of its province to the pin */
  readonly nearest?: string
  readonly point?: { readonly lat: number; readonly lon: number }
  readonly hours?: string
  readonly address?: string
  readonly capacity?: string
  readonly contacts?: readonly FacilityContact[]
}

type Read<T> = { readonly value: T | undefined } | { readonly fault: RowFault }
const fault = (key: RowFault['key'], params: RowFault['params'] = {}): { fault: RowFault } => ({
  fault: { key, params },
})

const NAMES_OF_KINDS = new Map<string, FacilityKind>(
  FACILITY_KINDS.flatMap((kind) =>
    [kind, FACILITY_KIND_WORDS.en[kind], FACILITY_KIND_WORDS.th[kind]].map((name) => [foldedText(name), kind] as const),
  ),
)
const OTHER_KINDS: Readonly<Record<string, FacilityKind>> = {
  โรงพยาบาลสนาม: 'field',
  รพสนาม: 'field',
  รพ: 'hospital',
  ศูนย์แยกกักในชุมชน: 'ci',
  cihub: 'ci',
  หน่วยฉีดวัคซีน: 'vaccination',
  vaccine: 'vaccination',
  จุดตรวจatk: 'test',
  วัด: 'crematorium',
}
const NAMES_OF_DESKS = new Map<string, DeskRole>(
  DESK_ROLES.flatMap((desk) =>
    [desk, DESK_WORDS.en[desk], DESK_WORDS.th[desk]].map((name) => [foldedText(name), desk] as const),
  ),
)

const short = (text: string): string => JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text)

/** A text of a column; `-` alone is how people write "none". What `guarded` wrote comes back as it was, and is no formula. */
function readText(column: string, typed: string | undefined, max: number): Read<string> {
  const raw = typed ?? ''
  const text = typedText(unguarded(raw))
  if (text === '' || text === '-' || text === '–') return { value: undefined }
  if (FORMULA_MARK.test(raw)) return fault('formula', { column, value: short(raw), mark: raw.charAt(0) })
  return text.length > max ? fault('too_long', { column, max }) : { value: text }
}

function readKind(typed: string): Read<FacilityKind> {
  const name = foldedText(typed)
  const kind = NAMES_OF_KINDS.get(name) ?? OTHER_KINDS[name]
  if (typed === '') return fault('missing', { column: 'kind' })
  return kind ? { value: kind } : fault('kind', { value: short(typed), kinds: FACILITY_KINDS.join(', ') })
}

function readPoint(lat: string, lon: string): Read<{ lat: number; lon: number }> {
  if (lat === '' && lon === '') return { value: undefined }
  if (lat === '' || lon === '') return fault('point_half')
  const [north, east] = [lat, lon].map((text) =>
    Number(
      asciiDigits(text)
        .replace(',', '.')
        .replace(/°?[NE]?$/iu, ''),
    ),
  )
  const isThere =
    north !== undefined && east !== undefined && north >= 5.5 && north <= 20.6 && east >= 97.2 && east <= 105.8
  return isThere ? { value: { lat: north, lon: east } } : fault('point', { lat: short(lat), lon: short(lon) })
}

const CONTACT = /^(.+?)[\s:]+(\+?[\d๐-๙(][\d๐-๙\s().-]+?)(?:\s*\((.{1,120})\))?$/u

function readContacts(typed: string): Read<readonly FacilityContact[]> {
  if (typed === '') return { value: undefined }
  const contacts: FacilityContact[] = []
  for (const part of typed.split(/[;\n]/).map((text) => text.trim())) {
    if (part === '') continue
    const [, name = '', number = '', note] = CONTACT.exec(part) ?? []
    const desk = NAMES_OF_DESKS.get(foldedText(name))
    const phone = normalizePhone(number)
    if (desk === undefined || phone === undefined) {
      return fault('contact', { value: short(part), desks: DESK_ROLES.join(', ') })
    }
    if (!contacts.some((one) => one.desk === desk && one.phone === phone))
      contacts.push({ desk, phone, note: note ?? null })
  }
  return contacts.length > CONTACTS_MAX ? fault('contacts_many', { max: CONTACTS_MAX }) : { value: contacts }
}

function readCode(typed: string): Read<string> {
  const text = asciiDigits(typed)
  // A spreadsheet takes the zeros in front away: 00123 comes back as 123.
  const code = /^\d{3,4}$/.test(text) ? text.padStart(5, '0') : text
  if (code === '' || code === '-') return { value: undefined }
  return HOSPITAL_CODE.test(code) ? { value: code } : fault('code', { value: short(typed) })
}

function readHours(typed: string | undefined): Read<string> {
  const text = readText('hours', typed, 400)
  if ('fault' in text || text.value === undefined) return text
  const hours = readOpeningHours(text.value)
  return hours === undefined ? fault('hours', { value: short(text.value) }) : { value: hours }
}

function readWhere(fields: Fields, places: Places): Read<{ province: string; district: string | undefined }> {
  const found = places.province(fields.province ?? '')
  if ('wrong' in found) return fault('province', { what: found.wrong, value: short(fields.province ?? '') })
  const province = found.value
  const typed = fields.district ?? ''
  if (province === '00') return fault('district_missing')
  if (typed === '') return { value: { province, district: undefined } }
  const district = places.district(province, typed)
  if ('value' in district) return { value: { province, district: district.value } }
  return fault('district', { value: short(typed), province: places.name(province), hint: district.wrong })
}

function readId(typed: string): Read<number> {
  if (typed === '') return { value: undefined }
  const id = Number(asciiDigits(typed))
  return Number.isInteger(id) && id > 0 && id <= 2_147_483_647 ? { value: id } : fault('id', { value: short(typed) })
}

/** @returns the row, or all that is wrong with it */
export function readFacilityRow(line: number, fields: Fields, places: Places): FileRow | readonly RowFault[] {
  const faults: RowFault[] = []
  const take = <T>(read: Read<T>): T | undefined => {
    if ('value' in read) return read.value
    faults.push(read.fault)
    return undefined
  }
  const kind = take(readKind(fields.kind ?? ''))
  const nameTh = take(readText('name_th', fields.name_th, FACILITY_TEXT_MAX.name))
  const where = take(readWhere(fields, places))
  const row = {
    id: take(readId(fields.id ?? '')),
    code: take(readCode(fields.code ?? '')),
    nameEn: take(readText('name_en', fields.name_en, FACILITY_TEXT_MAX.name)),
    district: where?.district,
    point: take(readPoint(fields.lat ?? '', fields.lon ?? '')),
    hours: take(readHours(fields.hours)),
    address: take(readText('address', fields.address, FACILITY_TEXT_MAX.address)),
    capacity: take(readText('capacity', fields.capacity, FACILITY_TEXT_MAX.capacity)),
    contacts: take(readContacts(fields.contacts ?? '')),
  }
  if (nameTh === undefined && !faults.some(({ params }) => params.column === 'name_th')) {
    faults.push(fault('missing', { column: 'name_th' }).fault)
  }
  if (faults.length > 0 || kind === undefined || nameTh === undefined || where === undefined) return faults
  const given = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined))
  return { line, kind, nameTh, province: where.province, ...(given as Partial<typeof row>) } as FileRow
}
