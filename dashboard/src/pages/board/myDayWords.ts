import { defineWords } from '../../i18n/words.ts'

export const myDayWords = defineWords(
  {
    title: 'My work today',
    held: (n: string) => `I have now: ${n}`,
    noneHeld: 'Nothing. What you claim stands here.',
    ended: (n: string) => `Ended by me today: ${n}`,
    noneEnded: 'Nothing ended yet today',
    noneEndedText: 'What you meet or close stands here until midnight.',
    newest: (n: string) => `Only the newest ${n} are listed.`,
    case: 'Case closed',
    how: { fulfilled: 'Done', transferred: 'Met at the place of care', closed: 'Closed' },
  },
  {
    title: 'งานของฉันวันนี้',
    held: (n: string) => `ที่ฉันถืออยู่: ${n}`,
    noneHeld: 'ไม่มี เรื่องที่คุณรับจะแสดงที่นี่',
    ended: (n: string) => `ที่ฉันปิดวันนี้: ${n}`,
    noneEnded: 'วันนี้ยังไม่ได้ปิดเรื่องใด',
    noneEndedText: 'เรื่องที่คุณทำเสร็จหรือปิดจะแสดงที่นี่จนถึงเที่ยงคืน',
    newest: (n: string) => `แสดงเฉพาะ ${n} รายการล่าสุด`,
    case: 'ปิดเคส',
    how: { fulfilled: 'เสร็จแล้ว', transferred: 'ได้รับการดูแลที่สถานพยาบาลแล้ว', closed: 'ปิดแล้ว' },
  },
)
