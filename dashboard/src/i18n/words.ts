import { flatten, resolveTemplate, translator } from '@solid-primitives/i18n'
import type { Accessor } from 'solid-js'
import type { Language } from '../../../hub/contract/vocabulary/languages.ts'

export type Tree = { readonly [key: string]: string | ((...args: never[]) => string) | Tree }

/** The same keys, and the same arguments where a text takes some: what a translation must have. */
export type Translation<T extends Tree> = {
  readonly [K in keyof T]: T[K] extends (...args: infer A) => string
    ? (...args: A) => string
    : T[K] extends Tree
      ? Translation<T[K]>
      : string
}

/** The texts of one page or part. Thai and English are complete by type; a language that is absent falls back to English. */
export type Words<T extends Tree> = { readonly en: T; readonly th: Translation<T> } & {
  readonly [L in Exclude<Language, 'en' | 'th'>]?: Translation<T>
}

/** Declare the texts of a page: the compiler refuses a translation that lacks a key or has one too many. */
export function defineWords<T extends Tree>(
  en: T,
  th: Translation<T>,
  more: Omit<Words<T>, 'en' | 'th'> = {},
): Words<T> {
  return { ...more, en, th } as Words<T>
}

/** Texts of a form for people in need: complete in every language, or it does not compile. */
export function defineFormWords<T extends Tree>(words: {
  readonly en: T
  readonly th: Translation<NoInfer<T>>
  readonly my: Translation<NoInfer<T>>
  readonly lo: Translation<NoInfer<T>>
  readonly km: Translation<NoInfer<T>>
}): Words<T> {
  return words as Words<T>
}

/** @returns `t('a.b')` for a text, `t('a.c', 3)` for one that takes arguments; follows the language. */
export function createTranslator<T extends Tree>(words: Words<T>, language: Accessor<Language>) {
  const flat = new Map<Language, ReturnType<typeof flatten<T>>>()
  const dictionary = () => {
    const asked = language()
    const key = words[asked] === undefined ? 'en' : asked
    const known = flat.get(key)
    if (known) return known
    const made = flatten((words[key] ?? words.en) as T)
    flat.set(key, made)
    return made
  }
  return translator(dictionary, resolveTemplate)
}
