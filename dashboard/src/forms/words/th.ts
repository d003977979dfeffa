import type { Translation } from '../../i18n/words.ts'
import type * as en from './en.ts'

export const form: Translation<typeof en.form> = {
  skip: 'ข้ามไปที่เนื้อหา',
  exercise: 'ฝึกซ้อม',
  exerciseText: 'นี่คือการฝึกซ้อม จะไม่มีใครมาหาคุณ เหตุฉุกเฉินจริงโทร 1669',
  emergencyTitle: 'โทรทันที อย่ารอคำตอบที่นี่',
  emergencyText: 'อาการที่คุณเลือกอาจเป็นอันตรายได้ในไม่กี่นาที',
  ambulance: 'รถพยาบาลฉุกเฉิน โทรฟรี 24 ชม.',
  hotline: 'สายด่วนโควิดและสุขภาพ สปสช.',
  call: 'โทร',
  problems: 'กรุณาตรวจสอบ:',
}
