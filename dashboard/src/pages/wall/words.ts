import { defineWords } from '../../i18n/words.ts'

export const wallWords = defineWords(
  {
    nation: 'Thailand',
    wall: 'Situation wall',
    numbers: 'Every number (N)',
    day: (day: string) => `Day of the operation: ${day}`,
    waitingForData: 'Waiting for the first data from the hub',
    help: {
      title: 'Keys and definitions',
      keys: 'Keys',
      metric: 'what the map and the ranking show; 2 again for the next bed level',
      layers:
        'places on the map: hospitals, community isolation, field hospitals, vaccination, tests, oxygen; W who waits',
      numbers: 'every number of the area, with what is known of it',
      language: 'language',
      fullScreen: 'full screen',
      this: 'this page',
      definitions: 'What the numbers mean',
      latency: 'Commit → screen: from the commit in PostgreSQL to the painted number, of the last minute.',
      checksum: 'Every delta carries a checksum of all numbers; this screen folds its own and compares.',
    },
  },
  {
    nation: 'ประเทศไทย',
    wall: 'จอสถานการณ์',
    numbers: 'ตัวเลขทั้งหมด (N)',
    day: (day: string) => `วันปฏิบัติการ ${day}`,
    waitingForData: 'กำลังรอข้อมูลแรกจากศูนย์กลาง',
    help: {
      title: 'ปุ่มลัดและนิยาม',
      keys: 'ปุ่มลัด',
      metric: 'ข้อมูลบนแผนที่และอันดับ กด 2 ซ้ำเพื่อเปลี่ยนระดับเตียง',
      layers: 'สถานที่บนแผนที่: โรงพยาบาล ศูนย์พักคอย รพ.สนาม วัคซีน จุดตรวจ ออกซิเจน; W ผู้รอเตียง',
      numbers: 'ตัวเลขทั้งหมดของพื้นที่ พร้อมที่มาและความครบถ้วน',
      language: 'ภาษา',
      fullScreen: 'เต็มจอ',
      this: 'หน้านี้',
      definitions: 'ความหมายของตัวเลข',
      latency: 'บันทึก → จอ: เวลาตั้งแต่บันทึกลงฐานข้อมูลจนแสดงบนจอ ในหนึ่งนาทีล่าสุด',
      checksum: 'ข้อมูลทุกชุดมีผลรวมตรวจสอบของตัวเลขทั้งหมด จอนี้คำนวณเองแล้วเปรียบเทียบ',
    },
  },
)
