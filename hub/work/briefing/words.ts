import type { ObjectiveState } from '../../contract/vocabulary/period.ts'

export const BRIEFING_LANGUAGES = ['th', 'en'] as const
export type BriefingLanguage = (typeof BRIEFING_LANGUAGES)[number]

type Words = {
  readonly title: string
  readonly asOf: (at: string, position: string) => string
  readonly page: (page: number, of: number) => string
  readonly exercise: string
  readonly sections: Readonly<
    Record<
      | 'situation'
      | 'regions'
      | 'cases'
      | 'beds'
      | 'alerts'
      | 'shift'
      | 'objectives'
      | 'messages'
      | 'changes'
      | 'late'
      | 'before',
      string
    >
  >
  readonly columns: Readonly<Record<'number' | 'now' | 'before' | 'change', string>>
  readonly regionColumns: Readonly<
    Record<'region' | 'cases' | 'waiting' | 'red' | 'unclaimed' | 'icu' | 'free', string>
  >
  readonly region: (region: string, provinces: string) => string
  readonly alertColumns: Readonly<Record<'alert' | 'raised' | 'answered' | 'state', string>>
  readonly alertStates: Readonly<Record<'open' | 'held' | 'over', string>>
  readonly unanswered: string
  readonly level: (level: string) => string
  readonly red: string
  readonly curve: (days: string) => string
  readonly noComparison: string
  readonly none: string
  readonly noShift: string
  readonly shift: (title: string, from: string, to: string, by: string) => string
  readonly due: (at: string) => string
  readonly late: (at: string) => string
  readonly until: (at: string) => string
  readonly lateFacilities: (count: string) => string
  readonly lateProvinces: (names: string) => string
  readonly never: string
  readonly ofBeds: (occupied: string, staffed: string) => string
  readonly states: Readonly<Record<ObjectiveState, string>>
  readonly correction: string
  readonly points: string
  readonly minutes: string
  readonly hours: string
  readonly days: string
}

export const BRIEFING_WORDS: Readonly<Record<BriefingLanguage, Words>> = {
  en: {
    title: 'Briefing',
    asOf: (at, position) => `As of ${at}, position ${position}`,
    page: (page, of) => `page ${page} of ${of}`,
    exercise: 'EXERCISE: nothing here is real',
    sections: {
      situation: 'Situation',
      regions: 'By health region',
      cases: 'New cases by day',
      beds: 'Beds by level',
      alerts: 'Alerts of the shift',
      shift: 'Shift',
      objectives: 'Objectives and tasks',
      messages: 'Messages from command',
      changes: 'Decisions of the shift',
      late: 'Late with their report',
      before: 'Summary of the shift before',
    },
    columns: { number: 'Number', now: 'Now', before: 'Yesterday, same hour', change: 'Change' },
    regionColumns: {
      region: 'Region',
      cases: 'New cases',
      waiting: 'Waiting',
      red: 'of these red',
      unclaimed: 'Unclaimed',
      icu: 'ICU used',
      free: 'ICU free',
    },
    region: (region, provinces) => `${region} · ${provinces === '1' ? '1 province' : `${provinces} provinces`}`,
    alertColumns: { alert: 'Alert', raised: 'Rang', answered: 'Answered by, after', state: 'State' },
    alertStates: { open: 'goes on', held: 'somebody has it', over: 'over' },
    unanswered: 'nobody yet',
    level: (level) => `level ${level}`,
    red: 'red',
    curve: (days) => `Bars: cases of the day. Line: mean of seven days. ${days} days; today so far.`,
    noComparison: 'Nobody kept how it stood yesterday at this hour: nothing is compared.',
    none: 'None.',
    noShift: 'No shift runs in this area.',
    shift: (title, from, to, by) => `${title}: ${from} to ${to}, ${by}`,
    due: (at) => `due ${at}`,
    late: (at) => `late, was due ${at}`,
    until: (at) => `until ${at}`,
    lateFacilities: (count) => `Facilities past their deadline: ${count}`,
    lateProvinces: (names) => `Provinces without numbers of the day: ${names}`,
    never: 'never reported',
    ofBeds: (occupied, staffed) => `${occupied} of ${staffed}`,
    states: { open: 'open', doing: 'under way', done: 'done', dropped: 'dropped' },
    correction: 'correction',
    points: 'points',
    minutes: 'min',
    hours: 'h',
    days: 'days',
  },
  th: {
    title: 'สรุปสถานการณ์',
    asOf: (at, position) => `ข้อมูล ณ ${at} ตำแหน่ง ${position}`,
    page: (page, of) => `หน้า ${page} จาก ${of}`,
    exercise: 'การฝึกซ้อม: ไม่ใช่เหตุการณ์จริง',
    sections: {
      situation: 'สถานการณ์',
      regions: 'ตามเขตสุขภาพ',
      cases: 'ผู้ป่วยใหม่รายวัน',
      beds: 'เตียงตามระดับ',
      alerts: 'การแจ้งเตือนในเวร',
      shift: 'เวร',
      objectives: 'เป้าหมายและงาน',
      messages: 'ข้อความจากศูนย์บัญชาการ',
      changes: 'ข้อสั่งการในเวร',
      late: 'ผู้ที่ยังไม่รายงานตามกำหนด',
      before: 'สรุปของเวรก่อน',
    },
    columns: { number: 'ตัวเลข', now: 'ขณะนี้', before: 'เมื่อวานเวลาเดียวกัน', change: 'เปลี่ยนแปลง' },
    regionColumns: {
      region: 'เขต',
      cases: 'ผู้ป่วยใหม่',
      waiting: 'รอเตียง',
      red: 'สีแดง',
      unclaimed: 'ยังไม่มีผู้รับ',
      icu: 'ใช้ไอซียู',
      free: 'ไอซียูว่าง',
    },
    region: (region, provinces) => `เขต ${region} · ${provinces} จังหวัด`,
    alertColumns: { alert: 'การแจ้งเตือน', raised: 'เริ่ม', answered: 'ผู้รับเรื่อง ใช้เวลา', state: 'สถานะ' },
    alertStates: { open: 'ยังไม่จบ', held: 'มีผู้รับแล้ว', over: 'จบแล้ว' },
    unanswered: 'ยังไม่มีผู้รับ',
    level: (level) => `ระดับ ${level}`,
    red: 'สีแดง',
    curve: (days) => `แท่ง: ผู้ป่วยของวัน เส้น: ค่าเฉลี่ย 7 วัน รวม ${days} วัน วันนี้นับถึงขณะนี้`,
    noComparison: 'ไม่มีบันทึกของเมื่อวานเวลาเดียวกัน จึงไม่ได้เปรียบเทียบ',
    none: 'ไม่มี',
    noShift: 'ยังไม่มีเวรในพื้นที่นี้',
    shift: (title, from, to, by) => `${title}: ${from} ถึง ${to}, ${by}`,
    due: (at) => `ภายใน ${at}`,
    late: (at) => `เลยกำหนด ${at}`,
    until: (at) => `ถึง ${at}`,
    lateFacilities: (count) => `สถานพยาบาลที่เกินกำหนด: ${count}`,
    lateProvinces: (names) => `จังหวัดที่ยังไม่มีตัวเลขของวัน: ${names}`,
    never: 'ยังไม่เคยรายงาน',
    ofBeds: (occupied, staffed) => `${occupied} จาก ${staffed}`,
    states: { open: 'ยังไม่เริ่ม', doing: 'กำลังทำ', done: 'เสร็จแล้ว', dropped: 'ยกเลิก' },
    correction: 'แก้ไข',
    points: 'จุด',
    minutes: 'นาที',
    hours: 'ชม.',
    days: 'วัน',
  },
}
