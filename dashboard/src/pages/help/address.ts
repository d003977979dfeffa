import type { Language } from '../../../../hub/contract/vocabulary/languages.ts'

/** The pages of people in need: a document of their own (help.html), and the emergency numbers whatever breaks. */
export const isHelpPage = (path: string): boolean => path === '/help' || path.startsWith('/help/')

/** Of a request. Behind the hash the code reaches no server, no log and no other page. */
export const statusAddress = (code: string, language: Language, fresh = false): string =>
  `/help/status?lang=${language}${fresh ? '&new=1' : ''}#${code}`
