import { defineFormWords } from '../i18n/words.ts'

/** What a part of a text about personal data tells. */
export const partWords = defineFormWords({
  en: {
    all: 'What you agree to',
    what: 'What is collected',
    why: 'Why',
    who: 'Who sees it',
    long: 'How long it is kept',
    rights: 'Your rights',
    withdraw: 'Taking it back',
  },
  th: {
    all: 'สิ่งที่คุณยินยอม',
    what: 'ข้อมูลที่เก็บ',
    why: 'เพื่ออะไร',
    who: 'ใครเห็นข้อมูล',
    long: 'เก็บนานเท่าใด',
    rights: 'สิทธิของคุณ',
    withdraw: 'การถอนความยินยอม',
  },
  my: {
    all: 'သင်သဘောတူသည့်အရာ',
    what: 'စုဆောင်းသောအချက်အလက်',
    why: 'ရည်ရွယ်ချက်',
    who: 'မည်သူမြင်ရသနည်း',
    long: 'မည်မျှကြာသိမ်းသနည်း',
    rights: 'သင့်အခွင့်အရေး',
    withdraw: 'ပြန်ရုပ်သိမ်းခြင်း',
  },
  lo: {
    all: 'ສິ່ງທີ່ທ່ານຍິນຍອມ',
    what: 'ຂໍ້ມູນທີ່ເກັບ',
    why: 'ເພື່ອຫຍັງ',
    who: 'ໃຜເຫັນຂໍ້ມູນ',
    long: 'ເກັບໄວ້ດົນປານໃດ',
    rights: 'ສິດຂອງທ່ານ',
    withdraw: 'ການຖອນຄວາມຍິນຍອມ',
  },
  km: {
    all: 'អ្វីដែលអ្នកយល់ព្រម',
    what: 'ទិន្នន័យដែលប្រមូល',
    why: 'សម្រាប់អ្វី',
    who: 'អ្នកណាមើលឃើញ',
    long: 'រក្សាទុកយូរប៉ុណ្ណា',
    rights: 'សិទ្ធិរបស់អ្នក',
    withdraw: 'ការដកការយល់ព្រម',
  },
})
