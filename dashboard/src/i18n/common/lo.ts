import type { Translation } from '../words.ts'
import type * as en from './en.ts'

export const common: Translation<typeof en.common> = {
  app: 'Jitasa',
  close: 'ປິດ',
  retry: 'ລອງໃໝ່',
  back: 'ກັບຄືນ',
  home: 'ໜ້າຫຼັກ',
  privacy: 'ຂໍ້ມູນສ່ວນບຸກຄົນ',
  loading: 'ກຳລັງໂຫຼດ',
  language: 'ພາສາ',
  required: 'ຈຳເປັນ',
  error: {
    title: 'ບໍ່ສຳເລັດ',
    unknown: 'ເກີດຂໍ້ຜິດພາດໃນໜ້ານີ້',
    offline: 'ຕິດຕໍ່ເຊີເວີບໍ່ໄດ້ ກະລຸນາກວດອິນເຕີເນັດ ແລ້ວລອງໃໝ່',
    byItself: 'ໜ້ານີ້ຈະລອງໃໝ່ເອງ',
    lostPart: 'ໂຫຼດບາງສ່ວນຂອງໜ້ານີ້ບໍ່ໄດ້ ກະລຸນາກວດອິນເຕີເນັດ ແລ້ວໂຫຼດໜ້າໃໝ່ ສິ່ງທີ່ພິມແຕ່ບໍ່ທັນບັນທຶກຈະເສຍໄປ',
  },
  severity: { green: 'ຂຽວ', yellow: 'ເຫຼືອງ', red: 'ແດງ', unknown: 'ລໍຖ້າຄັດກອງ' },
  severityLetter: { green: 'ຂ', yellow: 'ຫ', red: 'ດ', unknown: '?' },
  care: {
    hi: 'ແຍກຕົວຢູ່ເຮືອນ',
    ci: 'ສູນແຍກຕົວຊຸມຊົນ',
    field: 'ໂຮງໝໍສະໜາມ',
    hospitel: 'ໂຮງແຮມໂຮງໝໍ',
    hospital: 'ໂຮງໝໍ',
  },
  bedLevel: {
    '0': 'HI / CI',
    '1': 'ຂຽວ ບໍ່ໃຊ້ອົກຊີເຈນ',
    '2_1': 'ອົກຊີເຈນໄຫຼຕ່ຳ',
    '2_2': 'ອົກຊີເຈນໄຫຼສູງ',
    '3': 'ໄອຊີຢູ',
  },
}
