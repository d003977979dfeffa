import * as en from './case/en.ts'
import * as th from './case/th.ts'
import { defineLateWords } from './further.ts'

/** What a person needs, feels and is at risk of: the words of docs/DOMAIN.md, as people say them. */
export const caseWords = defineLateWords('cases', en.cases, th.cases)
