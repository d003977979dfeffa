import { type Rates, rateAt } from './rates.ts'

/**
 * Who writes through the API, and how much of each. Pure, and imported by k6 scripts too: nothing of Node here.
 * `claims`: a responder claims a need and, next time, fulfils it.
 */
export type WriteKind = 'help' | 'claims' | 'beds' | 'doses'

/**
 * Writes on a bad day, from docs/DOMAIN.md's "Load at the re-opening": as many requests as the hotline had calls on 1 March
 * 2022, each of them claimed; a report of beds for each of 52,300 patients who come and who go; 1.4 M doses, reported
 * ten at a time [B].
 */
export const WRITES_A_DAY: Readonly<Record<WriteKind, number>> = {
  help: 70_000,
  claims: 70_000,
  beds: 104_600,
  doses: 140_000,
}

export const WRITE_KINDS = Object.keys(WRITES_A_DAY) as WriteKind[]
const ALL = WRITE_KINDS.reduce((sum, kind) => sum + WRITES_A_DAY[kind], 0)

export function shareOf(kind: WriteKind): number {
  return WRITES_A_DAY[kind] / ALL
}

/** Virtual users of a kind, each with an address and, except for `help`, an account of its own. */
export type Writers = Readonly<Record<WriteKind, number>>
export const NO_WRITERS: Writers = { help: 0, claims: 0, beds: 0, doses: 0 }

/** Provinces of the responders, one each: nobody else claims there, so that no claim is lost to a race. */
export const RESPONDER_PROVINCES = ['50', '10', '30', '83', '20', '40', '11', '12', '57', '65', '80', '90'] as const
const DISTRICTS = ['01', '02', '03'] as const

/** The district that the n-th request for help comes from: where there are responders. */
export function districtOf(n: number, responders: number): string {
  const province = RESPONDER_PROVINCES[n % Math.min(Math.max(1, responders), RESPONDER_PROVINCES.length)]
  return `${province}${DISTRICTS[n % DISTRICTS.length]}`
}

/** Seconds between two writes of one of the writers of a kind. @param writes a second, of all kinds */
export function pause(kind: WriteKind, writers: Writers, writes: Rates, second: number): number {
  return writers[kind] / (rateAt(writes, second) * shareOf(kind))
}

/** What one account of the stage needs to begin; `facility` where it reports for one. */
export type Desk = { readonly login: string; readonly province: string; readonly facility?: number }
export type Desks = { readonly password: string } & Readonly<Record<Exclude<WriteKind, 'help'>, readonly Desk[]>>
