import { defineWords } from '../../i18n/words.ts'

export const startWords = defineWords(
  {
    lead: 'The live operations room for an epidemic. Every screen shows each change the moment it is committed.',
    wall: 'National wall',
    wallText: 'For the command centre: unattended, full screen, reads from 5 m.',
    rotating: 'National wall, turning',
    rotatingText: 'The same; the map turns through its four subjects every 30 seconds.',
    provinces: 'Provinces',
    search: 'Search by name or code',
    found: (count: number) => (count === 1 ? '1 province' : `${count} provinces`),
    nothing: 'No province has this name or code.',
    wallOf: (name: string) => `Wall of ${name}`,
    wallShort: 'Wall',
  },
  {
    lead: 'ห้องปฏิบัติการสดสำหรับโรคระบาด ทุกจอแสดงทุกการเปลี่ยนแปลงทันทีที่บันทึก',
    wall: 'จอสถานการณ์ประเทศ',
    wallText: 'สำหรับศูนย์บัญชาการ เปิดเต็มจอได้โดยไม่ต้องเฝ้า อ่านได้จากระยะ 5 เมตร',
    rotating: 'จอสถานการณ์ประเทศ แบบหมุนเวียน',
    rotatingText: 'เหมือนกัน แต่แผนที่เปลี่ยนหัวข้อทุก 30 วินาที',
    provinces: 'จังหวัด',
    search: 'ค้นหาด้วยชื่อหรือรหัส',
    found: (count: number) => `${count} จังหวัด`,
    nothing: 'ไม่มีจังหวัดชื่อหรือรหัสนี้',
    wallOf: (name: string) => `จอสถานการณ์ ${name}`,
    wallShort: 'จอใหญ่',
  },
)
