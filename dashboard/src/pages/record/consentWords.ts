import { defineWords } from '../../i18n/words.ts'

export const consentWords = defineWords(
  {
    legend: 'Did they agree?',
    hint: 'Read them the text. Help does not wait for it.',
    notAsked: 'Could not be asked',
    person: 'They agreed',
    relative: 'Who answers for them agreed',
    language: 'The text was read in',
  },
  {
    legend: 'เจ้าของข้อมูลยินยอมหรือไม่',
    hint: 'อ่านข้อความให้ฟัง ความช่วยเหลือไม่ต้องรอ',
    notAsked: 'ถามไม่ได้',
    person: 'เจ้าของข้อมูลยินยอม',
    relative: 'ผู้ดูแลหรือญาติยินยอมแทน',
    language: 'อ่านข้อความเป็นภาษา',
  },
)
