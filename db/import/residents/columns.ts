import { KNOWN_GROUPS, type KnownGroup } from '../../../hub/contract/vocabulary/doses.ts'
import type { Shape } from '../header.ts'

/** What each column of a group is also called. */
const ALSO_CALLED: Readonly<Record<KnownGroup, readonly string[]>> = {
  medical: ['บุคลากรทางการแพทย์', 'บุคลากรทางการแพทย์และสาธารณสุข', 'medical staff'],
  vhv: ['อสม.', 'อสม'],
  frontline: ['ด่านหน้า', 'เจ้าหน้าที่ด่านหน้า'],
  age60: ['ผู้สูงอายุ', 'อายุ 60 ปีขึ้นไป', '60 ปีขึ้นไป', '60+'],
  disease7: ['7 โรคเรื้อรัง', 'ผู้มีโรคเรื้อรัง 7 กลุ่ม', '7 กลุ่มโรค'],
  pregnant: ['หญิงตั้งครรภ์'],
  general: ['ประชาชนทั่วไป'],
  student12: ['นักเรียน 12–17 ปี', 'อายุ 12-17 ปี', '12-17 ปี'],
  child5: ['เด็ก 5–11 ปี', 'อายุ 5-11 ปี', '5-11 ปี'],
}

/** A row says of one province, or of one district of it, how many people each group has there. */
export const RESIDENTS_SHAPE: Shape = {
  required: ['province', 'as_of', 'source'],
  optional: ['district', ...KNOWN_GROUPS],
  alsoCalled: {
    province: ['province_code', 'จังหวัด', 'รหัสจังหวัด', 'changwat'],
    district: ['อำเภอ', 'เขต', 'อำเภอ/เขต', 'amphoe'],
    as_of: ['date', 'ณ วันที่', 'วันที่'],
    source: ['แหล่งที่มา', 'ที่มา'],
    ...ALSO_CALLED,
  },
}

/** An empty file to fill in; lines that begin with # are passed over. */
export const RESIDENTS_TEMPLATE = [
  `province,district,as_of,source,${KNOWN_GROUPS.join(',')}`,
  '# A province as a whole (district left empty), or all of its districts. An empty number: not known, what stands is left.',
  '# จังหวัดทั้งจังหวัด (เว้นว่างช่อง district) หรือครบทุกอำเภอ ช่องจำนวนที่เว้นว่างหมายถึงไม่ทราบ คงค่าเดิม',
  '# เชียงใหม่,,2021-10-01,ทะเบียนราษฎร,12000,18000,9000,310000,95000,7000,900000,110000,98000',
  '',
].join('\r\n')
