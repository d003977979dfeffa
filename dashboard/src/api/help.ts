import type { Language } from '../../../hub/contract/vocabulary/languages.ts'
import { type Answer, type AskingBody, ask } from './http.ts'
import { type Solving, withPuzzle } from './puzzle.ts'

export type HelpBody = AskingBody<'POST /api/help'>
/** `code: null`: the very same was asked from this phone before; then it goes there. */
export type HelpAnswer = Answer<'POST /api/help'>
export type HelpStatus = Answer<'GET /api/help/status'>
export type NeedStatus = HelpStatus['needs'][number]
export type Consent = Answer<'GET /api/help/consent'>
/** At least one of them. */
export type MoreBody = AskingBody<'POST /api/help/more'>

export type OwnCheckBody = AskingBody<'POST /api/help/check'>

export function fetchConsent(language: Language): Promise<Consent> {
  return ask('GET /api/help/consent', { query: { language } })
}

const ANSWER_MS_MAX = 20_000

/** @throws ApiError; with the same key, sent any number of times, it is one request. */
export function askForHelp(key: string, body: HelpBody, solving: Solving): Promise<HelpAnswer> {
  const send = (puzzle?: string) => {
    const signal = AbortSignal.any([solving.signal, AbortSignal.timeout(ANSWER_MS_MAX)])
    return ask('POST /api/help', { key, body, puzzle, signal })
  }
  return withPuzzle(send, solving)
}

export function fetchStatus(code: string, language: Language, signal?: AbortSignal): Promise<HelpStatus> {
  return ask('GET /api/help/status', { code, query: { language }, ...(signal && { signal }) })
}

export function verifyPhone(code: string, language: Language, digits: string): Promise<HelpStatus> {
  return ask('POST /api/help/verify', { code, query: { language }, body: { code: digits } })
}

export function resendDigits(code: string, language: Language): Promise<HelpStatus> {
  return ask('POST /api/help/resend', { code, query: { language } })
}

/** @param digits the last ones of the phone, where the request came from another device */
export function cancelRequest(code: string, language: Language, key: string, digits?: string): Promise<HelpStatus> {
  return ask('POST /api/help/cancel', { code, query: { language }, key, body: digits === undefined ? {} : { digits } })
}

export function addToRequest(code: string, language: Language, key: string, body: MoreBody): Promise<HelpStatus> {
  return ask('POST /api/help/more', { code, query: { language }, key, body })
}

/** How the person is today, in care at home. */
export function checkMyself(code: string, language: Language, key: string, body: OwnCheckBody): Promise<HelpStatus> {
  return ask('POST /api/help/check', { code, query: { language }, key, body })
}
