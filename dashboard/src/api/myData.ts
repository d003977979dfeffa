import type { Language } from '../../../hub/contract/vocabulary/languages.ts'
import { type Answer, type AskingBody, ask } from './http.ts'

export type MyDataState = Answer<'POST /api/my-data/state'>
export type DataCopy = Answer<'POST /api/my-data/copy'>
export type Proof = Answer<'POST /api/my-data/proof'>
export type Correction = Omit<AskingBody<'POST /api/my-data/correct'>, 'code' | 'proof'>
/** What a proven person commands. */
export type Deed = 'withdraw' | 'erase' | 'keep'

/** The code stands in the body: no log and no history of a browser holds it. */
export const fetchMyData = (code: string, language: Language): Promise<MyDataState> =>
  ask('POST /api/my-data/state', { query: { language }, body: { code } })

export const sendMyDigits = (code: string, language: Language): Promise<MyDataState> =>
  ask('POST /api/my-data/send', { query: { language }, body: { code } })

export const provePhone = (
  code: string,
  language: Language,
  given: { readonly digits: string } | { readonly phone: string },
): Promise<Proof> => ask('POST /api/my-data/proof', { query: { language }, body: { code, ...given } })

export const fetchCopy = (code: string, language: Language, proof: string): Promise<DataCopy> =>
  ask('POST /api/my-data/copy', { query: { language }, body: { code, proof } })

export const correctMyData = (code: string, language: Language, proof: string, key: string, correction: Correction) =>
  ask('POST /api/my-data/correct', { query: { language }, key, body: { code, proof, ...correction } })

export const commandMyData = (deed: Deed, code: string, language: Language, proof: string, key: string) =>
  ask(`POST /api/my-data/${deed}`, { query: { language }, key, body: { code, proof } })
