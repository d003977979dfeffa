import type { Translation } from '../../i18n/words.ts'
import type * as en from './en.ts'

export const form: Translation<typeof en.form> = {
  skip: 'ຂ້າມໄປເນື້ອຫາ',
  exercise: 'ຝຶກຊ້ອມ',
  exerciseText: 'ນີ້ແມ່ນການຝຶກຊ້ອມ ຈະບໍ່ມີໃຜມາ ຖ້າສຸກເສີນແທ້ໃຫ້ໂທ 1669',
  emergencyTitle: 'ໂທດຽວນີ້ ຢ່າລໍຄຳຕອບຢູ່ນີ້',
  emergencyText: 'ອາການທີ່ທ່ານເລືອກອາດເປັນອັນຕະລາຍພາຍໃນບໍ່ກີ່ນາທີ',
  ambulance: 'ລົດສຸກເສີນ ໂທຟຣີ 24 ຊົ່ວໂມງ',
  hotline: 'ສາຍດ່ວນໂຄວິດ ແລະ ສຸຂະພາບ',
  call: 'ໂທ',
  problems: 'ກະລຸນາກວດ:',
}
