import { createResource, createSignal, type JSX, Show } from 'solid-js'
import { type Answer, ask } from '../../api/http.ts'
import { createSubmit } from '../../forms/createSubmit.ts'
import { InputField } from '../../forms/InputField.tsx'
import { ProblemNote } from '../../forms/ProblemNote.tsx'
import { useWords } from '../../i18n/language.tsx'
import { Secret } from '../../pageKit/Secret.tsx'
import { deskWords } from '../../pageKit/words.ts'
import { Button } from '../../ui/Button.tsx'
import { accountWords } from './words.ts'

type AddAppProps = { onAdded(recoveryCodes: readonly string[] | null): void; onClose(): void }

/** An authenticator app: a name, the square it scans, and its first code. */
export function AddApp(props: AddAppProps): JSX.Element {
  const t = useWords(accountWords)
  const desk = useWords(deskWords)
  const { busy, problem, send } = createSubmit()
  const [name, setName] = createSignal('')
  const [code, setCode] = createSignal('')
  const [tried, setTried] = createSignal(false)
  const [made, setMade] = createSignal<Answer<'POST /api/factors/totp'>>()
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    setTried(true)
    if (made() === undefined) {
      if (name().trim() !== '') void start()
    } else if (code().trim() !== '') void confirm()
  }
  const start = () =>
    send(async () => {
      setMade(await ask('POST /api/factors/totp', { body: { name: name().trim() } }))
      setTried(false)
    })
  const confirm = () =>
    send(async () => {
      const { recoveryCodes } = await ask('POST /api/factors/totp/confirm', { body: { code: code().trim() } })
      props.onAdded(recoveryCodes)
    })
  return (
    <form class="account-add" onSubmit={submit} novalidate aria-label={t('addApp')}>
      <p>{t('appText')}</p>
      <Show
        when={made()}
        fallback={
          <InputField
            label={t('name')}
            hint={t('nameHint')}
            error={tried() && name().trim() === '' ? t('nameMissing') : undefined}
            name="app-name"
            maxLength={60}
            value={name()}
            onText={setName}
          />
        }
      >
        {(app) => (
          <>
            <Square uri={app().uri} />
            <a class="button button-plain" href={app().uri}>
              {t('openApp')}
            </a>
            <Secret label={t('key')} value={app().key} />
            <InputField
              label={t('code')}
              error={tried() && code().trim() === '' ? t('codeMissing') : undefined}
              name="app-code"
              inputmode="numeric"
              autocomplete="one-time-code"
              maxLength={12}
              value={code()}
              onText={setCode}
            />
          </>
        )}
      </Show>
      <ProblemNote text={problem()?.text} />
      <div class="desk-buttons">
        <Button type="submit" kind="primary" busy={busy()}>
          {made() === undefined ? t('appStart') : t('confirm')}
        </Button>
        <Button onClick={() => props.onClose()}>{desk('cancel')}</Button>
      </div>
    </form>
  )
}

/** As an SVG made in the page: no address of it leaves. */
function Square(props: { uri: string }): JSX.Element {
  const t = useWords(accountWords)
  const [path] = createResource(
    () => props.uri,
    async (uri) => (await import('./squarePath.ts')).squarePath(uri),
  )
  return (
    <Show when={path.latest}>
      {(square) => (
        <svg
          class="account-square"
          viewBox={`0 0 ${square().size} ${square().size}`}
          role="img"
          aria-label={t('square')}
        >
          <path d={square().path} />
        </svg>
      )}
    </Show>
  )
}
