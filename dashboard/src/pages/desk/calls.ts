import type { RowObject } from '../../../../hub/contract/live/rows.ts'
import type { Language } from '../../../../hub/contract/vocabulary/languages.ts'

export type LiveCall = RowObject<'call'>

/** Whose call a request is about. */
export type Caller = { readonly call: string; readonly phone: string; readonly language: Language }

/** Whose claim has run out is nobody's, though the sweep has not been there yet. @param now ms since 1970 */
export function holderOf(call: LiveCall, now: number): string | null {
  return call.state === 'claimed' && call.leaseUntil !== null && now < call.leaseUntil ? call.holderKey : null
}

/** Mine, then who rings now, then who is owed a call for longest; what another has comes last. */
export function inOrder(calls: readonly LiveCall[], me: string, now: number): readonly LiveCall[] {
  const rank = (call: LiveCall) => {
    const holder = holderOf(call, now)
    if (holder !== null) return holder === me ? 0 : 3
    return call.state === 'waiting' ? 1 : 2
  }
  const at = ({ dueAt, rangAt }: LiveCall) => dueAt ?? rangAt
  return [...calls].sort((a, b) => rank(a) - rank(b) || at(a) - at(b) || Number(a.id) - Number(b.id))
}

export type Count = { readonly waiting: number; readonly owed: number; readonly overdue: number }

export function countsOf(calls: readonly LiveCall[], now: number): Count {
  const owed = calls.filter(({ state }) => state !== 'waiting')
  return {
    waiting: calls.length - owed.length,
    owed: owed.length,
    overdue: owed.filter(({ dueAt }) => dueAt !== null && dueAt <= now).length,
  }
}

/**
 * Where somebody interprets. 1422 is the Department of Disease Control's line, with a key per language since May 2020;
 * 1694 the Department of Employment's, in English, Burmese and Khmer (Ministry of Labour, 2017).
 */
export const INTERPRETERS: Readonly<Record<Exclude<Language, 'th'>, readonly { number: string; press?: string }[]>> = {
  en: [{ number: '1694' }],
  my: [{ number: '1422', press: '83' }, { number: '1694' }],
  lo: [{ number: '1422', press: '82' }],
  km: [{ number: '1422', press: '81' }, { number: '1694' }],
}
