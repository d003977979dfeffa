import { defineWords } from '../i18n/words.ts'

/** What alerts are called and say, on their page, on walls and on the pages of their area. */
export const alertWords = defineWords(
  {
    severity: { extreme: 'Extreme', severe: 'Severe', moderate: 'Moderate', minor: 'Minor' },
    letter: { extreme: 'E', severe: 'S', moderate: 'M', minor: 'm' },
    state: {
      raised: 'nobody has it',
      escalated: 'escalated: nobody has answered',
      suppressed: 'held back',
      acknowledged: 'in hand',
      shelved: 'put aside',
      cleared_unacknowledged: 'over, nobody has answered',
      cleared: 'over',
    },
    strip: {
      label: 'Alerts',
      none: 'No alert',
      asking: 'Asking for the alerts…',
      old: 'No connection, as it was:',
      count: (n: string, isOne: boolean) => (isOne ? '1 alert' : `${n} alerts`),
      unanswered: (n: string) => `${n} unanswered`,
      held: (n: string) => `${n} held back`,
    },
    unit: {
      hours: (n: string) => `${n} h`,
      minutes: (n: string) => `${n} min`,
      days: (n: string) => `${n} days`,
      seconds: (n: string) => `${n} s`,
    },
  },
  {
    severity: { extreme: 'วิกฤต', severe: 'รุนแรง', moderate: 'ปานกลาง', minor: 'เล็กน้อย' },
    letter: { extreme: 'ว', severe: 'ร', moderate: 'ป', minor: 'ล' },
    state: {
      raised: 'ยังไม่มีใครรับ',
      escalated: 'ยกระดับแล้ว: ยังไม่มีใครตอบ',
      suppressed: 'พักการแจ้งไว้',
      acknowledged: 'มีผู้รับแล้ว',
      shelved: 'พักไว้ก่อน',
      cleared_unacknowledged: 'จบแล้วโดยไม่มีใครตอบ',
      cleared: 'จบแล้ว',
    },
    strip: {
      label: 'การแจ้งเตือน',
      none: 'ไม่มีการแจ้งเตือน',
      asking: 'กำลังโหลดการแจ้งเตือน…',
      old: 'ขาดการเชื่อมต่อ ข้อมูลก่อนหน้า:',
      count: (n) => `แจ้งเตือน ${n} เรื่อง`,
      unanswered: (n) => `ยังไม่มีใครตอบ ${n}`,
      held: (n) => `พักการแจ้งไว้ ${n}`,
    },
    unit: {
      hours: (n) => `${n} ชม.`,
      minutes: (n) => `${n} นาที`,
      days: (n) => `${n} วัน`,
      seconds: (n) => `${n} วินาที`,
    },
  },
)
