import type { Language } from '../vocabulary/languages.ts'

/** What a text tells (PDPA s. 23), in the order in which it is read; `all`: a version that said it in one. */
export const CONSENT_PARTS = ['all', 'what', 'why', 'who', 'long', 'rights', 'withdraw'] as const
export type ConsentPart = (typeof CONSENT_PARTS)[number]
export type ConsentText = Readonly<Partial<Record<ConsentPart, string>>>
export type ConsentTexts = Readonly<Record<Language, ConsentText>>
