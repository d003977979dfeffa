import { defineWords } from '../../i18n/words.ts'

export const wallWords = defineWords(
  {
    nation: 'Thailand',
    wall: 'Situation wall',
    day: (day: string) => `Day of the operation: ${day}`,
    waitingForData: 'Waiting for the first data from the hub',
    help: {
      title: 'Keys and definitions',
      keys: 'Keys',
      metric: 'what the map and the ranking show; 2 again for the next bed level',
      layers:
        'places on the map: hospitals, community isolation, field hospitals, vaccination, tests, oxygen; W who waits',
      language: 'language',
      fullScreen: 'full screen',
      this: 'this page',
      definitions: 'What the numbers mean',
      incidence:
        'New probable and confirmed cases of the last 7 days, today included, per 100,000 registered residents. 20, 50 and 150 are the bounds of WHO transmission levels; amber from 150, red from 300.',
      occupancy:
        'Occupied beds of one level as a share of its staffed beds. Levels are never added up. Amber from 80 %, red from 90 %.',
      waiting:
        'People without a bed whose case is open, per 100,000 registered residents. One red case waiting is red.',
      doses: 'Doses of the last 7 days per 100,000 registered residents. No value of it is abnormal by itself.',
      change: 'Week: the six whole days before today against the same weekdays a week earlier. Amber from +25 %.',
      late: 'Late: doses reported after their day. Corrected: doses taken back or added by a correction. Both are in the total.',
      latency: 'Commit → screen: from the commit in PostgreSQL to the painted number, of the last minute.',
      checksum: 'Every delta carries a checksum of all numbers; this screen folds its own and compares.',
    },
  },
  {
    nation: 'ประเทศไทย',
    wall: 'จอสถานการณ์',
    day: (day: string) => `วันปฏิบัติการ ${day}`,
    waitingForData: 'กำลังรอข้อมูลแรกจากศูนย์กลาง',
    help: {
      title: 'ปุ่มลัดและนิยาม',
      keys: 'ปุ่มลัด',
      metric: 'ข้อมูลบนแผนที่และอันดับ กด 2 ซ้ำเพื่อเปลี่ยนระดับเตียง',
      layers: 'สถานที่บนแผนที่: โรงพยาบาล ศูนย์พักคอย รพ.สนาม วัคซีน จุดตรวจ ออกซิเจน; W ผู้รอเตียง',
      language: 'ภาษา',
      fullScreen: 'เต็มจอ',
      this: 'หน้านี้',
      definitions: 'ความหมายของตัวเลข',
      incidence:
        'ผู้ป่วยเข้าข่ายและยืนยันรายใหม่ใน 7 วันล่าสุดรวมวันนี้ ต่อประชากรตามทะเบียนหนึ่งแสนคน เกณฑ์ 20, 50 และ 150 เป็นระดับการแพร่ระบาดขององค์การอนามัยโลก สีเหลืองตั้งแต่ 150 สีแดงตั้งแต่ 300',
      occupancy: 'เตียงที่มีผู้ป่วยครองต่อเตียงที่มีบุคลากรพร้อม แยกตามระดับ ไม่รวมข้ามระดับ สีเหลืองตั้งแต่ 80 % สีแดงตั้งแต่ 90 %',
      waiting: 'ผู้ที่ยังไม่มีเตียงและยังไม่ปิดเคส ต่อประชากรตามทะเบียนหนึ่งแสนคน มีผู้ป่วยสีแดงรอแม้รายเดียวถือว่าวิกฤต',
      doses: 'จำนวนโดสใน 7 วันล่าสุดต่อประชากรตามทะเบียนหนึ่งแสนคน ไม่มีค่าใดผิดปกติโดยตัวเอง',
      change: 'สัปดาห์: หกวันเต็มก่อนวันนี้ เทียบกับวันเดียวกันของสัปดาห์ก่อน สีเหลืองตั้งแต่ +25 %',
      late: 'รายงานล่าช้า: โดสที่รายงานหลังวันที่ฉีด ปรับแก้: โดสที่เพิ่มหรือลดจากการแก้ไข ทั้งสองรวมอยู่ในยอดแล้ว',
      latency: 'บันทึก → จอ: เวลาตั้งแต่บันทึกลงฐานข้อมูลจนแสดงบนจอ ในหนึ่งนาทีล่าสุด',
      checksum: 'ข้อมูลทุกชุดมีผลรวมตรวจสอบของตัวเลขทั้งหมด จอนี้คำนวณเองแล้วเปรียบเทียบ',
    },
  },
)
