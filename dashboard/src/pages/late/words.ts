import { defineWords } from '../../i18n/words.ts'

export const lateWords = defineWords(
  {
    title: 'Who has not reported yet',
    provinces: 'Provinces whose numbers of the day are missing',
    ofDay: (day: string) => `of ${day}`,
    flow: { cases: 'new cases', deaths: 'deaths' },
    allProvinces: 'Every province has reported its cases and deaths.',
    facilities: 'Facilities past their deadline',
    noFacilities: 'Every facility has reported in time.',
    column: {
      facility: 'Facility',
      district: 'District',
      reported: 'Last report',
      deadline: 'Has to report',
      call: 'Call',
    },
    every: (hours: string) => `every ${hours} h`,
    never: 'never',
    outside: 'This list lies outside your area',
  },
  {
    title: 'ใครยังไม่รายงาน',
    provinces: 'จังหวัดที่ยังไม่มีตัวเลขของวัน',
    ofDay: (day: string) => `ของ ${day}`,
    flow: { cases: 'ผู้ป่วยใหม่', deaths: 'เสียชีวิต' },
    allProvinces: 'ทุกจังหวัดรายงานผู้ป่วยและการเสียชีวิตแล้ว',
    facilities: 'สถานพยาบาลที่เกินกำหนด',
    noFacilities: 'สถานพยาบาลทุกแห่งรายงานทันเวลา',
    column: { facility: 'สถานพยาบาล', district: 'อำเภอ', reported: 'รายงานล่าสุด', deadline: 'ต้องรายงาน', call: 'โทร' },
    every: (hours: string) => `ทุก ${hours} ชม.`,
    never: 'ไม่เคย',
    outside: 'รายการนี้อยู่นอกพื้นที่ของคุณ',
  },
)
