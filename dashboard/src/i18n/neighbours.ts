import type { CommonWords } from './common.ts'
import type { Translation } from './words.ts'

type Common = Translation<CommonWords>

/** The common words in the languages of the neighbours, for the forms of people in need. */
export const commonMy: Common = {
  app: 'Jitasa',
  close: 'ပိတ်ရန်',
  retry: 'ထပ်ကြိုးစားပါ',
  back: 'နောက်သို့',
  home: 'ပင်မစာမျက်နှာ',
  loading: 'ဖွင့်နေသည်',
  language: 'ဘာသာစကား',
  required: 'မဖြစ်မနေ',
  error: {
    title: 'မအောင်မြင်ပါ',
    unknown: 'ဤစာမျက်နှာတွင် အမှားတစ်ခု ဖြစ်သွားသည်။',
    offline: 'ဆာဗာကို ဆက်သွယ်၍ မရပါ။ အင်တာနက်ကို စစ်ပြီး ထပ်ကြိုးစားပါ။',
    lostPart: 'ဤစာမျက်နှာ၏ အစိတ်အပိုင်းတစ်ခုကို ဖွင့်၍ မရပါ။ အင်တာနက်ကို စစ်ပြီး စာမျက်နှာကို ပြန်ဖွင့်ပါ။ မသိမ်းရသေးသော စာများ ပျောက်ပါမည်။',
  },
  severity: { green: 'အစိမ်း', yellow: 'အဝါ', red: 'အနီ', unknown: 'မစစ်ဆေးရသေး' },
  severityLetter: { green: 'စ', yellow: 'ဝ', red: 'န', unknown: '?' },
  care: {
    hi: 'အိမ်တွင် သီးသန့်နေ',
    ci: 'ရပ်ရွာ စောင့်ရှောက်ရေးစခန်း',
    field: 'ယာယီဆေးရုံ',
    hospitel: 'ဟိုတယ်ဆေးရုံ',
    hospital: 'ဆေးရုံ',
  },
  bedLevel: {
    '0': 'HI / CI',
    '1': 'အစိမ်း၊ အောက်ဆီဂျင် မလို',
    '2_1': 'အောက်ဆီဂျင် အနည်း',
    '2_2': 'အောက်ဆီဂျင် အများ',
    '3': 'အိုင်စီယူ',
  },
}

export const commonLo: Common = {
  app: 'Jitasa',
  close: 'ປິດ',
  retry: 'ລອງໃໝ່',
  back: 'ກັບຄືນ',
  home: 'ໜ້າຫຼັກ',
  loading: 'ກຳລັງໂຫຼດ',
  language: 'ພາສາ',
  required: 'ຈຳເປັນ',
  error: {
    title: 'ບໍ່ສຳເລັດ',
    unknown: 'ເກີດຂໍ້ຜິດພາດໃນໜ້ານີ້',
    offline: 'ຕິດຕໍ່ເຊີເວີບໍ່ໄດ້ ກະລຸນາກວດອິນເຕີເນັດ ແລ້ວລອງໃໝ່',
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

export const commonKm: Common = {
  app: 'Jitasa',
  close: 'បិទ',
  retry: 'ព្យាយាមម្តងទៀត',
  back: 'ថយក្រោយ',
  home: 'ទំព័រដើម',
  loading: 'កំពុងបើក',
  language: 'ភាសា',
  required: 'ត្រូវតែបំពេញ',
  error: {
    title: 'មិនបានសម្រេច',
    unknown: 'មានបញ្ហាក្នុងទំព័រនេះ',
    offline: 'ភ្ជាប់ទៅម៉ាស៊ីនមេមិនបាន សូមពិនិត្យអ៊ីនធឺណិត ហើយព្យាយាមម្តងទៀត',
    lostPart: 'ផ្នែកមួយនៃទំព័រនេះបើកមិនបាន សូមពិនិត្យអ៊ីនធឺណិត ហើយបើកទំព័រម្តងទៀត អ្វីដែលបានវាយតែមិនទាន់រក្សាទុកនឹងបាត់',
  },
  severity: { green: 'បៃតង', yellow: 'លឿង', red: 'ក្រហម', unknown: 'មិនទាន់ពិនិត្យ' },
  severityLetter: { green: 'ប', yellow: 'ល', red: 'ក', unknown: '?' },
  care: {
    hi: 'ដាក់ដោយឡែកនៅផ្ទះ',
    ci: 'មណ្ឌលដាក់ដោយឡែកសហគមន៍',
    field: 'មន្ទីរពេទ្យសនាម',
    hospitel: 'សណ្ឋាគារពេទ្យ',
    hospital: 'មន្ទីរពេទ្យ',
  },
  bedLevel: {
    '0': 'HI / CI',
    '1': 'បៃតង មិនប្រើអុកស៊ីសែន',
    '2_1': 'អុកស៊ីសែនតិច',
    '2_2': 'អុកស៊ីសែនច្រើន',
    '3': 'ICU',
  },
}
