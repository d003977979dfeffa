import { defineFormWords } from '../../i18n/words.ts'
import * as en from './words/my-data/en.ts'
import * as km from './words/my-data/km.ts'
import * as lo from './words/my-data/lo.ts'
import * as my from './words/my-data/my.ts'
import * as th from './words/my-data/th.ts'

/** Apart from the words of the status page: they come when somebody opens "Your data". */
export const myDataWords = defineFormWords({
  en: en.myData,
  th: th.myData,
  my: my.myData,
  lo: lo.myData,
  km: km.myData,
})
