import type { Translation } from '../words.ts'
import type * as en from './en.ts'

export const cases: Translation<typeof en.cases> = {
  need: {
    bed: 'เตียงผู้ป่วย',
    oxygen: 'ออกซิเจน',
    medicine: 'ยา',
    food: 'อาหารและน้ำ',
    transport: 'รถรับส่ง',
    test: 'ตรวจโควิด',
    funeral: 'จัดการศพ ฌาปนกิจ',
  },
  symptom: {
    cannot_finish_sentence: 'หอบจนพูดไม่จบประโยค',
    constant_chest_tightness: 'แน่นหน้าอกตลอดเวลา',
    drowsy: 'ซึม ปลุกตื่นยาก',
    breathless_on_exertion: 'เหนื่อยเมื่อเดินหรือออกแรง',
    pneumonia: 'แพทย์บอกว่าปอดอักเสบ',
    fever: 'ไข้',
    cough: 'ไอ',
    sore_throat: 'เจ็บคอ',
    no_smell_or_taste: 'ไม่ได้กลิ่นหรือไม่รู้รส',
    diarrhoea: 'ท้องเสีย',
    none: 'ไม่มีอาการเหล่านี้',
  },
  risk: {
    age60: 'อายุ 60 ปีขึ้นไป',
    disease7: 'โรคเรื้อรัง: ปอด หัวใจ ไต หลอดเลือดสมอง อ้วน มะเร็ง เบาหวาน',
    pregnant: 'ตั้งครรภ์ 12 สัปดาห์ขึ้นไป',
  },
}
