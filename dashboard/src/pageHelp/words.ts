import { defineFormWords, defineWords } from '../i18n/words.ts'

/** In every language, as a form for people in need has a sheet too. */
export const sheetWords = defineFormWords({
  en: {
    keys: 'Keys',
    key: {
      help: 'this sheet',
      tab: 'the next field or button; with Shift the one before',
      enter: 'press the button, open the link',
      escape: 'close what is open',
    },
    links: 'Other pages',
    about: {
      help: 'Ask for help for yourself or for somebody else. It is free, and nobody asks for papers. In danger of life call 1669.',
      status: 'How your request stands. You can add something, or say that you are helped.',
      privacy: 'What is kept about people who ask for help, why, and for how long.',
    },
  },
  th: {
    keys: 'ปุ่มลัด',
    key: {
      help: 'เปิดหน้านี้',
      tab: 'ไปช่องหรือปุ่มถัดไป กด Shift ด้วยเพื่อย้อนกลับ',
      enter: 'กดปุ่มหรือเปิดลิงก์',
      escape: 'ปิดสิ่งที่เปิดอยู่',
    },
    links: 'หน้าอื่น',
    about: {
      help: 'ขอความช่วยเหลือให้ตัวเองหรือผู้อื่น ไม่มีค่าใช้จ่าย ไม่ต้องใช้เอกสาร หากอันตรายถึงชีวิตโทร 1669',
      status: 'คำขอของคุณถึงขั้นใดแล้ว เพิ่มข้อมูลหรือแจ้งว่าได้รับความช่วยเหลือแล้วได้ที่นี่',
      privacy: 'เก็บข้อมูลอะไรของผู้ขอความช่วยเหลือ เพื่ออะไร และนานเท่าใด',
    },
  },
  my: {
    keys: 'ခလုတ်များ',
    key: {
      help: 'ဤစာမျက်နှာ အကူအညီ',
      tab: 'နောက်အကွက် သို့မဟုတ် ခလုတ်၊ Shift နှင့်တွဲလျှင် အရှေ့သို့',
      enter: 'ခလုတ်ကို နှိပ်ရန်',
      escape: 'ဖွင့်ထားသည်ကို ပိတ်ရန်',
    },
    links: 'အခြား စာမျက်နှာများ',
    about: {
      help: 'မိမိအတွက် သို့မဟုတ် အခြားသူအတွက် အကူအညီ တောင်းပါ။ အခမဲ့ဖြစ်ပြီး စာရွက်စာတမ်း မလိုပါ။ အသက်အန္တရာယ်ရှိလျှင် 1669 သို့ ဖုန်းခေါ်ပါ။',
      status: 'သင့်တောင်းဆိုမှု အခြေအနေ။ ထပ်ဖြည့်နိုင်သည်၊ အကူအညီ ရပြီဟု ပြောနိုင်သည်။',
      privacy: 'အကူအညီတောင်းသူများ၏ မည်သည့်အချက်အလက်ကို၊ မည်သည့်အတွက်၊ မည်မျှကြာ သိမ်းသည်။',
    },
  },
  lo: {
    keys: 'ປຸ່ມ',
    key: {
      help: 'ເປີດໜ້ານີ້',
      tab: 'ໄປຊ່ອງ ຫຼື ປຸ່ມຕໍ່ໄປ ກົດ Shift ນຳເພື່ອກັບຄືນ',
      enter: 'ກົດປຸ່ມ ຫຼື ເປີດລິ້ງ',
      escape: 'ປິດສິ່ງທີ່ເປີດຢູ່',
    },
    links: 'ໜ້າອື່ນ',
    about: {
      help: 'ຂໍຄວາມຊ່ວຍເຫຼືອໃຫ້ຕົນເອງ ຫຼື ຜູ້ອື່ນ ບໍ່ເສຍຄ່າ ບໍ່ຕ້ອງໃຊ້ເອກະສານ ຖ້າອັນຕະລາຍເຖິງຊີວິດໃຫ້ໂທ 1669',
      status: 'ຄຳຂໍຂອງທ່ານຮອດຂັ້ນໃດແລ້ວ ເພີ່ມຂໍ້ມູນ ຫຼື ແຈ້ງວ່າໄດ້ຮັບການຊ່ວຍເຫຼືອແລ້ວໄດ້ຢູ່ນີ້',
      privacy: 'ເກັບຂໍ້ມູນຫຍັງຂອງຜູ້ຂໍຄວາມຊ່ວຍເຫຼືອ ເພື່ອຫຍັງ ແລະ ດົນປານໃດ',
    },
  },
  km: {
    keys: 'គ្រាប់ចុច',
    key: {
      help: 'បើកទំព័រនេះ',
      tab: 'ទៅប្រអប់ ឬប៊ូតុងបន្ទាប់ ចុច Shift ជាមួយដើម្បីថយក្រោយ',
      enter: 'ចុចប៊ូតុង ឬបើកតំណ',
      escape: 'បិទអ្វីដែលបើក',
    },
    links: 'ទំព័រផ្សេងទៀត',
    about: {
      help: 'សុំជំនួយសម្រាប់ខ្លួនឯង ឬអ្នកដទៃ ឥតគិតថ្លៃ មិនត្រូវការឯកសារ បើមានគ្រោះថ្នាក់ដល់ជីវិត សូមហៅ 1669',
      status: 'សំណើរបស់អ្នកដល់ដំណាក់កាលណា អ្នកអាចបន្ថែម ឬប្រាប់ថាបានទទួលជំនួយហើយ',
      privacy: 'រក្សាទុកអ្វីអំពីអ្នកសុំជំនួយ សម្រាប់អ្វី និងយូរប៉ុណ្ណា។',
    },
  },
})

/** What a page is for that is in no list of workplaces, and the keys of the board. */
export const topicWords = defineWords(
  {
    about: {
      start: 'Where everybody begins: your pages of work, or what is open to all, and each province.',
      case: 'One case: what it needs, who has it, its history, and what comes next.',
      late: 'Who has not reported in time, so that somebody can call them.',
      signIn: 'For people who work here. Your administrator gives you an account.',
      account: 'Your second factors and recovery codes, and where you are signed in. End what you do not know.',
      screen: 'Shows a code. Whoever manages screens types it in, and this screen becomes a wall.',
      invitation: 'Choose your password, and your account is open.',
      nothing: 'There is nothing at this address. The start page leads on.',
    },
    board: {
      move: 'the next or the previous case',
      claim: 'take what it needs most',
      open: 'open it',
      search: 'search',
    },
  },
  {
    about: {
      start: 'จุดเริ่มต้นของทุกคน: หน้างานของคุณ สิ่งที่เปิดให้ทุกคน และทุกจังหวัด',
      case: 'เคสหนึ่งเคส: ต้องการอะไร ใครรับไว้ ประวัติ และขั้นต่อไป',
      late: 'ใครยังไม่รายงานตามเวลา เพื่อให้โทรติดตามได้',
      signIn: 'สำหรับผู้ปฏิบัติงาน ผู้ดูแลระบบเป็นผู้ให้บัญชี',
      account: 'วิธียืนยันตัวตนขั้นที่สอง รหัสกู้คืน และที่ที่คุณเข้าสู่ระบบอยู่ สิ้นสุดรายการที่ไม่รู้จักได้',
      screen: 'แสดงรหัส เมื่อผู้ดูแลจอพิมพ์รหัสนี้ จอนี้จะเป็นจอสถานการณ์',
      invitation: 'ตั้งรหัสผ่านของคุณ แล้วเริ่มใช้บัญชีได้',
      nothing: 'ไม่มีหน้าที่ที่อยู่นี้ ไปต่อได้จากหน้าแรก',
    },
    board: {
      move: 'เคสถัดไปหรือก่อนหน้า',
      claim: 'รับเรื่องที่ด่วนที่สุดของเคส',
      open: 'เปิดเคส',
      search: 'ค้นหา',
    },
  },
)
