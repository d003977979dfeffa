import { defineWords } from '../i18n/words.ts'

/** On how many screens something is painted. */
export const receiptWords = defineWords(
  {
    on: (n: string, all: string) => `On ${n} of ${all} screens`,
    last: (ms: string) => `the last after ${ms} ms`,
    others: (n: string, all: string) => `and on ${n} of ${all} other walls`,
    missing: (names: string) => `Not on: ${names}`,
    dark: (name: string, since: string) => `${name}, dark since ${since}`,
    still: (name: string, since: string) => `${name}, stands still since ${since}`,
    never: (name: string) => `${name}, never on`,
    behind: (name: string) => `${name}, not yet`,
    silent: (names: string) => `No answer from ${names}: what its screens show is not known`,
    hub: 'another hub',
    screen: 'a screen',
    none: 'No screen shows this area.',
    asking: 'Which screens show it is being asked …',
  },
  {
    on: (n: string, all: string) => `ขึ้นจอแล้ว ${n} จาก ${all} จอ`,
    last: (ms: string) => `จอสุดท้ายใช้เวลา ${ms} มิลลิวินาที`,
    others: (n: string, all: string) => `และจออื่น ${n} จาก ${all} จอ`,
    missing: (names: string) => `ยังไม่ขึ้น: ${names}`,
    dark: (name: string, since: string) => `${name} จอดับตั้งแต่ ${since}`,
    still: (name: string, since: string) => `${name} ค้างตั้งแต่ ${since}`,
    never: (name: string) => `${name} ยังไม่เคยเปิด`,
    behind: (name: string) => `${name} ยังไม่ขึ้น`,
    silent: (names: string) => `${names} ไม่ตอบ จึงไม่รู้ว่าจอของเซิร์ฟเวอร์นั้นแสดงอะไร`,
    hub: 'เซิร์ฟเวอร์อื่น',
    screen: 'จอหนึ่ง',
    none: 'ไม่มีจอของพื้นที่นี้',
    asking: 'กำลังถามว่าขึ้นจอใดแล้วบ้าง …',
  },
)
