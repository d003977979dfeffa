import type { Translation } from '../../i18n/words.ts'
import type * as en from './en.ts'

export const form: Translation<typeof en.form> = {
  skip: 'အကြောင်းအရာသို့ ကျော်ပါ',
  exercise: 'လေ့ကျင့်ခန်း',
  exerciseText: 'ဤသည်မှာ လေ့ကျင့်ခန်း ဖြစ်သည်။ မည်သူမျှ လာမည် မဟုတ်ပါ။ တကယ့် အရေးပေါ်တွင် 1669 ကို ခေါ်ပါ။',
  emergencyTitle: 'ယခု ဖုန်းခေါ်ပါ။ ဤနေရာတွင် အဖြေကို မစောင့်ပါနှင့်။',
  emergencyText: 'သင် ရွေးထားသော လက္ခဏာများသည် မိနစ်ပိုင်းအတွင်း အန္တရာယ် ရှိနိုင်သည်။',
  ambulance: 'အရေးပေါ် လူနာတင်ကား၊ အခမဲ့၊ ၂၄ နာရီ',
  hotline: 'ကိုဗစ်နှင့် ကျန်းမာရေး ဖုန်းလိုင်း',
  call: 'ဖုန်းခေါ်ပါ',
  problems: 'ဤအချက်များကို စစ်ပါ -',
}
