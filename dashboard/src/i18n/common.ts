import { commonKm, commonLo, commonMy } from './neighbours.ts'
import { defineWords } from './words.ts'

const en = {
  app: 'Jitasa',
  close: 'Close',
  retry: 'Try again',
  back: 'Back',
  home: 'Start page',
  loading: 'Loading',
  language: 'Language',
  required: 'required',
  error: {
    title: 'This did not work',
    unknown: 'Something went wrong in this page.',
    offline: 'The server cannot be reached. Check the network and try again.',
    lostPart:
      'A part of this page could not be loaded. Check the network and load the page again; what is typed and not saved is lost.',
  },
  severity: { green: 'Green', yellow: 'Yellow', red: 'Red', unknown: 'Not triaged' },
  severityLetter: { green: 'G', yellow: 'Y', red: 'R', unknown: '?' },
  care: {
    hi: 'Home (HI)',
    ci: 'Community (CI)',
    field: 'Field hospital',
    hospitel: 'Hospitel',
    hospital: 'Hospital',
  },
  bedLevel: {
    '0': 'HI / CI',
    '1': 'No oxygen',
    '2_1': 'Low flow',
    '2_2': 'High flow',
    '3': 'ICU',
  },
}
export type CommonWords = typeof en

/** Words that every page uses. */
export const commonWords = defineWords(
  en,
  {
    app: 'จิตอาสา',
    close: 'ปิด',
    retry: 'ลองอีกครั้ง',
    back: 'กลับ',
    home: 'หน้าแรก',
    loading: 'กำลังโหลด',
    language: 'ภาษา',
    required: 'จำเป็น',
    error: {
      title: 'ทำรายการไม่สำเร็จ',
      unknown: 'เกิดข้อผิดพลาดในหน้านี้',
      offline: 'ติดต่อเซิร์ฟเวอร์ไม่ได้ โปรดตรวจสอบเครือข่ายแล้วลองอีกครั้ง',
      lostPart: 'โหลดบางส่วนของหน้านี้ไม่ได้ โปรดตรวจสอบเครือข่ายแล้วโหลดหน้าใหม่ ข้อมูลที่พิมพ์ไว้แต่ยังไม่บันทึกจะหายไป',
    },
    severity: { green: 'เขียว', yellow: 'เหลือง', red: 'แดง', unknown: 'รอคัดกรอง' },
    severityLetter: { green: 'ข', yellow: 'ล', red: 'ด', unknown: '?' },
    care: { hi: 'แยกกักที่บ้าน', ci: 'ศูนย์พักคอย', field: 'รพ.สนาม', hospitel: 'ฮอสพิเทล', hospital: 'โรงพยาบาล' },
    bedLevel: {
      '0': 'HI / CI',
      '1': 'ไม่ใช้ออกซิเจน',
      '2_1': 'ออกซิเจนไหลต่ำ',
      '2_2': 'ออกซิเจนไหลสูง',
      '3': 'ไอซียู',
    },
  },
  { my: commonMy, lo: commonLo, km: commonKm },
)
