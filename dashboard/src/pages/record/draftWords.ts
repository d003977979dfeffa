import { defineWords } from '../../i18n/words.ts'

export const draftWords = defineWords(
  {
    cameBack: (moment: string) => `This form was not saved. It is as you left it: ${moment}.`,
    startAfresh: 'Empty the form',
    title: 'Begun and not saved',
    continue: 'Continue',
    discardText: 'What stands in the form will be gone. It was not saved.',
  },
  {
    cameBack: (moment) => `แบบฟอร์มนี้ยังไม่ได้บันทึก ข้อมูลอยู่เหมือนตอนที่ออกไป: ${moment}`,
    startAfresh: 'ล้างแบบฟอร์ม',
    title: 'กรอกค้างไว้ ยังไม่ได้บันทึก',
    continue: 'ทำต่อ',
    discardText: 'ข้อมูลในแบบฟอร์มจะหายไป และยังไม่ได้บันทึก',
  },
)
