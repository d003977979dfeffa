import type { Translation } from '../words.ts'
import type * as en from './en.ts'

export const common: Translation<typeof en.common> = {
  app: 'จิตอาสา',
  close: 'ปิด',
  retry: 'ลองอีกครั้ง',
  back: 'กลับ',
  home: 'หน้าแรก',
  privacy: 'ข้อมูลส่วนบุคคล',
  loading: 'กำลังโหลด',
  language: 'ภาษา',
  required: 'จำเป็น',
  error: {
    title: 'ทำรายการไม่สำเร็จ',
    unknown: 'เกิดข้อผิดพลาดในหน้านี้',
    offline: 'ติดต่อเซิร์ฟเวอร์ไม่ได้ โปรดตรวจสอบเครือข่ายแล้วลองอีกครั้ง',
    byItself: 'หน้านี้จะลองอีกครั้งเอง',
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
}
