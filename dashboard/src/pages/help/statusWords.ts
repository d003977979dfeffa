import { defineFormWords } from '../../i18n/words.ts'
import * as en from './words/status/en.ts'
import * as km from './words/status/km.ts'
import * as lo from './words/status/lo.ts'
import * as my from './words/status/my.ts'
import * as th from './words/status/th.ts'

/** Apart from the words of the form: whoever asks for help for the first time does not wait for them. */
export const statusWords = defineFormWords({
  en: en.status,
  th: th.status,
  my: my.status,
  lo: lo.status,
  km: km.status,
})
