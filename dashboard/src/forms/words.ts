import { defineLateWords } from '../i18n/further.ts'
import * as en from './words/en.ts'
import * as th from './words/th.ts'

export const formWords = defineLateWords('form', en.form, th.form)
