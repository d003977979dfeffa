import type { UnitKind } from '../../../hub/contract/vocabulary/units.ts'
import { defineWords } from './words.ts'

/** What stands beside the beds, by name. */
export const UNIT_WORDS: Readonly<Record<'en' | 'th', Readonly<Record<UnitKind, string>>>> = {
  en: {
    ventilator: 'Ventilators',
    aiir: 'AIIR rooms (negative pressure)',
    modified_aiir: 'Modified AIIR rooms',
    isolation: 'Isolation rooms',
    cohort: 'Cohort beds',
    adult: 'Beds for adults',
    child: 'Beds for children',
  },
  th: {
    ventilator: 'เครื่องช่วยหายใจ',
    aiir: 'ห้อง AIIR (ความดันลบ)',
    modified_aiir: 'ห้อง Modified AIIR',
    isolation: 'ห้องแยกโรค',
    cohort: 'เตียง Cohort',
    adult: 'เตียงผู้ใหญ่',
    child: 'เตียงเด็ก',
  },
}

export const unitWords = defineWords(UNIT_WORDS.en, UNIT_WORDS.th)
