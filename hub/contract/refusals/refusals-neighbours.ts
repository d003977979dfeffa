import type { ErrorCode } from './codes.ts'

/** What somebody who asks for help may meet: everything else is for accounts, whose pages are Thai and English. */
export const PUBLIC_CODES = [
  'not_found',
  'refused',
  'database_away',
  'internal',
  'busy',
  'too_many_requests',
  'foreign_origin',
  'idempotency_key',
] as const satisfies readonly ErrorCode[]

type PublicRefusals = Readonly<Record<(typeof PUBLIC_CODES)[number], string>>

export const refusalsNeighbours: Readonly<Record<'my' | 'lo' | 'km', PublicRefusals>> = {
  my: {
    not_found: 'ရှာမတွေ့ပါ။ စာမျက်နှာလိပ်စာကို ပြန်စစ်ပါ။',
    refused: 'ဤသို့ လုပ်၍ မရပါ။',
    database_away: 'စနစ် ခေတ္တ မဖြေနိုင်ပါ။ ခဏစောင့်ပြီး ထပ်ကြိုးစားပါ။',
    internal: 'စနစ် ချို့ယွင်းနေသည်။ ခဏစောင့်ပြီး ထပ်ကြိုးစားပါ။',
    busy: 'အသုံးပြုသူ များနေသည်။ ခဏစောင့်ပြီး ထပ်ကြိုးစားပါ။',
    too_many_requests: 'တောင်းဆိုမှု များလွန်းသည်။ {seconds} စက္ကန့် စောင့်ပါ။',
    foreign_origin: 'ဤစာမျက်နှာကို မူရင်းလိပ်စာမှ ပြန်ဖွင့်ပါ။',
    idempotency_key: 'စာမျက်နှာကို ပြန်ဖွင့်ပြီး ထပ်ပို့ပါ။',
  },
  lo: {
    not_found: 'ບໍ່ພົບ ກະລຸນາກວດທີ່ຢູ່ຂອງໜ້ານີ້',
    refused: 'ເຮັດລາຍການນີ້ບໍ່ໄດ້',
    database_away: 'ລະບົບຍັງບໍ່ຕອບ ກະລຸນາລໍຖ້າ ແລ້ວລອງໃໝ່',
    internal: 'ລະບົບຂັດຂ້ອງ ກະລຸນາລໍຖ້າ ແລ້ວລອງໃໝ່',
    busy: 'ມີຜູ້ໃຊ້ຫຼາຍເກີນໄປ ກະລຸນາລໍຖ້າ ແລ້ວລອງໃໝ່',
    too_many_requests: 'ມີຄຳຂໍຫຼາຍເກີນໄປ ກະລຸນາລໍຖ້າ {seconds} ວິນາທີ',
    foreign_origin: 'ກະລຸນາເປີດໜ້ານີ້ຈາກທີ່ຢູ່ຂອງລະບົບເອງ',
    idempotency_key: 'ກະລຸນາໂຫຼດໜ້ານີ້ໃໝ່ ແລ້ວສົ່ງອີກເທື່ອໜຶ່ງ',
  },
  km: {
    not_found: 'រកមិនឃើញ សូមពិនិត្យអាសយដ្ឋានទំព័រ',
    refused: 'មិនអាចធ្វើបានទេ',
    database_away: 'ប្រព័ន្ធមិនទាន់ឆ្លើយតប សូមរង់ចាំ រួចសាកល្បងម្តងទៀត',
    internal: 'ប្រព័ន្ធមានបញ្ហា សូមរង់ចាំ រួចសាកល្បងម្តងទៀត',
    busy: 'មានអ្នកប្រើច្រើនពេក សូមរង់ចាំ រួចសាកល្បងម្តងទៀត',
    too_many_requests: 'មានសំណើច្រើនពេក សូមរង់ចាំ {seconds} វិនាទី',
    foreign_origin: 'សូមបើកទំព័រនេះពីអាសយដ្ឋានរបស់ប្រព័ន្ធ',
    idempotency_key: 'សូមបើកទំព័រនេះឡើងវិញ ហើយផ្ញើម្តងទៀត',
  },
}
