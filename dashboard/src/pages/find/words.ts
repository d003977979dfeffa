import { defineWords } from '../../i18n/words.ts'

export const findWords = defineWords(
  {
    title: 'Find a case',
    lead: 'By the tracking code the person has, or by the phone number they gave. Each search is written into the audit log.',
    text: 'Tracking code or phone number',
    find: 'Find',
    wrong: 'Type a tracking code (13 letters and digits) or a phone number, for example 081 234 5678.',
    none: 'No case of your area has this code or number',
    noneText: 'Ask for the code again, or record a new request. A case of another area is found by its own hotline.',
    merged: (id: string) => `merged into case ${id}`,
    ended: 'ended',
    record: 'Record a request',
  },
  {
    title: 'ค้นหาเคส',
    lead: 'ด้วยรหัสติดตามของผู้ขอ หรือเบอร์โทรที่แจ้งไว้ ทุกครั้งที่ค้นหาจะถูกบันทึก',
    text: 'รหัสติดตาม หรือเบอร์โทร',
    find: 'ค้นหา',
    wrong: 'กรอกรหัสติดตาม (13 ตัว) หรือเบอร์โทร เช่น 081 234 5678',
    none: 'ไม่พบเคสในพื้นที่ของคุณ',
    noneText: 'ขอรหัสอีกครั้ง หรือบันทึกคำขอใหม่ เคสของพื้นที่อื่นค้นได้จากสายด่วนของพื้นที่นั้น',
    merged: (id: string) => `รวมกับเคส ${id} แล้ว`,
    ended: 'สิ้นสุดแล้ว',
    record: 'บันทึกคำขอ',
  },
)
