import type { Language } from '../../../hub/contract/vocabulary/languages.ts'
import type * as of from './further/my.ts'
import type { Translation, Tree, Words } from './words.ts'

type Further = Exclude<Language, 'en' | 'th'>
type Texts = Pick<typeof of, keyof typeof of>

/** On a thin line the words of three languages that nobody here reads are a tenth of a second. */
const LOADS: Readonly<Record<Further, () => Promise<Texts>>> = {
  my: () => import('./further/my.ts'),
  lo: () => import('./further/lo.ts'),
  km: () => import('./further/km.ts'),
}

const there: Partial<Record<Further, Texts>> = {}

/**
 * Brings the words that every page uses in languages beside Thai and English, which are always there.
 * @returns when they are there, or cannot be had: English then stands in their place; `undefined`: there is nothing to wait for
 */
export function loadLanguage(language: Language): Promise<void> | undefined {
  if (language === 'en' || language === 'th' || there[language]) return undefined
  return LOADS[language]().then(
    (texts) => {
      there[language] = texts
    },
    (error: unknown) => console.error(error),
  )
}

/** Their words for one dictionary, as far as they are there. */
const furtherWords = <P extends keyof Texts>(part: P) => ({
  get my() {
    return there.my?.[part]
  },
  get lo() {
    return there.lo?.[part]
  },
  get km() {
    return there.km?.[part]
  },
})

/** Texts that most pages carry: complete in every language, of which those beside Thai and English come when they are read. */
export function defineLateWords<T extends Tree, P extends keyof Texts>(
  part: P,
  en: T,
  th: Translation<NoInfer<T>>,
): Words<T> {
  const words: Record<'en' | 'th' | 'my' | 'lo' | 'km', unknown> = Object.assign(furtherWords(part), { en, th })
  return words as Words<T>
}
