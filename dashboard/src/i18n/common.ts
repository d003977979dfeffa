import * as en from './common/en.ts'
import * as th from './common/th.ts'
import { defineLateWords } from './further.ts'

/** Words that every page uses. */
export const commonWords = defineLateWords('common', en.common, th.common)
