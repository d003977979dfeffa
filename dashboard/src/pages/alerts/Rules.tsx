import { createSignal, For, type JSX, Match, Show, Switch } from 'solid-js'
import { AlertMark } from '../../alerts/AlertMark.tsx'
import { alertWords } from '../../alerts/alertWords.ts'
import { useAlertName, useAlertNumber } from '../../alerts/useAlertText.ts'
import { ask } from '../../api/http.ts'
import { createLoaded } from '../../forms/createLoaded.ts'
import { commonWords } from '../../i18n/common.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { roleNames } from '../../i18n/roles.ts'
import { failureOf } from '../../pageKit/problem.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { ErrorState } from '../../ui/State.tsx'
import { RuleForm } from './RuleForm.tsx'
import { NEW_RULE, type Rule } from './ruleDraft.ts'
import { alertsWords } from './words.ts'

/** All rules in words; one is changed in its place. */
export function Rules(): JSX.Element {
  const t = useWords(alertsWords)
  const common = useWords(commonWords)
  const [editing, edit] = createSignal<number | 'new'>()
  const [read, again] = createLoaded(
    () => 'rules',
    () => ask('GET /api/alert-rules'),
  )
  const rules = () => {
    const answer = read()
    return answer.kind === 'there' ? answer.value.rules : undefined
  }
  const failed = () => failureOf(read(), common)
  const done = () => {
    edit()
    again()
  }
  return (
    <Switch fallback={<Skeleton height="20rem" />}>
      <Match when={failed()}>{(problem) => <ErrorState text={problem().text} retry={again} />}</Match>
      <Match when={rules()}>
        {(all) => (
          <>
            <p class="desk-muted">{t('rules.lead')}</p>
            <ul class="alert-rules">
              <For each={all()}>
                {(rule) => (
                  <li class="desk-card" data-rule={rule.id}>
                    <Show when={editing() === rule.id} fallback={<RuleLine rule={rule} edit={() => edit(rule.id)} />}>
                      <RuleForm rule={rule} done={done} cancel={() => edit()} />
                    </Show>
                  </li>
                )}
              </For>
            </ul>
            <Show when={editing() === 'new'} fallback={<Button onClick={() => edit('new')}>{t('rules.add')}</Button>}>
              <div class="desk-card" data-rule="new">
                <RuleForm draft={NEW_RULE} done={done} cancel={() => edit()} />
              </div>
            </Show>
          </>
        )}
      </Match>
    </Switch>
  )
}

function RuleLine(props: { rule: Rule; edit(): void }): JSX.Element {
  const t = useWords(alertsWords)
  const words = useWords(alertWords)
  const { language } = useLanguage()
  const name = useAlertName()
  const number = useAlertNumber()
  const { rule } = props
  const condition = () => t(`on.${rule.condition}`, number(rule.indicator, rule.bound))
  const owner = () => roleNames[language() === 'th' ? 'th' : 'en'][rule.owner]
  return (
    <div class="alert-rule">
      <AlertMark severity={rule.severity} />
      <div>
        <b>{name(rule)}</b>{' '}
        <Show when={!rule.enabled}>
          <Badge>{t('rules.off')}</Badge>
        </Show>
        <p>{t('rules.tells', condition(), words(`severity.${rule.severity}`), owner())}</p>
        <Show when={rule.nobody}>
          <p class="tone-alarm">{t('rules.nobody')}</p>
        </Show>
        <Show when={rule.problem}>{(problem) => <p class="tone-alarm">{t(`rules.problem.${problem()}`)}</p>}</Show>
      </div>
      <Button aria-label={`${t('rules.edit')}: ${name(rule)}`} onClick={() => props.edit()}>
        {t('rules.edit')}
      </Button>
    </div>
  )
}
