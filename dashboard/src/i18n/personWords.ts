import { defineWords } from './words.ts'

/** What is known of a person, in words instead of codes (hub/contract/api). */
export const personWords = defineWords(
  {
    nationality: 'Nationality',
    sex: 'Sex',
    idKind: {
      thai: 'Thai identity card',
      pink: 'Pink card',
      passport: 'Passport',
      border_pass: 'Border pass',
      other: 'Other paper',
      none: 'No paper',
    },
    sexName: { female: 'Female', male: 'Male', other: 'Other', unknown: 'Not known' },
    openMap: 'Open in the map app',
    months: (count: string) => (count === '1' ? '1 month old' : `${count} months old`),
    underOne: 'under 1 year old',
    years: (count: string) => `${count} years old`,
    secondPhone: 'Another phone',
  },
  {
    nationality: 'สัญชาติ',
    sex: 'เพศ',
    idKind: {
      thai: 'บัตรประชาชนไทย',
      pink: 'บัตรสีชมพู',
      passport: 'หนังสือเดินทาง',
      border_pass: 'บัตรผ่านแดน',
      other: 'เอกสารอื่น',
      none: 'ไม่มีเอกสาร',
    },
    sexName: { female: 'หญิง', male: 'ชาย', other: 'อื่น ๆ', unknown: 'ไม่ทราบ' },
    openMap: 'เปิดในแอปแผนที่',
    months: (count: string) => `อายุ ${count} เดือน`,
    underOne: 'อายุไม่ถึง 1 ปี',
    years: (count: string) => `อายุ ${count} ปี`,
    secondPhone: 'โทรศัพท์อีกหมายเลข',
  },
)
