import { addDays } from '../../hub/contract/vocabulary/days.ts'
import type { DayCounts } from './day-plan.ts'
import { dosesOn } from './published.ts'
import { createRandom, spread } from './random.ts'

/**
 * The drill: Thailand's re-opening of November 2021, the two weeks before it as history.
 * National totals: daily situation reports of the Department of Disease Control (new cases, deaths; cumulative doses
 * 1–3) and PCR tests of the Department of Medical Sciences, 18 October – 30 November 2021. `null`: not published.
 */
type ScenarioDay = readonly [
  day: string,
  cases: number,
  deaths: number,
  pcr: number | null,
  dose1: number | null,
  dose2: number | null,
  dose3: number | null,
]

export const HISTORY_FROM = '2021-10-18'
export const DRILL_FROM = '2021-11-01'
export const DRILL_TO = '2021-11-30'

const DAYS: readonly ScenarioDay[] = [
  ['2021-10-18', 10_111, 63, null, 38_216_688, 26_590_025, 1_940_108],
  ['2021-10-19', 9_122, 71, null, 38_674_648, 27_064_855, 1_978_171],
  ['2021-10-20', 8_918, 79, null, 39_132_750, 27_526_417, 2_020_134],
  ['2021-10-21', 9_727, 73, null, 39_535_821, 27_955_585, 2_052_222],
  ['2021-10-22', 9_810, 66, null, 39_763_426, 28_218_007, 2_068_901],
  ['2021-10-23', 9_742, 74, null, 39_917_347, 28_354_205, 2_080_280],
  ['2021-10-24', 9_351, 56, null, 40_029_308, 28_441_395, 2_095_810],
  ['2021-10-25', 8_675, 44, null, 40_421_504, 28_823_635, 2_141_705],
  ['2021-10-26', 7_706, 66, null, 40_843_392, 29_225_330, 2_191_198],
  ['2021-10-27', 8_452, 57, null, 41_282_197, 29_635_364, 2_243_327],
  ['2021-10-28', 9_658, 84, null, 41_701_635, 30_110_899, 2_288_051],
  ['2021-10-29', 8_968, 64, null, 42_127_501, 30_622_273, 2_336_973],
  ['2021-10-30', 9_224, 88, null, 42_294_526, 30_806_417, 2_357_900],
  ['2021-10-31', 8_859, 47, null, 42_391_514, 30_974_372, 2_367_712],
  ['2021-11-01', 8_165, 55, 50_388, 42_655_801, 31_437_613, 2_402_447],
  ['2021-11-02', 7_574, 78, 61_061, 42_932_180, 31_939_913, 2_431_562],
  ['2021-11-03', 7_679, 56, 52_079, 43_221_557, 32_432_156, 2_461_730],
  ['2021-11-04', 7_982, 68, 48_439, 43_520_110, 32_935_741, 2_495_371],
  ['2021-11-05', 8_148, 80, 49_697, 43_813_520, 33_564_354, 2_534_914],
  ['2021-11-06', 8_467, 69, 32_725, 43_908_795, 33_804_521, 2_545_288],
  ['2021-11-07', 7_960, 53, 31_570, 43_966_542, 33_952_457, 2_551_978],
  ['2021-11-08', 7_592, 39, 52_134, 44_200_988, 34_472_452, 2_577_394],
  ['2021-11-09', 6_904, 61, 58_393, 44_458_056, 34_993_587, 2_619_417],
  ['2021-11-10', 6_978, 62, 48_980, 44_677_172, 35_511_243, 2_656_346],
  ['2021-11-11', 7_496, 57, 39_798, 44_925_923, 35_991_733, 2_700_138],
  ['2021-11-12', 7_305, 51, 46_266, 45_235_957, 36_551_024, 2_743_013],
  ['2021-11-13', 7_057, 55, 34_829, 45_360_034, 36_794_139, 2_766_551],
  ['2021-11-14', 7_079, 47, 29_772, 45_426_831, 36_886_463, 2_797_203],
  ['2021-11-15', 6_343, 45, 51_020, 45_651_004, 37_307_008, 2_843_746],
  ['2021-11-16', 5_947, 62, 53_315, 45_860_111, 37_704_891, 2_879_920],
  ['2021-11-17', 6_524, 56, 49_875, 46_084_743, 38_126_117, 2_918_697],
  ['2021-11-18', 6_901, 55, 48_453, 46_315_411, 38_581_530, 2_954_230],
  ['2021-11-19', 6_855, 51, 45_969, 46_552_542, 38_999_467, 2_998_286],
  ['2021-11-20', 6_595, 53, 32_124, 46_592_320, 39_066_707, 3_009_146],
  ['2021-11-21', 7_006, 29, 28_917, null, null, null],
  ['2021-11-22', 6_428, 49, 45_944, null, null, null],
  ['2021-11-23', 5_126, 53, 53_426, null, null, null],
  ['2021-11-24', 5_857, 55, 48_745, null, null, null],
  ['2021-11-25', 6_335, 37, 38_615, 47_501_235, 40_520_283, 3_205_388],
  ['2021-11-26', 6_559, 64, 45_640, 47_730_923, 40_900_274, 3_252_716],
  ['2021-11-27', 6_073, 32, 32_005, 47_807_765, 40_953_765, 3_275_946],
  ['2021-11-28', 5_854, 30, 27_566, null, null, null],
  ['2021-11-29', 4_753, 27, 46_500, null, null, null],
  ['2021-11-30', 4_306, 37, 48_147, null, null, null],
]

/** Doses 1–3 given before the history begins, up to 17 October 2021. */
export const DOSES_BEFORE: readonly [number, number, number] = [37_778_474, 26_142_070, 1_909_630]

/** New cases of 8–12 November 2021 by province (CCSA briefings): the shares by which the country's totals are spread. */
const CASES_BY_PROVINCE: Readonly<Record<string, number>> = {
  10: 3968,
  11: 1117,
  12: 452,
  13: 238,
  14: 327,
  15: 76,
  16: 267,
  17: 83,
  18: 40,
  19: 407,
  20: 1048,
  21: 700,
  22: 578,
  23: 224,
  24: 413,
  25: 575,
  26: 106,
  27: 607,
  30: 507,
  31: 93,
  32: 147,
  33: 169,
  34: 398,
  35: 40,
  36: 155,
  37: 39,
  38: 57,
  39: 89,
  40: 785,
  41: 396,
  42: 66,
  43: 105,
  44: 44,
  45: 121,
  46: 154,
  47: 23,
  48: 37,
  49: 41,
  50: 2007,
  51: 98,
  52: 62,
  53: 42,
  54: 15,
  55: 64,
  56: 84,
  57: 184,
  58: 116,
  60: 402,
  61: 23,
  62: 73,
  63: 472,
  64: 123,
  65: 440,
  66: 80,
  67: 123,
  70: 653,
  71: 516,
  72: 237,
  73: 170,
  74: 229,
  75: 130,
  76: 401,
  77: 459,
  80: 1667,
  81: 445,
  82: 341,
  83: 257,
  84: 1007,
  85: 48,
  86: 324,
  90: 2405,
  91: 466,
  92: 830,
  93: 590,
  94: 1852,
  95: 1125,
  96: 1085,
}

const EVEN = 0.85

/**
 * A day has the same numbers each time: an interrupted drill goes on with what it began.
 * @param day from HISTORY_FROM to DRILL_TO
 * @param scale share of the published numbers, 1 for all
 * @throws RangeError outside of the days
 */
export function scenarioDay(day: string, populations: ReadonlyMap<string, number>, scale = 1): DayCounts {
  const facts = DAYS.find((one) => one[0] === day)
  if (facts === undefined) throw new RangeError(`the drill has no day ${day}`)
  const [cases, deaths, pcr] = [facts[1], facts[2], facts[3] ?? 0].map((n) => Math.round(n * scale)) as [
    number,
    number,
    number,
  ]
  const random = createRandom(Number(day.replaceAll('-', '')))
  const provinces = [...populations.keys()]
  const people = provinces.map((code) => populations.get(code) ?? 0)
  // A day's shares are the fixed ones ± 15 %, so that provinces do not rise and fall in step.
  const shares = provinces.map((code) => (CASES_BY_PROVINCE[code] ?? 0) * (EVEN + 2 * (1 - EVEN) * random()))
  const by = (parts: readonly number[]) => new Map(provinces.map((code, i) => [code, parts[i] ?? 0]))
  return {
    cases: by(spread(cases, shares)),
    deaths: by(
      spread(
        deaths,
        shares.map((share) => share * random()),
      ),
    ),
    doses: scenarioDoses(facts).map((total) => by(spread(Math.round(total * scale), people))),
    ...(facts[3] === null ? {} : { pcr: by(spread(Math.max(pcr, cases), shares)) }),
  }
}

/** The differences of the published totals; where a day has none, the month's even share. */
function scenarioDoses(facts: ScenarioDay): readonly number[] {
  const before = DAYS.find((one) => one[0] === addDays(facts[0], -1))
  const even = dosesOn(facts[0])
  return ([4, 5, 6] as const).map((column, i) => {
    const now = facts[column]
    const then = facts[0] === HISTORY_FROM ? DOSES_BEFORE[i] : before?.[column]
    return now === null || then === null || then === undefined ? (even[i] ?? 0) : Math.max(0, now - then)
  })
}
