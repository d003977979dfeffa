import { createSignal, For, type JSX, Match, Show, Switch } from 'solid-js'
import { replacedIn, watchesSame } from '../../../../hub/contract/alerts/own.ts'
import { NATION } from '../../../../hub/contract/vocabulary/areas.ts'
import { AlertMark } from '../../alerts/AlertMark.tsx'
import { alertWords } from '../../alerts/alertWords.ts'
import { useAlertName, useAlertNumber } from '../../alerts/useAlertText.ts'
import { ask } from '../../api/http.ts'
import { createLoaded } from '../../forms/createLoaded.ts'
import { commonWords } from '../../i18n/common.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { roleNames } from '../../i18n/roles.ts'
import { AreaName } from '../../pageKit/AreaName.tsx'
import { failureOf } from '../../pageKit/problem.ts'
import { covers } from '../../pageKit/session.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { ErrorState } from '../../ui/State.tsx'
import { RuleForm } from './RuleForm.tsx'
import { areaKindsOf, fittedTo, NEW_RULE, ownDraft, type Rule } from './ruleDraft.ts'
import { ruleWords } from './ruleWords.ts'

type RulesProps = { area: string; areas: readonly string[] }
/** What is open: a rule, a new one, or a province's own in place of a rule of the nation. */
type Editing = { readonly kind: 'rule' | 'own'; readonly id: number } | { readonly kind: 'new' }

/** The rules that count in an area, in words; one is changed in its place. */
export function Rules(props: RulesProps): JSX.Element {
  const t = useWords(ruleWords)
  const common = useWords(commonWords)
  const condition = useCondition()
  const [editing, edit] = createSignal<Editing>()
  const [read, again] = createLoaded(
    () => 'rules',
    () => ask('GET /api/alert-rules'),
  )
  const all = () => {
    const answer = read()
    return answer.kind === 'there' ? answer.value.rules : undefined
  }
  const isNation = props.area === NATION
  const inArea = (rules: readonly Rule[]) =>
    isNation ? rules : rules.filter(({ area }) => area === NATION || area === props.area)
  const failed = () => failureOf(read(), common)
  const done = () => {
    edit()
    again()
  }
  const isOpen = (kind: 'rule' | 'own', { id }: Rule) => {
    const open = editing()
    return open !== undefined && open.kind === kind && open.id === id
  }
  const mayChange = ({ area }: Rule) => (isNation ? covers(props.areas, area) : area === props.area)
  /** One of its own is enough: it is changed, then. */
  const mayHaveOwn = (rule: Rule, rules: readonly Rule[]) =>
    areaKindsOf({ ...rule, area: props.area }).includes(rule.areaKind) &&
    !rules.some((one) => one.area === props.area && watchesSame(one, rule))
  /** Of a province's rule, the nation's that it stands in place of. */
  const instead = (rule: Rule) => {
    const nations = (all() ?? []).filter((one) => one.area === NATION && one.enabled && watchesSame(one, rule))
    if (rule.area === NATION || nations.length === 0) return undefined
    return t(rule.enabled ? 'rules.instead' : 'rules.givesWay', nations.map(condition).join(' · '))
  }
  return (
    <Switch fallback={<Skeleton height="20rem" />}>
      <Match when={failed()}>{(problem) => <ErrorState text={problem().text} retry={again} />}</Match>
      <Match when={all()}>
        {(rules) => (
          <>
            <p class="desk-muted">{t('rules.lead')}</p>
            <ul class="alert-rules">
              <For each={inArea(rules())}>
                {(rule) => (
                  <li class="desk-card" data-rule={rule.id} data-area={rule.area}>
                    <Switch
                      fallback={
                        <RuleLine
                          rule={rule}
                          replaced={replacedIn(rule, rules())}
                          instead={instead(rule)}
                          area={props.area}
                        >
                          <Show
                            when={mayChange(rule)}
                            fallback={
                              <Show when={mayHaveOwn(rule, rules())}>
                                <RuleButton
                                  rule={rule}
                                  text={t('rules.ownHere')}
                                  open={() => edit({ kind: 'own', id: rule.id })}
                                />
                              </Show>
                            }
                          >
                            <RuleButton
                              rule={rule}
                              text={t('rules.edit')}
                              open={() => edit({ kind: 'rule', id: rule.id })}
                            />
                          </Show>
                        </RuleLine>
                      }
                    >
                      <Match when={isOpen('rule', rule)}>
                        <RuleForm rule={rule} instead={instead(rule)} done={done} cancel={() => edit()} />
                      </Match>
                      <Match when={isOpen('own', rule)}>
                        <RuleForm
                          draft={ownDraft(rule, props.area)}
                          instead={t('rules.instead', condition(rule))}
                          done={done}
                          cancel={() => edit()}
                        />
                      </Match>
                    </Switch>
                  </li>
                )}
              </For>
            </ul>
            <Show
              when={editing()?.kind === 'new'}
              fallback={<Button onClick={() => edit({ kind: 'new' })}>{t('rules.add')}</Button>}
            >
              <div class="desk-card" data-rule="new">
                <RuleForm draft={fittedTo(props.area, NEW_RULE)} done={done} cancel={() => edit()} />
              </div>
            </Show>
          </>
        )}
      </Match>
    </Switch>
  )
}

/** When a rule rings, in words. */
function useCondition(): (rule: Rule) => string {
  const t = useWords(ruleWords)
  const number = useAlertNumber()
  return (rule) => t(`on.${rule.condition}`, number(rule.indicator, rule.bound))
}

function RuleButton(props: { rule: Rule; text: string; open(): void }): JSX.Element {
  const name = useAlertName()
  return (
    <Button aria-label={`${props.text}: ${name(props.rule)}`} onClick={() => props.open()}>
      {props.text}
    </Button>
  )
}

type LineProps = {
  rule: Rule
  /** the provinces whose own rules stand in its place */
  replaced: ReadonlySet<string>
  instead: string | undefined
  /** of the page */
  area: string
  children: JSX.Element
}

function RuleLine(props: LineProps): JSX.Element {
  const t = useWords(ruleWords)
  const words = useWords(alertWords)
  const { language, format } = useLanguage()
  const name = useAlertName()
  const condition = useCondition()
  const { rule } = props
  const owner = () => roleNames[language() === 'th' ? 'th' : 'en'][rule.owner]
  const elsewhere = () => (props.area === NATION ? props.replaced.size : 0)
  return (
    <div class="alert-rule">
      <AlertMark severity={rule.severity} />
      <div>
        <b>{name(rule)}</b>{' '}
        <Show when={rule.area !== NATION}>
          <Badge>
            <Show when={props.area === NATION} fallback={t('rules.isOwn')}>
              <AreaName code={rule.area} />
            </Show>
          </Badge>{' '}
        </Show>
        <Show when={!rule.enabled}>
          <Badge>{t('rules.off')}</Badge>
        </Show>
        <p>{t('rules.tells', condition(rule), words(`severity.${rule.severity}`), owner())}</p>
        <Show when={props.instead}>{(text) => <p>{text()}</p>}</Show>
        <Show when={props.replaced.has(props.area)}>
          <p>{t('rules.replaced')}</p>
        </Show>
        <Show when={elsewhere() > 0}>
          <p>{t('rules.replacedIn', format().number(elsewhere()), elsewhere() === 1)}</p>
        </Show>
        <Show when={rule.nobody}>
          <p class="tone-alarm">{t('rules.nobody')}</p>
        </Show>
        <Show when={rule.problem}>{(problem) => <p class="tone-alarm">{t(`rules.problem.${problem()}`)}</p>}</Show>
      </div>
      {props.children}
    </div>
  )
}
