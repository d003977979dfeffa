import type { LikelyReason } from '../../contract/vocabulary/duplicates.ts'
import { foldedText, withoutInvisible } from '../../contract/vocabulary/text.ts'

/** What is known of a person and a place when a record is about to be saved, or of one that was. */
export type Likeness = {
  readonly phone: string | null
  readonly name: string | null
  readonly idNumber: string | null
  readonly district: string
  /** 4 or 6 digits */
  readonly place: string | null
  /** ms since 1970 */
  readonly at: number
}

/** Days within which a second report is likely the same case; a new infection is not expected sooner. */
export const DUPLICATE_DAYS = 14
const DAY_MS = 86_400_000
/** Share of common letter pairs: "สมหญิง ใจดี" and "สมหญิง ใจดีี" are 0.95, two people of one family about 0.5. */
const NAME_ALIKE = 0.75

/** @returns why `b` is likely the same case as `a`, the surest reason first; `undefined` when nothing says so. */
export function likelyDuplicate(a: Likeness, b: Likeness): LikelyReason | undefined {
  if (Math.abs(a.at - b.at) > DUPLICATE_DAYS * DAY_MS) return undefined
  if (a.idNumber !== null && a.idNumber === b.idNumber) return 'same_id'
  if (a.phone !== null && a.phone === b.phone) return 'same_phone'
  if (a.name === null || b.name === null || !samePlace(a, b)) return undefined
  return nameLikeness(a.name, b.name) >= NAME_ALIKE ? 'similar_name_and_place' : undefined
}

/** The same sub-district, or the same district where one of them has no sub-district. */
function samePlace(a: Likeness, b: Likeness): boolean {
  if (a.district !== b.district) return false
  return a.place?.length !== 6 || b.place?.length !== 6 || a.place === b.place
}

const TITLES = /^(?:นางสาว|น\.ส\.|นาย|นาง|เด็กชาย|เด็กหญิง|ด\.ช\.|ด\.ญ\.|mrs?\.?\s|ms\.?\s|miss\s|u\s|daw\s)/i

/** Without title, spaces, tone marks and case: what two spellings of one name share. */
export function plainName(name: string): string {
  const bare = withoutInvisible(name).normalize('NFC').toLowerCase().replace(TITLES, '')
  return foldedText(bare).replace(/[\u0e48-\u0e4c]/g, '')
}

/** Dice's coefficient over letter pairs, 0 to 1. */
export function nameLikeness(a: string, b: string): number {
  const left = pairs(plainName(a))
  const right = pairs(plainName(b))
  let total = 0
  let common = 0
  for (const count of left.values()) total += count
  for (const [pair, count] of right) {
    total += count
    common += Math.min(count, left.get(pair) ?? 0)
  }
  return total === 0 ? 0 : (2 * common) / total
}

function pairs(text: string): Map<string, number> {
  const found = new Map<string, number>()
  for (let i = 0; i + 1 < text.length; i++) {
    const pair = text.slice(i, i + 2)
    found.set(pair, (found.get(pair) ?? 0) + 1)
  }
  return found
}
