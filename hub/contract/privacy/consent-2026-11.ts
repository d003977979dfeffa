import type { ConsentTexts } from './consent-text.ts'

/** As it was shown until December 2026, in one sentence. Never changed: people have agreed to it. */
export const CONSENT_2026_11: ConsentTexts = {
  th: {
    all: 'ฉันยินยอมให้หน่วยงานที่ช่วยเหลือใช้ข้อมูลนี้เพื่อช่วยเหลือฉันเท่านั้น เฉพาะผู้ที่รับเรื่องและหัวหน้าในพื้นที่เห็นชื่อและเบอร์โทรของฉัน ฉันยกเลิกได้ทุกเมื่อ',
  },
  en: {
    all: 'The agencies that help may use what I write here, only to help me. Only the person who takes my request and their supervisor in my area see my name and phone number. I can cancel at any time.',
  },
  my: {
    all: 'ကူညီသည့် အဖွဲ့များသည် ဤအချက်အလက်များကို ကျွန်ုပ်ကို ကူညီရန်အတွက်သာ သုံးနိုင်သည်။ ကျွန်ုပ်၏ အမည်နှင့် ဖုန်းနံပါတ်ကို တာဝန်ယူသူနှင့် ဒေသ ကြီးကြပ်သူသာ မြင်ရသည်။ ကျွန်ုပ်သည် အချိန်မရွေး ပယ်ဖျက်နိုင်သည်။',
  },
  lo: {
    all: 'ຂ້ອຍຍິນຍອມໃຫ້ໜ່ວຍງານຊ່ວຍເຫຼືອໃຊ້ຂໍ້ມູນນີ້ເພື່ອຊ່ວຍຂ້ອຍເທົ່ານັ້ນ ມີແຕ່ຜູ້ຮັບເລື່ອງ ແລະ ຫົວໜ້າໃນພື້ນທີ່ທີ່ເຫັນຊື່ ແລະ ເບີໂທຂອງຂ້ອຍ ຂ້ອຍຍົກເລີກໄດ້ທຸກເວລາ',
  },
  km: {
    all: 'ខ្ញុំយល់ព្រមឱ្យអង្គភាពជួយសង្គ្រោះប្រើព័ត៌មាននេះដើម្បីជួយខ្ញុំប៉ុណ្ណោះ។ មានតែអ្នកទទួលសំណើ និងប្រធាននៅតំបន់ទេ ដែលឃើញឈ្មោះ និងលេខទូរស័ព្ទរបស់ខ្ញុំ។ ខ្ញុំអាចបោះបង់បានគ្រប់ពេល។',
  },
}
