import type { Translation } from '../words.ts'
import type * as en from './en.ts'

export const cases: Translation<typeof en.cases> = {
  need: {
    bed: 'ຕຽງໂຮງໝໍ',
    oxygen: 'ອົກຊີເຈນ',
    medicine: 'ຢາ',
    food: 'ອາຫານ ແລະ ນ້ຳ',
    transport: 'ລົດຮັບສົ່ງ',
    test: 'ກວດໂຄວິດ',
    funeral: 'ຈັດງານສົບ',
  },
  symptom: {
    cannot_finish_sentence: 'ຫອບຈົນເວົ້າບໍ່ຈົບປະໂຫຍກ',
    constant_chest_tightness: 'ແໜ້ນໜ້າເອິກຕະຫຼອດເວລາ',
    drowsy: 'ຊຶມ ປຸກຕື່ນຍາກ',
    breathless_on_exertion: 'ເມື່ອຍຫອບເວລາຍ່າງ',
    pneumonia: 'ໝໍບອກວ່າປອດອັກເສບ',
    fever: 'ໄຂ້',
    cough: 'ໄອ',
    sore_throat: 'ເຈັບຄໍ',
    no_smell_or_taste: 'ບໍ່ໄດ້ກິ່ນ ຫຼື ບໍ່ຮູ້ລົດ',
    diarrhoea: 'ຖອກທ້ອງ',
    none: 'ບໍ່ມີອາການເຫຼົ່ານີ້',
  },
  risk: {
    age60: 'ອາຍຸ 60 ປີຂຶ້ນໄປ',
    disease7: 'ພະຍາດຊຳເຮື້ອ: ປອດ ຫົວໃຈ ໝາກໄຂ່ຫຼັງ ເສັ້ນເລືອດສະໝອງ ຕຸ້ຍເກີນ ມະເຮັງ ເບົາຫວານ',
    pregnant: 'ຖືພາ 12 ອາທິດຂຶ້ນໄປ',
  },
}
