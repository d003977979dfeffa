import type { Translation } from '../words.ts'
import type * as en from './en.ts'

export const common: Translation<typeof en.common> = {
  app: 'Jitasa',
  close: 'ပိတ်ရန်',
  retry: 'ထပ်ကြိုးစားပါ',
  back: 'နောက်သို့',
  home: 'ပင်မစာမျက်နှာ',
  privacy: 'ကိုယ်ရေးအချက်အလက်',
  loading: 'ဖွင့်နေသည်',
  language: 'ဘာသာစကား',
  required: 'မဖြစ်မနေ',
  error: {
    title: 'မအောင်မြင်ပါ',
    unknown: 'ဤစာမျက်နှာတွင် အမှားတစ်ခု ဖြစ်သွားသည်။',
    offline: 'ဆာဗာကို ဆက်သွယ်၍ မရပါ။ အင်တာနက်ကို စစ်ပြီး ထပ်ကြိုးစားပါ။',
    byItself: 'ဤစာမျက်နှာက အလိုအလျောက် ထပ်ကြိုးစားပါမည်။',
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
