import { defineFormWords } from '../i18n/words.ts'
import * as en from './words/en.ts'
import * as km from './words/km.ts'
import * as lo from './words/lo.ts'
import * as my from './words/my.ts'
import * as th from './words/th.ts'

export const formWords = defineFormWords({ en: en.form, th: th.form, my: my.form, lo: lo.form, km: km.form })
