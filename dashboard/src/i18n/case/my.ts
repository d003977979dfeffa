import type { Translation } from '../words.ts'
import type * as en from './en.ts'

export const cases: Translation<typeof en.cases> = {
  need: {
    bed: 'ဆေးရုံ ကုတင်',
    oxygen: 'အောက်ဆီဂျင်',
    medicine: 'ဆေး',
    food: 'အစားအစာနှင့် ရေ',
    transport: 'ဆေးရုံသို့ ကား',
    test: 'ကိုဗစ် စစ်ဆေးခြင်း',
    funeral: 'ဈာပန',
  },
  symptom: {
    cannot_finish_sentence: 'အသက်ရှူကျပ်၍ စကား ဆုံးအောင် မပြောနိုင်',
    constant_chest_tightness: 'ရင်ဘတ် အမြဲ ကျပ်နေ',
    drowsy: 'မှိန်းနေ၊ နှိုးရခက်',
    breathless_on_exertion: 'လမ်းလျှောက်လျှင် မောပန်း',
    pneumonia: 'ဆရာဝန်က အဆုတ်ရောင်ဟု ပြော',
    fever: 'ဖျား',
    cough: 'ချောင်းဆိုး',
    sore_throat: 'လည်ချောင်းနာ',
    no_smell_or_taste: 'အနံ့ သို့မဟုတ် အရသာ မသိ',
    diarrhoea: 'ဝမ်းလျှော',
    none: 'ဤလက္ခဏာများ မရှိပါ',
  },
  risk: {
    age60: 'အသက် ၆၀ နှင့် အထက်',
    disease7: 'နာတာရှည်ရောဂါ - အဆုတ်၊ နှလုံး၊ ကျောက်ကပ်၊ လေဖြတ်၊ အဝလွန်၊ ကင်ဆာ၊ ဆီးချို',
    pregnant: 'ကိုယ်ဝန် ၁၂ ပတ် နှင့် အထက်',
  },
}
