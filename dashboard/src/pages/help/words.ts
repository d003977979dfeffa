import { defineFormWords } from '../../i18n/words.ts'
import * as en from './words/en.ts'
import * as km from './words/km.ts'
import * as lo from './words/lo.ts'
import * as my from './words/my.ts'
import * as th from './words/th.ts'

export const checkWords = defineFormWords({ en: en.check, th: th.check, my: my.check, lo: lo.check, km: km.check })
export const formStepWords = defineFormWords({ en: en.form, th: th.form, my: my.form, lo: lo.form, km: km.form })
export const nearWords = defineFormWords({ en: en.near, th: th.near, my: my.near, lo: lo.near, km: km.near })
export const startWords = defineFormWords({ en: en.start, th: th.start, my: my.start, lo: lo.start, km: km.start })
