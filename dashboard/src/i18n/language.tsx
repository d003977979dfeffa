import { createContext, createEffect, createSignal, type JSX, useContext } from 'solid-js'
import type { Language } from '../../../hub/contract/vocabulary/languages.ts'
import { createFormat, type Format } from './format.ts'
import { loadLanguage } from './further.ts'
import { pickLanguage } from './languages.ts'
import { createTranslator, type Words } from './words.ts'

const STORAGE_KEY = 'jitasa.language'

type LanguageState = {
  language(): Language
  setLanguage(language: Language): void
  format(): Format
}

const LanguageContext = createContext<LanguageState>()

/** Of this page before anybody has chosen another one on it. */
export const firstLanguage = (): Language =>
  pickLanguage({ search: location.search, stored: readStored(), browser: navigator.languages ?? [] })

/** Keeps the chosen language in the browser and on `<html lang>`; `?lang=` in the address wins when the page loads. */
export function LanguageProvider(props: { children: JSX.Element }): JSX.Element {
  const [language, setLanguage] = createSignal(firstLanguage())
  createEffect(() => {
    document.documentElement.lang = language()
  })
  const show = (next: Language) => {
    setLanguage(next)
    store(next)
    const url = new URL(location.href)
    if (!url.searchParams.has('lang')) return
    url.searchParams.set('lang', next)
    history.replaceState(history.state, '', url)
  }
  let chosen = language()
  const choose = (next: Language) => {
    chosen = next
    const words = loadLanguage(next)
    if (words) void words.then(() => chosen === next && show(next))
    else show(next)
  }
  const format = () => createFormat(language())
  return (
    <LanguageContext.Provider value={{ language, setLanguage: choose, format }}>
      {props.children}
    </LanguageContext.Provider>
  )
}

export function useLanguage(): LanguageState {
  const state = useContext(LanguageContext)
  if (!state) throw new Error('useLanguage needs a LanguageProvider above it')
  return state
}

/** The texts of a page in the current language: `const t = useWords(wallWords)`, then `t('title')`. */
export function useWords<T extends Parameters<typeof createTranslator>[0]['en']>(words: Words<T>) {
  return createTranslator(words, useLanguage().language)
}

// A browser may refuse storage (private mode, policy); the language then lasts as long as the page.
function readStored(): string | null {
  try {
    return localStorage.getItem(STORAGE_KEY)
  } catch {
    return null
  }
}

function store(language: Language): boolean {
  try {
    localStorage.setItem(STORAGE_KEY, language)
    return true
  } catch {
    return false
  }
}
