import type { Shape } from '../header.ts'

/** The columns of a file of facilities, in the order in which they are written. */
export const FACILITY_COLUMNS = [
  'id',
  'code',
  'kind',
  'name_th',
  'name_en',
  'province',
  'district',
  'lat',
  'lon',
  'hours',
  'address',
  'capacity',
  'contacts',
] as const

/** Widths on a sheet, in characters. */
export const FACILITY_WIDTHS: readonly number[] = [8, 8, 14, 34, 34, 18, 18, 10, 10, 34, 40, 34, 40]

export const FACILITY_SHAPE: Shape = {
  required: ['kind', 'name_th', 'province'],
  optional: FACILITY_COLUMNS.filter((column) => !['kind', 'name_th', 'province'].includes(column)),
  alsoCalled: {
    code: ['hospital code', 'hcode', 'hospcode', 'รหัสสถานพยาบาล', 'รหัส 5 หลัก', 'รหัส'],
    kind: ['type', 'ประเภท', 'ชนิด'],
    name_th: ['name', 'ชื่อ', 'ชื่อไทย', 'ชื่อสถานพยาบาล', 'ชื่อหน่วยบริการ'],
    name_en: ['ชื่ออังกฤษ', 'ชื่อภาษาอังกฤษ', 'english name'],
    province: ['province_code', 'จังหวัด', 'รหัสจังหวัด', 'changwat'],
    district: ['อำเภอ', 'เขต', 'อำเภอ/เขต', 'amphoe'],
    lat: ['latitude', 'ละติจูด'],
    lon: ['lng', 'long', 'longitude', 'ลองจิจูด'],
    hours: ['opening hours', 'opening_hours', 'เวลาทำการ', 'เวลาเปิด'],
    address: ['ที่อยู่'],
    capacity: ['ความจุ', 'ศักยภาพ'],
    contacts: ['phone', 'phones', 'เบอร์ติดต่อ', 'โทรศัพท์', 'เบอร์โทร'],
  },
}

/** What each column holds, for those who fill it in; lines that begin with # are passed over. */
export const COLUMN_NOTES: readonly string[] = [
  '# id: leave empty for a new facility; an export fills it in. code: hospital code, 5 digits, or empty. An empty cell leaves what stands.',
  '# id: เว้นว่างสำหรับสถานพยาบาลใหม่ code: รหัสสถานพยาบาล 5 หลักหรือเว้นว่าง ช่องว่างหมายถึงคงค่าเดิม',
  '# kind / ประเภท: hospital, field, hospitel, ci, hi_hub, vaccination, test, oxygen, crematorium',
  '# province, district: name or code / ชื่อหรือรหัส; lat, lon: 18.79, 98.98',
  '# hours / เวลาทำการ: 24/7 | Mo-Fr 08:00-16:30; Sa 09:00-12:00',
  '# contacts / เบอร์ติดต่อ: bed_desk 053 936 150 (note); switchboard, bed_desk, emergency, coordinator, stores',
]
