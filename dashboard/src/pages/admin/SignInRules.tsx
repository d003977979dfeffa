import { createEffect, createSignal, For, type JSX, Match, Show, Switch } from 'solid-js'
import { type Answer, ask } from '../../api/http.ts'
import { createLoaded } from '../../forms/createLoaded.ts'
import { createSubmit } from '../../forms/createSubmit.ts'
import { ProblemNote } from '../../forms/ProblemNote.tsx'
import { commonWords } from '../../i18n/common.ts'
import { bangkokDay } from '../../i18n/format.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { failureOf } from '../../pageKit/problem.ts'
import { sessionWords } from '../../session/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { ErrorState } from '../../ui/State.tsx'
import { toast } from '../../ui/Toast.tsx'
import { NumberField } from './NumberField.tsx'
import { SignInSettings } from './SignInSettings.tsx'
import { signInRuleWords } from './signInWords.ts'

type Rules = Answer<'GET /api/sign-in-rules'>
type Rule = Rules['rules'][number]

/** Of which role a second factor is demanded, from when, and when its sessions end. */
export function SignInRules(): JSX.Element {
  const t = useWords(signInRuleWords)
  const common = useWords(commonWords)
  const [read, again] = createLoaded(
    () => 'rules',
    () => ask('GET /api/sign-in-rules'),
  )
  const [rules, take] = createSignal<Rules>()
  createEffect(() => {
    const answer = read()
    if (answer.kind === 'there') take(answer.value)
  })
  return (
    <Switch fallback={<Skeleton height="20rem" />}>
      <Match when={rules()}>
        {(all) => (
          <>
            <section class="desk-card thresholds" aria-labelledby="sign-in-rules">
              <h2 id="sign-in-rules">{t('title')}</h2>
              <p class="desk-muted">{t('text')}</p>
              <For each={all().rules}>{(rule) => <RuleForm rule={rule} />}</For>
            </section>
            <SignInSettings settings={all()} />
          </>
        )}
      </Match>
      <Match when={failureOf(read(), common)}>{(problem) => <ErrorState text={problem().text} retry={again} />}</Match>
    </Switch>
  )
}

const isCount = (text: string, min: number, max: number) =>
  /^\d{1,5}$/.test(text.trim()) && Number(text) >= min && Number(text) <= max

/** The Bangkok day of it, as a date field has it. */
const dayOf = (iso: string | null) => (iso === null ? '' : bangkokDay(Date.parse(iso)))

function RuleForm(props: { rule: Rule }): JSX.Element {
  const t = useWords(signInRuleWords)
  const roles = useWords(sessionWords)
  const { format } = useLanguage()
  const submit = createSubmit()
  const [kept, keep] = createSignal(props.rule)
  const [day, setDay] = createSignal(dayOf(props.rule.factorFrom))
  const [idle, setIdle] = createSignal(String(props.rule.idleMinutes))
  const [life, setLife] = createSignal(String(props.rule.lifeHours))
  const role = () => roles(`role.${props.rule.role}`)
  const fits = () => isCount(idle(), 5, 10_080) && isCount(life(), 1, 720)
  const isChanged = () =>
    day() !== dayOf(kept().factorFrom) || idle() !== String(kept().idleMinutes) || life() !== String(kept().lifeHours)
  /** a day that stands is the moment it was; another begins at midnight in Bangkok */
  const factorFrom = () => {
    if (day() === '') return null
    return day() === dayOf(kept().factorFrom) ? kept().factorFrom : `${day()}T00:00:00+07:00`
  }
  const send = () =>
    submit.send(async () => {
      const body = {
        role: props.rule.role,
        factorFrom: factorFrom(),
        idleMinutes: Number(idle()),
        lifeHours: Number(life()),
      }
      const { rules } = await ask('PUT /api/sign-in-rules', { body })
      const now = rules.find((rule) => rule.role === props.rule.role)
      if (now) keep(now)
      toast(t('wasSet', role()), 'good')
    })
  return (
    <form
      class="threshold"
      onSubmit={(event) => {
        event.preventDefault()
        if (fits()) void send()
      }}
    >
      <p class="threshold-name">
        {role()}
        <small class="desk-muted">
          {' '}
          {t('have', format().number(kept().withFactor), format().number(kept().accounts))}
        </small>
      </p>
      <label class="threshold-bound">
        {t('factorFrom')}
        <span class="visually-hidden">
          {' '}
          {role()}. {t('never')}
        </span>
        <input
          type="date"
          name={`factor.${props.rule.role}`}
          value={day()}
          onInput={({ currentTarget }) => setDay(currentTarget.value)}
        />
      </label>
      <NumberField
        name={`idle.${props.rule.role}`}
        label={t('idle')}
        of={role()}
        inputmode="numeric"
        text={idle()}
        input={setIdle}
      />
      <NumberField
        name={`life.${props.rule.role}`}
        label={t('life')}
        of={role()}
        inputmode="numeric"
        text={life()}
        input={setLife}
      />
      <div class="threshold-actions">
        <Button type="submit" busy={submit.busy()} disabled={!isChanged() || !fits()}>
          {t('set')}
        </Button>
      </div>
      <Show when={fits()} fallback={<ProblemNote text={t('wrong')} />}>
        <ProblemNote text={submit.problem()?.text} />
      </Show>
    </form>
  )
}
