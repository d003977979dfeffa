import { defineWords } from '../../i18n/words.ts'

export const provinceWords = defineWords(
  {
    choose: 'Province',
    wall: 'Wall',
    waitingForData: 'Waiting for the first data from the hub',
    region: (region: number) => `Health region ${region}`,
    population: (people: string) => `${people} registered residents`,
  },
  {
    choose: 'จังหวัด',
    wall: 'จอใหญ่',
    waitingForData: 'กำลังรอข้อมูลแรกจากศูนย์กลาง',
    region: (region: number) => `เขตสุขภาพที่ ${region}`,
    population: (people: string) => `ประชากรตามทะเบียน ${people} คน`,
  },
)
