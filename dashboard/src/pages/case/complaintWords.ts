import { defineWords } from '../../i18n/words.ts'

export const complaintWords = defineWords(
  {
    title: 'What the person says',
    hint: 'For those who triage or hold. Each look is written into the audit log.',
    failed: 'What the person said cannot be shown now. Reload the case.',
    none: 'Nothing was said of symptoms. Ask when you call.',
    danger: 'Sign of danger',
    requester: 'the person',
    milder: (severity: string) => `${severity}, although there are signs of danger?`,
    milderText: 'Say why. It stays in the history.',
    reason: {
      seen: 'Seen or examined: it is milder',
      measured_again: 'Measured again: it is normal',
      better: 'It is better now',
      misunderstood: 'The form was misunderstood',
      other: 'Another reason',
    },
  },
  {
    title: 'อาการที่แจ้ง',
    hint: 'เฉพาะผู้คัดกรองหรือผู้รับเรื่อง ทุกครั้งที่เปิดดูจะถูกบันทึก',
    failed: 'ขณะนี้แสดงอาการที่แจ้งไม่ได้ โปรดโหลดเคสใหม่',
    none: 'ไม่ได้แจ้งอาการไว้ โปรดสอบถามเมื่อติดต่อ',
    danger: 'อาการอันตราย',
    requester: 'ผู้ขอ',
    milder: (severity: string) => `${severity} ทั้งที่แจ้งอาการอันตรายไว้?`,
    milderText: 'เลือกเหตุผล จะเก็บไว้ในประวัติ',
    reason: {
      seen: 'ตรวจหรือพบผู้ป่วยแล้ว อาการเบากว่า',
      measured_again: 'วัดซ้ำแล้ว ปกติ',
      better: 'อาการดีขึ้นแล้ว',
      misunderstood: 'กรอกแบบฟอร์มผิด',
      other: 'เหตุผลอื่น',
    },
  },
)

export type MilderReason = keyof typeof complaintWords.en.reason
export const MILDER_REASONS = Object.keys(complaintWords.en.reason) as readonly MilderReason[]
