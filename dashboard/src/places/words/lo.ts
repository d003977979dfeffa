import type { Translation } from '../../i18n/words.ts'
import type * as en from './en.ts'

export const place: Translation<typeof en.place> = {
  locate: 'ໃຊ້ບ່ອນທີ່ຂ້ອຍຢູ່ຕອນນີ້',
  locating: 'ກຳລັງຊອກຫາບ່ອນຢູ່…',
  near: (place) => `ໃກ້ ${place}`,
  pinSet: 'ປັກໝຸດໃນແຜນທີ່ແລ້ວ',
  metres: (metres) => `ຜິດບໍ່ເກີນ ${metres} ແມັດ`,
  removePin: 'ລຶບໝຸດ',
  apart: 'ໝຸດຢູ່ຄົນລະແຂວງກັບເຂດທີ່ເລືອກ',
  apartKeep: 'ຖືກຕ້ອງແລ້ວ ໃຊ້ທັງສອງ',
  map: 'ປັກໝຸດໃນແຜນທີ່',
  mapHide: 'ເຊື່ອງແຜນທີ່',
  mapHint: 'ເລື່ອນແຜນທີ່ໃຫ້ໝຸດຢູ່ບ່ອນຂອງທ່ານ',
  mapHere: 'ປັກໝຸດບ່ອນນີ້',
  mapCloser: 'ຂະຫຍາຍແຜນທີ່ເຂົ້າໃກ້ກ່ອນ',
  mapMissing: 'ເຄື່ອງນີ້ສະແດງແຜນທີ່ບໍ່ໄດ້ ກະລຸນາເລືອກເຂດຂ້າງລຸ່ມ',
  denied: 'ເຄື່ອງນີ້ບໍ່ບອກບ່ອນຢູ່ ກະລຸນາເລືອກເຂດຂ້າງລຸ່ມ',
  failed: 'ຊອກບ່ອນຢູ່ບໍ່ພົບ ກະລຸນາລອງໃໝ່ໃນບ່ອນໂລ່ງ ຫຼື ເລືອກເຂດຂ້າງລຸ່ມ',
  or: 'ຫຼື ເລືອກເຂດ',
  province: 'ແຂວງ (จังหวัด)',
  district: 'ເມືອງ (อำเภอ)',
  subdistrict: 'ຕຳບົນ (ตำบล)',
  choose: 'ເລືອກ',
  dontKnow: 'ບໍ່ຮູ້',
  areasMissing: 'ໂຫຼດລາຍຊື່ເຂດບໍ່ໄດ້ໃນຕອນນີ້',
}
