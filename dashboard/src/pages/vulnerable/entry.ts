import type { Answer } from '../../api/http.ts'

export type Register = Answer<'GET /api/vulnerable'>
/** Somebody of the register, without a name. */
export type Entry = Register['people'][number]
