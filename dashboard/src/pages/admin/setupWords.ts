import { defineWords } from '../../i18n/words.ts'

export const setupWords = defineWords(
  {
    title: 'From an empty database to a live wall',
    lead: 'Five steps. Each is ticked as soon as it is so.',
    done: '✓ done',
    open: 'to do',
    step: {
      operation: 'The operation has a day',
      facilities: 'Facilities are registered',
      accounts: 'People have accounts',
      reports: 'The first reports are in',
      screens: 'A screen is on',
    },
    text: {
      operation: 'Set the day, and whether this is an exercise.',
      facilities: 'Register them one by one, or import a file.',
      accounts: 'Make accounts for the health offices and the facilities, or send invitations.',
      reports: 'Beds, doses, tests or cases: by the facilities, on the record form, by import.',
      screens: 'Open /screen on the wall’s machine and type its code here.',
    },
    says: {
      operation: (day: string) => day,
      facilities: (n: string, unplaced: string) => `${n} open, ${unplaced} of them without a place on the map.`,
      accounts: (n: string) => `${n} beside the administrators.`,
      screens: (n: string) => `${n} approved.`,
    },
  },
  {
    title: 'จากฐานข้อมูลว่างสู่จอที่แสดงผลสด',
    lead: 'ห้าขั้นตอน แต่ละขั้นจะขึ้นเครื่องหมายเมื่อทำแล้ว',
    done: '✓ เรียบร้อย',
    open: 'ยังไม่ทำ',
    step: {
      operation: 'ปฏิบัติการมีวันแล้ว',
      facilities: 'ลงทะเบียนสถานพยาบาลแล้ว',
      accounts: 'มีบัญชีผู้ใช้แล้ว',
      reports: 'มีรายงานแรกเข้ามาแล้ว',
      screens: 'มีจอเปิดใช้งานแล้ว',
    },
    text: {
      operation: 'กำหนดวัน และเลือกว่าเป็นการฝึกซ้อมหรือไม่',
      facilities: 'ลงทะเบียนทีละแห่ง หรือนำเข้าไฟล์',
      accounts: 'สร้างบัญชีให้ สสจ. และสถานพยาบาล หรือส่งคำเชิญ',
      reports: 'เตียง วัคซีน ผลตรวจ หรือเคส จากสถานพยาบาล แบบบันทึก หรือการนำเข้า',
      screens: 'เปิด /screen บนเครื่องของจอ แล้วกรอกรหัสที่นี่',
    },
    says: {
      operation: (day: string) => day,
      facilities: (n: string, unplaced: string) => `เปิดอยู่ ${n} แห่ง ยังไม่มีหมุดบนแผนที่ ${unplaced} แห่ง`,
      accounts: (n: string) => `${n} บัญชี ไม่รวมผู้ดูแลระบบ`,
      screens: (n: string) => `อนุมัติแล้ว ${n} จอ`,
    },
  },
)
