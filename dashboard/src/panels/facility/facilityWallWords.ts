import { defineWords } from '../../i18n/words.ts'

/** Words of the wall of one facility. */
export const facilityWallWords = defineWords(
  {
    noBeds: 'No beds have been reported',
    state: { held: 'Held', cleaning: 'Cleaning', blocked: 'Blocked' },
    coming: {
      title: 'Sent here',
      none: 'Nobody is sent here',
      level: 'Level',
      onTheWay: 'on the way',
      held: 'held',
      asked: 'to accept',
      until: 'hold ends',
      ends: (time: string, n: string) => `${time} (${n})`,
    },
    stock: { title: 'Stock', none: 'No stock has been reported' },
    doses: { week: 'in 7 days' },
  },
  {
    noBeds: 'ยังไม่มีรายงานเตียง',
    state: { held: 'จอง', cleaning: 'ทำความสะอาด', blocked: 'ปิด' },
    coming: {
      title: 'ส่งต่อมาที่นี่',
      none: 'ไม่มีผู้ถูกส่งต่อมา',
      level: 'ระดับ',
      onTheWay: 'กำลังเดินทาง',
      held: 'จองแล้ว',
      asked: 'รอรับ',
      until: 'หมดเวลาจอง',
      ends: (time: string, n: string) => `${time} (${n})`,
    },
    stock: { title: 'คงคลัง', none: 'ยังไม่มีรายงานคงคลัง' },
    doses: { week: 'ใน 7 วัน' },
  },
)
