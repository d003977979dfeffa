import { children, createSignal, For, type JSX, onMount, Show } from 'solid-js'
import { isLanguage, type Language } from '../../../hub/contract/vocabulary/languages.ts'
import { commonWords } from '../i18n/common.ts'
import { useLanguage, useWords } from '../i18n/language.tsx'
import { LANGUAGE_NAMES } from '../i18n/languages.ts'
import { HelpButton } from '../pageHelp/HelpButton.tsx'
import { useTheme } from '../ui/theme.ts'
import { createExercise } from './exercise.ts'
import './form.css'
import { formWords } from './words.ts'

type FormPageProps = {
  languages: readonly Language[]
  /** in the place of the name and the language, for those who have more: an account */
  head?: JSX.Element
  /** below everything: what one may need at any moment */
  foot?: JSX.Element
  /** nothing is loaded: the foot stands on the first screen; elsewhere below it, where what comes moves nothing that is seen */
  complete?: boolean
  children: JSX.Element
}

/** A light, narrow page for phones: name, language, content. Says it when the operation is an exercise. */
export function FormPage(props: FormPageProps): JSX.Element {
  useTheme('light')
  const t = useWords(formWords)
  const common = useWords(commonWords)
  const exercise = createExercise()
  // What is made anew each time it is read is read once: a head has keys of its own.
  const head = children(() => props.head)
  const foot = children(() => props.foot)
  return (
    <div class="form-page">
      <a class="form-skip" href="#form-main">
        {t('skip')}
      </a>
      <Show when={!head()} fallback={head()}>
        <header class="form-head">
          <Brand />
          <LanguageSelect languages={props.languages} />
          <HelpButton />
        </header>
      </Show>
      <main class="form-main" classList={{ 'form-main-tall': !props.complete }} id="form-main">
        {props.children}
      </main>
      <footer class="form-foot">
        {foot()}
        <a class="form-link" href="/privacy">
          {common('privacy')}
        </a>
      </footer>
      <Show when={exercise()}>
        <div class="form-exercise" role="note">
          <b>{t('exercise')}</b> {t('exerciseText')}
        </div>
      </Show>
    </div>
  )
}

function Brand(): JSX.Element {
  const t = useWords(commonWords)
  return (
    <span class="form-brand">
      <svg viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="7" />
        <path d="M6 17h5l3-8 4 14 3-6h5" />
      </svg>
      {t('app')}
    </span>
  )
}

/** The system's own list: it is in large type on every phone, and shows each language by its own name. */
function LanguageSelect(props: { languages: readonly Language[] }): JSX.Element {
  const { language, setLanguage } = useLanguage()
  const t = useWords(commonWords)
  return (
    <select
      class="form-language"
      aria-label={t('language')}
      value={language()}
      onChange={({ currentTarget }) => {
        if (isLanguage(currentTarget.value)) setLanguage(currentTarget.value)
      }}
    >
      <For each={props.languages}>
        {(code) => (
          <option value={code} lang={code} selected={code === language()}>
            {LANGUAGE_NAMES[code]}
          </option>
        )}
      </For>
    </select>
  )
}

/** A heading that takes the focus when it appears, so that a screen reader says where one is; a wrong field comes first. */
export function StepHeading(props: { children: JSX.Element; lead?: string; quiet?: boolean }): JSX.Element {
  const [element, setElement] = createSignal<HTMLHeadingElement>()
  onMount(() => {
    if (props.quiet) return
    const wrong = document.querySelector<HTMLElement>('.form-page [aria-invalid="true"]')
    if (wrong) wrong.focus()
    else element()?.focus({ preventScroll: true })
  })
  return (
    <div class="form-step-head">
      <h1 ref={setElement} tabIndex={-1}>
        {props.children}
      </h1>
      <Show when={props.lead}>
        <p>{props.lead}</p>
      </Show>
    </div>
  )
}
