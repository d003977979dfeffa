/** What is wrong with a row of a file of facilities, or of their beds. `{…}` is filled in. */
export const ROW_FAULTS = {
  width: { en: '{what}', th: 'จำนวนคอลัมน์ไม่ตรงกับหัวตาราง หรือมีสูตร: {what}' },
  formula: {
    en: '{column} {value} begins like a formula: a spreadsheet would run it. Write it without {mark}',
    th: '{column} {value} ขึ้นต้นเหมือนสูตร โปรดลบ {mark} ออก',
  },
  too_long: { en: '{column} has more than {max} characters', th: '{column} ยาวเกิน {max} ตัวอักษร' },
  missing: { en: '{column} is missing', th: 'ไม่มี {column}' },
  kind: { en: 'kind {value} is unknown; it is one of {kinds}', th: 'ไม่รู้จักประเภท {value} ใช้ได้: {kinds}' },
  id: { en: 'there is no facility {value}', th: 'ไม่มีสถานพยาบาลเลขที่ {value}' },
  code: { en: 'code {value} is not 5 digits', th: 'รหัส {value} ไม่ใช่เลข 5 หลัก' },
  code_taken: {
    en: 'code {code} is that of {name} (no. {id}) already',
    th: 'รหัส {code} เป็นของ{name} (เลขที่ {id}) อยู่แล้ว',
  },
  province: { en: '{what}', th: 'ไม่รู้จักจังหวัด {value}' },
  district: { en: 'district {value} is unknown in {province}{hint}', th: 'ไม่รู้จักอำเภอ {value} ใน{province}{hint}' },
  district_missing: {
    en: 'name the district, or give lat and lon: a province alone is no place',
    th: 'ระบุอำเภอ หรือ lat และ lon ระบุเพียงจังหวัดไม่พอ',
  },
  point: {
    en: 'lat {lat} and lon {lon} are not a point in Thailand, in degrees such as 18.79 and 98.98',
    th: 'lat {lat} และ lon {lon} ไม่ใช่จุดในประเทศไทย ตัวอย่าง 18.79 และ 98.98',
  },
  point_half: { en: 'lat and lon go together', th: 'ต้องมีทั้ง lat และ lon' },
  point_apart: {
    en: 'the point {lat}, {lon} lies in the sea or in another province than {province}',
    th: 'จุด {lat}, {lon} อยู่ในทะเลหรือนอก{province}',
  },
  hours: {
    en: 'hours {value} are not such as Mo-Fr 08:00-16:30; Sa 09:00-12:00, or 24/7',
    th: 'เวลาทำการ {value} อ่านไม่ได้ ตัวอย่าง จ-ศ 08:00-16:30; ส 09:00-12:00 หรือ 24 ชั่วโมง',
  },
  contact: {
    en: 'contact {value} is not such as bed_desk 053 936 150 (note); desks: {desks}',
    th: 'เบอร์ติดต่อ {value} อ่านไม่ได้ ตัวอย่าง bed_desk 053 936 150 (หมายเหตุ) ใช้ได้: {desks}',
  },
  contacts_many: { en: 'at most {max} contacts', th: 'เบอร์ติดต่อไม่เกิน {max} รายการ' },
  twice: { en: 'is the same facility as line {line}', th: 'เป็นสถานพยาบาลเดียวกับบรรทัด {line}' },
  name_twice: {
    en: 'there are several {value} of this kind in the province; give id or code',
    th: 'มี {value} หลายแห่งในจังหวัด โปรดระบุ id หรือ code',
  },
  other_area: { en: 'lies outside your area', th: 'อยู่นอกพื้นที่ของคุณ' },
  facility_closed: { en: '{name} has been closed', th: '{name} ปิดแล้ว' },
  bed_level: { en: 'level {value} is none of {levels}', th: 'ระดับ {value} ต้องเป็น {levels}' },
  bed_count: { en: '{column} {value} is not a whole number from 0', th: '{column} {value} ไม่ใช่จำนวนเต็มตั้งแต่ 0' },
  beds_sum: {
    en: 'the states add up to {sum}, not to staffed {staffed}',
    th: 'ผลรวมของสถานะคือ {sum} ไม่เท่ากับทั้งหมด {staffed}',
  },
  beds_held: { en: '{held} beds are held for transfers', th: 'มีเตียงที่จองไว้สำหรับการส่งต่อ {held} เตียง' },
  level_twice: { en: 'is the same level of the same facility as line {line}', th: 'เป็นระดับเดียวกับบรรทัด {line}' },
  newer_count: { en: 'a newer count stands already', th: 'มียอดที่ใหม่กว่าอยู่แล้ว' },
  doubt: { en: '{what}', th: '{what}' },
} as const satisfies Readonly<Record<string, { readonly en: string; readonly th: string }>>

export type RowFaultKey = keyof typeof ROW_FAULTS
export type RowFault = { readonly key: RowFaultKey; readonly params: Readonly<Record<string, string | number>> }

export function rowFaultText(language: 'en' | 'th', { key, params }: RowFault): string {
  return ROW_FAULTS[key][language].replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''))
}
