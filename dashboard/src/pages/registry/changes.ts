import { CLOSE_REASONS, FACILITY_KINDS } from '../../../../hub/contract/vocabulary/facilities.ts'
import { useWords } from '../../i18n/language.tsx'
import { registryWords } from './words.ts'

const FIELDS = {
  kind: 'kind',
  name_th: 'nameTh',
  name_en: 'nameEn',
  code: 'code',
  district: 'place',
  hours: 'hours',
  address: 'address',
  capacity: 'capacity',
  contacts: 'contacts',
  lat: 'lat',
  lon: 'lon',
  reason: 'reason',
  merged: 'merged',
  mergedInto: 'mergedInto',
} as const

const isField = (field: string): field is keyof typeof FIELDS => field in FIELDS

export type Changes = Readonly<Record<string, readonly unknown[]>>

/** What a change says, field by field, in the words of the page. */
export function useChanges(): (changes: Changes) => readonly string[] {
  const t = useWords(registryWords)
  const said = (value: unknown): string => {
    const kind = FACILITY_KINDS.find((one) => one === value)
    if (kind !== undefined) return t(`kind.${kind}`)
    const reason = CLOSE_REASONS.find((one) => one === value)
    if (reason !== undefined) return t(`reasons.${reason}`)
    return value === null || value === undefined || value === '' ? t('nothing') : String(value)
  }
  return (changes) =>
    Object.entries(changes).map(([field, [before, after]]) =>
      t('changed', isField(field) ? t(`field.${FIELDS[field]}`) : field, said(before), said(after)),
    )
}
