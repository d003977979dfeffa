import type { WallKind, WallView } from '../../../../hub/contract/vocabulary/walls.ts'
import type { Size } from './layout/arrange.ts'

/**
 * What can stand on a wall. `all`: every part in one table; `second…`: another place, chosen or the worst; `home…`: the province of a
 * district or facility; `dosesWhole`: doses with the coverage by each.
 */
export const PANELS = [
  'newCases',
  'waiting',
  'care',
  'beds',
  'deaths',
  'doses',
  'unclaimed',
  'map',
  'ranking',
  'cases',
  'doseCurve',
  'sites',
  'all',
  'second',
  'secondMap',
  'homeMap',
  'homeRanking',
  'claims',
  'contacts',
  'unreached',
  'testing',
  'coverage',
  'late',
  'alerts',
  'objectives',
  'ticker',
  'facilityBeds',
  'facilityComing',
  'facilityStock',
  'facilityDoses',
  'dosesWhole',
] as const
export type PanelId = (typeof PANELS)[number]

/** Their script comes after that of the others, of which a screen of 1920 × 1080 is made for whoever has no account. */
const LATE_PANELS = [
  ...['sites', 'all', 'second', 'secondMap', 'claims', 'contacts', 'unreached', 'testing', 'coverage', 'late'],
  ...['alerts', 'objectives', 'ticker', 'facilityBeds', 'facilityComing', 'facilityStock', 'facilityDoses'],
] as const satisfies readonly PanelId[]
export type LatePanelId = (typeof LATE_PANELS)[number]

const LATE: ReadonlySet<PanelId> = new Set(LATE_PANELS)
export const isLate = (panel: PanelId): panel is LatePanelId => LATE.has(panel)

/** What a panel's smallest size may depend on. `parts`: provinces or districts that the place is made of. */
export type About = { readonly parts: number }

/** Rows of the table of all parts, at the usual height of a wall; it turns the rest into columns. */
const TABLE_ROWS = 22
const TABLE_COLUMN_U = 39

/** The smallest size of each panel, in u: what its longest words in Thai and English need. */
export function sizeOf(panel: PanelId, { parts }: About): Size {
  return panel === 'all' ? { ...SIZES.all, width: TABLE_COLUMN_U * Math.ceil(parts / TABLE_ROWS) } : SIZES[panel]
}

const SIZES: Readonly<Record<PanelId, Size>> = {
  newCases: { width: 52, height: 17.4, grow: 1 },
  waiting: { width: 23, height: 25.6, grow: 1, pairs: true },
  care: { width: 31, height: 25.6, grow: 1, pairs: true },
  beds: { width: 54, height: 24.5, grow: 1 },
  deaths: { width: 21, height: 21.2, grow: 1, pairs: true },
  doses: { width: 33, height: 21.2, grow: 1, pairs: true },
  unclaimed: { width: 46, height: 9.6, grow: 0.2 },
  map: { width: 47, height: 50, grow: 6, opens: true },
  ranking: { width: 59, height: 41, grow: 5 },
  cases: { width: 48, height: 18, grow: 2 },
  doseCurve: { width: 48, height: 14, grow: 2 },
  sites: { width: 55, height: 26, grow: 3 },
  all: { width: TABLE_COLUMN_U, height: 40, grow: 5, opens: true },
  second: { width: 55, height: 79, grow: 1, opens: true },
  secondMap: { width: 47, height: 60, grow: 4, opens: true },
  homeMap: { width: 47, height: 50, grow: 6, opens: true },
  homeRanking: { width: 59, height: 41, grow: 5 },
  claims: { width: 50, height: 20, grow: 2 },
  contacts: { width: 46, height: 20, grow: 2 },
  unreached: { width: 38, height: 9.6, grow: 0.2 },
  testing: { width: 24, height: 17.6, grow: 1, pairs: true },
  coverage: { width: 52, height: 34, grow: 2 },
  late: { width: 36, height: 18, grow: 2, pairs: true },
  alerts: { width: 46, height: 18, grow: 3 },
  objectives: { width: 46, height: 12, grow: 2 },
  ticker: { width: 44, height: 15, grow: 2 },
  facilityBeds: { width: 102.5, height: 26, grow: 3 },
  facilityComing: { width: 50, height: 27, grow: 2, pairs: true },
  facilityStock: { width: 29, height: 18, grow: 2, pairs: true },
  facilityDoses: { width: 21, height: 15, grow: 1, pairs: true },
  dosesWhole: { width: 38, height: 34.8, grow: 1 },
}

const NUMBERS = ['newCases', 'waiting', 'care', 'beds', 'deaths', 'doses'] as const
const CURVES = ['cases', 'doseCurve'] as const
/** What a row of screens has room for, and a screen that stands upright. */
const MORE = ['alerts', 'objectives', 'claims', 'unreached', 'testing', 'late', 'ticker', 'contacts'] as const
const VACCINATION = ['dosesWhole', 'testing', 'coverage', 'map', 'ranking', 'doseCurve'] as const

/** The panels of each composition by their rank: who has no room at its smallest is left out (layout/arrange.ts). */
export const COMPOSITIONS: Readonly<Record<WallView, Readonly<Record<WallKind, readonly PanelId[]>>>> = {
  situation: {
    nation: [...NUMBERS, 'map', 'unclaimed', 'ranking', ...CURVES, ...MORE, 'second', 'secondMap', 'all'],
    region: [...NUMBERS, 'map', 'unclaimed', 'ranking', ...CURVES, ...MORE, 'second', 'secondMap', 'all'],
    province: [...NUMBERS, 'map', 'unclaimed', 'ranking', ...CURVES, ...MORE, 'sites', 'all'],
    district: [
      'newCases',
      'waiting',
      'care',
      'beds',
      'homeMap',
      'unclaimed',
      'homeRanking',
      'cases',
      'sites',
      'claims',
      'contacts',
    ],
    facility: [
      'facilityBeds',
      'facilityComing',
      'alerts',
      'objectives',
      'facilityStock',
      'facilityDoses',
      'homeMap',
      'sites',
      'homeRanking',
    ],
  },
  vaccination: {
    nation: [...VACCINATION, 'deaths', 'late', 'second', 'secondMap', 'all'],
    region: [...VACCINATION, 'deaths', 'late', 'second', 'secondMap', 'all'],
    province: [...VACCINATION, 'deaths', 'sites', 'all'],
    district: ['dosesWhole', 'coverage', 'homeMap', 'homeRanking', 'doseCurve'],
    facility: ['facilityDoses', 'facilityStock', 'facilityComing', 'homeMap', 'homeRanking', 'alerts', 'objectives'],
  },
}

/** Without an account a district's people are seen by fives: only what says so, and what counts no people, stands there. */
export const NO_PEOPLE: ReadonlySet<PanelId> = new Set(['beds', 'homeMap', 'homeRanking', 'sites'])
