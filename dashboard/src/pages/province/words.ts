import { defineWords } from '../../i18n/words.ts'

export const provinceWords = defineWords(
  {
    choose: 'Province',
    asOf: (day: string, time: string) => `As of ${day}, ${time}. Printed from a screen that moves on.`,
    wall: 'Wall',
    waitingForData: 'Waiting for the first data from the hub',
    rounded:
      'People of districts by fives, rounded down, each day by itself: “≥ 10” is at least 10, “< 5” fewer than 5. Sign in for exact numbers.',
    region: (region: number) => `Health region ${region}`,
    population: (people: string) => `${people} registered residents`,
  },
  {
    choose: 'จังหวัด',
    asOf: (day, time) => `ข้อมูล ณ ${day} เวลา ${time} น. พิมพ์จากจอที่ยังเปลี่ยนแปลงต่อไป`,
    wall: 'จอใหญ่',
    waitingForData: 'กำลังรอข้อมูลแรกจากศูนย์กลาง',
    rounded: 'จำนวนคนรายอำเภอปัดลงทีละ 5 แยกแต่ละวัน: “≥ 10” คืออย่างน้อย 10 และ “< 5” คือน้อยกว่า 5 เข้าสู่ระบบเพื่อดูตัวเลขจริง',
    region: (region: number) => `เขตสุขภาพที่ ${region}`,
    population: (people: string) => `ประชากรตามทะเบียน ${people} คน`,
  },
)
