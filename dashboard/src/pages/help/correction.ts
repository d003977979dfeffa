import type { Correction } from '../../api/myData.ts'

const FIELDS = ['name', 'phone', 'secondPhone', 'address', 'text'] as const
export type Typed = Readonly<Record<(typeof FIELDS)[number], string>>
/** Nothing is typed yet. */
export const EMPTY: Typed = { name: '', phone: '', secondPhone: '', address: '', text: '' }

/** What was filled in; the rest stays as it is. */
export function correctionOf(typed: Typed): Correction | undefined {
  const filled = FIELDS.flatMap((field) => (typed[field].trim() === '' ? [] : [[field, typed[field].trim()] as const]))
  return filled.length === 0 ? undefined : Object.fromEntries(filled)
}
