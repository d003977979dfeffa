import { createSignal, type JSX, Show } from 'solid-js'
import { checkMyself, type HelpStatus } from '../../api/help.ts'
import { CheckFields } from '../../care/CheckFields.tsx'
import { checkWords } from '../../care/careWords.ts'
import { type CheckDraft, type CheckProblem, EMPTY_CHECK, isProblems, readCheck } from '../../care/checkDraft.ts'
import { deviceNow } from '../../clock.ts'
import { createAttempt } from '../../forms/createAttempt.ts'
import { createSubmit } from '../../forms/createSubmit.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { Button } from '../../ui/Button.tsx'

type OwnCheckProps = { code: string; lastAt: number | null; onStatus(status: HelpStatus): void }

/** In care at home: the person says how they are. Whoever is worse is seen by those who look after them at once. */
export function OwnCheck(props: OwnCheckProps): JSX.Element {
  const t = useWords(checkWords)
  const { language, format } = useLanguage()
  const [draft, setDraft] = createSignal<CheckDraft>(EMPTY_CHECK)
  const [problems, setProblems] = createSignal<readonly CheckProblem[]>([])
  const [sent, setSent] = createSignal(false)
  const attempt = createAttempt()
  const submit = createSubmit()
  const isShort = () => draft().feeling === 'breathless' || draft().feeling === 'cannot_finish_sentence'

  async function send(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const values = readCheck(draft())
    setSent(false)
    if (isProblems(values)) return void setProblems(values)
    setProblems([])
    if (submit.busy()) return
    await submit.send(async () => {
      props.onStatus(await checkMyself(props.code, language(), attempt.keyOf(values), values))
      attempt.answered()
      setDraft(EMPTY_CHECK)
      setSent(true)
    })
  }
  return (
    <form class="form-card help-check" novalidate onSubmit={send}>
      <h2>{t('title')}</h2>
      <Show when={props.lastAt}>
        {(at) => <p class="form-muted">{t('lastAt', format().moment(at(), deviceNow()))}</p>}
      </Show>
      <CheckFields
        draft={draft()}
        problems={problems()}
        edit={(change) => setDraft((now) => ({ ...now, ...change }))}
      />
      <Show when={isShort()}>
        <p class="field-error" role="alert">
          {t('emergency')}
        </p>
      </Show>
      <Show when={submit.problem()}>
        {(problem) => (
          <p class="field-error" role="alert">
            {problem().text}
          </p>
        )}
      </Show>
      <p role="status" class="form-muted">
        {sent() ? t('sent') : ''}
      </p>
      <Button type="submit" kind="primary" busy={submit.busy()}>
        {t('send')}
      </Button>
    </form>
  )
}
