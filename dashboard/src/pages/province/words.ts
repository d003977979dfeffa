import { defineWords } from '../../i18n/words.ts'

export const provinceWords = defineWords(
  {
    choose: 'Province',
    asOf: (day: string, time: string) => `As of ${day}, ${time}. Printed from a screen that moves on.`,
    wall: 'Wall',
    waitingForData: 'Waiting for the first data from the hub',
    rounded: 'Districts by fives, rounded down; fewer than 5 people are not shown. Sign in for exact numbers.',
    region: (region: number) => `Health region ${region}`,
    population: (people: string) => `${people} registered residents`,
  },
  {
    choose: 'จังหวัด',
    asOf: (day, time) => `ข้อมูล ณ ${day} เวลา ${time} น. พิมพ์จากจอที่ยังเปลี่ยนแปลงต่อไป`,
    wall: 'จอใหญ่',
    waitingForData: 'กำลังรอข้อมูลแรกจากศูนย์กลาง',
    rounded: 'ตัวเลขรายอำเภอปัดลงทีละ 5 น้อยกว่า 5 คนไม่แสดง เข้าสู่ระบบเพื่อดูตัวเลขจริง',
    region: (region: number) => `เขตสุขภาพที่ ${region}`,
    population: (people: string) => `ประชากรตามทะเบียน ${people} คน`,
  },
)
