import * as en from './case/en.ts'
import * as km from './case/km.ts'
import * as lo from './case/lo.ts'
import * as my from './case/my.ts'
import * as th from './case/th.ts'
import { defineFormWords } from './words.ts'

/** What a person needs, feels and is at risk of: the words of docs/DOMAIN.md, as people say them. */
export const caseWords = defineFormWords({ en: en.cases, th: th.cases, my: my.cases, lo: lo.cases, km: km.cases })
