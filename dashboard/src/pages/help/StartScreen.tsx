import { A, useNavigate } from '@solidjs/router'
import { createSignal, For, type JSX, Show, Suspense } from 'solid-js'
import { LANGUAGES } from '../../../../hub/contract/vocabulary/languages.ts'
import { StepHeading } from '../../forms/FormPage.tsx'
import { InputField } from '../../forms/InputField.tsx'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { LANGUAGE_NAMES } from '../../i18n/languages.ts'
import type { PlaceDraft } from '../../places/place.ts'
import { Button } from '../../ui/Button.tsx'
import { part } from '../../ui/part.tsx'
import { statusAddress } from './address.ts'
import { rememberedCodes } from './remembered.ts'
import { readTrackingCode } from './trackingCode.ts'
import { nearWords, startWords } from './words.ts'

const NearYou = part(() => import('./NearYou.tsx'))

/** Each language in its own script, large: nobody has to read another one to get this far. */
export function StartScreen(props: { started: boolean; place: PlaceDraft; begin(): void }): JSX.Element {
  const t = useWords(startWords)
  const { language, setLanguage } = useLanguage()
  return (
    <>
      <StepHeading lead={t('lead')} quiet>
        {t('title')}
      </StepHeading>
      <fieldset class="help-languages">
        <legend>{t('choose')}</legend>
        <For each={LANGUAGES}>
          {(code) => (
            <button type="button" lang={code} aria-pressed={language() === code} onClick={() => setLanguage(code)}>
              {LANGUAGE_NAMES[code]}
            </button>
          )}
        </For>
      </fieldset>
      <div class="form-actions">
        <Button kind="primary" onClick={() => props.begin()}>
          {props.started ? t('goOn') : t('begin')}
        </Button>
      </div>
      <p class="form-muted">{t('private')}</p>
      <NearDoor place={props.place} />
      <Remembered />
      <CodeEntry />
    </>
  )
}

/** Loaded when somebody wants it: the way to help stays as light as it is. */
function NearDoor(props: { place: PlaceDraft }): JSX.Element {
  const t = useWords(nearWords)
  const [wanted, setWanted] = createSignal(false)
  return (
    <Show
      when={wanted()}
      fallback={
        <Button data-near-door="" onClick={() => setWanted(true)}>
          {t('title')}
        </Button>
      }
    >
      <Suspense>
        <NearYou place={props.place} asks />
      </Suspense>
    </Show>
  )
}

function Remembered(): JSX.Element {
  const t = useWords(startWords)
  const { language } = useLanguage()
  const codes = rememberedCodes(() => localStorage)
  return (
    <Show when={codes.length > 0}>
      <section class="form-card">
        <h2>{t('mine')}</h2>
        <For each={codes}>
          {(code) => (
            <A class="help-code-link" href={statusAddress(code, language())}>
              {code}
            </A>
          )}
        </For>
      </section>
    </Show>
  )
}

/** Somebody who has asked before finds the way back. */
export function CodeEntry(): JSX.Element {
  const t = useWords(startWords)
  const { language } = useLanguage()
  const navigate = useNavigate()
  const [typed, setTyped] = createSignal('')
  const [wrong, setWrong] = createSignal(false)
  return (
    <form
      class="form-card"
      novalidate
      onSubmit={(event) => {
        event.preventDefault()
        const code = readTrackingCode(typed())
        setWrong(code === undefined)
        if (code !== undefined) navigate(statusAddress(code, language()))
      }}
    >
      <h2>{t('haveCode')}</h2>
      <InputField
        label={t('code')}
        hint={t('codeHint')}
        error={wrong() ? t('codeWrong') : undefined}
        class="help-code-input"
        type="text"
        autocomplete="off"
        autocapitalize="characters"
        spellcheck={false}
        maxLength={60}
        placeholder="XXXX-XXXX-XXXXX"
        value={typed()}
        onText={setTyped}
      />
      <Button type="submit">{t('look')}</Button>
    </form>
  )
}
