import { defineWords } from '../../i18n/words.ts'

export const incomingWords = defineWords(
  {
    title: (n: number) => `Coming to you: ${n}`,
    nobody: 'Nobody is being sent here now.',
    sound: 'Sound when somebody is sent here',
    case: (id: string) => `case ${id}`,
    from: 'from',
    since: (span: string) => `so for ${span}`,
    state: {
      approved: 'To accept',
      accepted: 'Accepted, a bed is held',
      transport: 'Transport is arranged',
      en_route: 'On the way to you',
    },
  },
  {
    title: (n: number) => `กำลังส่งมาที่คุณ: ${n}`,
    nobody: 'ขณะนี้ไม่มีผู้ป่วยที่ส่งมาที่นี่',
    sound: 'มีเสียงเมื่อมีผู้ป่วยส่งมา',
    case: (id: string) => `เคส ${id}`,
    from: 'จาก',
    since: (span: string) => `มาแล้ว ${span}`,
    state: {
      approved: 'รอรับ',
      accepted: 'รับแล้ว จองเตียงไว้',
      transport: 'จัดรถแล้ว',
      en_route: 'กำลังเดินทางมา',
    },
  },
)
