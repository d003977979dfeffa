import { defineWords } from '../i18n/words.ts'

export const siteWords = defineWords(
  {
    layers: 'Places on the map',
    layer: {
      hospital: 'Hospitals',
      ci: 'Community isolation',
      field: 'Field hospitals',
      vaccination: 'Vaccination',
      test: 'Testing',
      oxygen: 'Oxygen',
      waiting: 'Who waits',
    },
    count: (count: string) => `${count} places`,
    free: (level: string, count: string) => `${count} free beds of level ${level}`,
    silent: (count: string) => `${count} without a report for 3 days`,
    never: 'never reported',
    failed: 'The places cannot be asked for now.',
  },
  {
    layers: 'สถานที่บนแผนที่',
    layer: {
      hospital: 'โรงพยาบาล',
      ci: 'ศูนย์พักคอย',
      field: 'รพ.สนาม',
      vaccination: 'ฉีดวัคซีน',
      test: 'จุดตรวจ',
      oxygen: 'ออกซิเจน',
      waiting: 'ผู้รอเตียง',
    },
    count: (count: string) => `${count} แห่ง`,
    free: (level: string, count: string) => `ว่าง ${count} เตียงระดับ ${level}`,
    silent: (count: string) => `${count} แห่งไม่รายงานเกิน 3 วัน`,
    never: 'ยังไม่เคยรายงาน',
    failed: 'ยังขอข้อมูลสถานที่ไม่ได้ในขณะนี้',
  },
)
