import * as en from './common/en.ts'
import * as km from './common/km.ts'
import * as lo from './common/lo.ts'
import * as my from './common/my.ts'
import * as th from './common/th.ts'
import { defineFormWords } from './words.ts'

/** Words that every page uses. */
export const commonWords = defineFormWords({
  en: en.common,
  th: th.common,
  my: my.common,
  lo: lo.common,
  km: km.common,
})
