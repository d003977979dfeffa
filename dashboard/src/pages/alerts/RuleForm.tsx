import { createSignal, For, type JSX, Show } from 'solid-js'
import { fittingOf, isAlertMeasure, optionsOf, ruleProblem } from '../../../../hub/contract/alerts/rules.ts'
import { INDICATORS, isIndicator } from '../../../../hub/contract/indicators/index.ts'
import { ALERT_SEVERITIES, escalatesTo, ownersIn } from '../../../../hub/contract/vocabulary/alerts.ts'
import { alertWords } from '../../alerts/alertWords.ts'
import { useAlertName } from '../../alerts/useAlertText.ts'
import { ask } from '../../api/http.ts'
import { createAttempt } from '../../forms/createAttempt.ts'
import { createSubmit } from '../../forms/createSubmit.ts'
import { InputField } from '../../forms/InputField.tsx'
import { ProblemNote } from '../../forms/ProblemNote.tsx'
import { SelectField } from '../../forms/SelectField.tsx'
import { useIndicatorTexts } from '../../i18n/indicatorTexts.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { roleNames } from '../../i18n/roles.ts'
import { useOptionText } from '../../panels/useOptionText.ts'
import { Button } from '../../ui/Button.tsx'
import { toast } from '../../ui/Toast.tsx'
import { Backtest } from './Backtest.tsx'
import { areaKindsOf, bodyOf, draftOf, type Rule, type RuleDraft, watchableIn, watching } from './ruleDraft.ts'
import { ruleWords } from './ruleWords.ts'

/** `instead`: the nation's condition that a province's own rule stands in place of. */
type RuleFormProps = { done(): void; cancel(): void; instead?: string | undefined } & (
  | { rule: Rule; draft?: undefined }
  | { rule?: undefined; draft: RuleDraft }
)

/** Writes a rule, or changes when one rings and who answers; what it watches stays. */
export function RuleForm(props: RuleFormProps): JSX.Element {
  const t = useWords(ruleWords)
  const words = useWords(alertWords)
  const { language } = useLanguage()
  const name = useAlertName()
  const [draft, setDraft] = createSignal<RuleDraft>(props.rule ? draftOf(props.rule) : props.draft)
  const submit = createSubmit()
  const attempt = createAttempt()
  const set = (part: Partial<RuleDraft>) => setDraft({ ...draft(), ...part })
  const role = (of: keyof typeof roleNames.en) => roleNames[language() === 'th' ? 'th' : 'en'][of]
  const body = () => bodyOf(draft())
  /** Why it would ring for nobody, said while it is written. */
  const wrong = () => {
    const wanted = body()
    if (wanted === undefined) return t('rules.noNumber')
    const problem = ruleProblem({ ...draft(), ...wanted, option: draft().option, area: draft().area })
    return problem === null ? undefined : t(`rules.problem.${problem}`)
  }
  const error = (field: string) => submit.problem()?.fields[field]
  const said = (rule: Rule) =>
    rule.nobody ? toast(t('rules.savedNobody', name(rule)), 'alarm') : toast(t('rules.saved', name(rule)), 'good')
  const send = () =>
    submit.send(async () => {
      const wanted = body()
      if (wanted === undefined) return
      const key = attempt.keyOf([props.rule?.id, wanted])
      if (props.rule) {
        const { area: _, indicator: _i, option: _o, areaKind: _a, condition: _c, ...judged } = wanted
        const { rule } = await ask('POST /api/alert-rules/{id}/edit', {
          params: { id: props.rule.id },
          body: judged,
          key,
        })
        said(rule)
      } else said((await ask('POST /api/alert-rules', { body: wanted, key })).rule)
      attempt.answered()
      props.done()
    })
  type TextProps = { of: 'nameTh' | 'nameEn' | 'bound' | 'clearBound' | 'forMinutes' | 'ackMinutes'; hint?: string }
  const Text = (own: TextProps): JSX.Element => {
    const field = own.of === 'forMinutes' ? 'forSeconds' : own.of
    const isName = own.of === 'nameTh' || own.of === 'nameEn'
    return (
      <InputField
        label={t(`rules.${own.of}`)}
        hint={own.hint}
        name={own.of}
        error={error(field)}
        required
        autocomplete="off"
        inputmode={isName ? 'text' : 'decimal'}
        value={draft()[field]}
        onText={(text) => set({ [field]: text })}
      />
    )
  }
  return (
    <form
      class="alert-rule-form"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <Show when={!props.rule}>
        <WatchFields draft={draft()} change={setDraft} />
      </Show>
      <Show when={props.instead}>{(text) => <p class="alert-rule-instead">{text()}</p>}</Show>
      <Text of="nameTh" />
      <Text of="nameEn" />
      <Text of="bound" hint={t('rules.boundHint', useUnit(draft))} />
      <Text of="clearBound" hint={t('rules.boundHint', useUnit(draft))} />
      <Text of="forMinutes" />
      <SelectField
        label={t('rules.severity')}
        name="severity"
        options={ALERT_SEVERITIES.toReversed()}
        value={draft().severity}
        text={(each) => words(`severity.${each}`)}
        onChange={(severity) => set({ severity })}
      />
      <SelectField
        label={t('rules.owner')}
        name="owner"
        options={ownersIn(draft().area)}
        value={draft().owner}
        text={role}
        onChange={(owner) => set({ owner, escalateTo: null })}
      />
      <Text of="ackMinutes" />
      <SelectField
        label={t('rules.escalateTo')}
        name="escalateTo"
        error={error('escalateTo')}
        options={[undefined, ...escalatesTo(draft().owner)]}
        value={draft().escalateTo ?? undefined}
        text={(each) => (each === undefined ? t('rules.nobodyElse') : role(each))}
        onChange={(each) => set({ escalateTo: each ?? null })}
      />
      <For each={['sound', 'enabled'] as const}>
        {(flag) => (
          <label class="alert-rule-flag">
            <input
              type="checkbox"
              name={flag}
              checked={draft()[flag]}
              onChange={({ currentTarget }) => set({ [flag]: currentTarget.checked })}
            />
            {t(`rules.${flag}`)}
          </label>
        )}
      </For>
      <Backtest body={wrong() === undefined ? body() : undefined} />
      <ProblemNote text={wrong() ?? submit.problem()?.text} />
      <div class="desk-buttons">
        <Button onClick={() => props.cancel()}>{t('rules.cancel')}</Button>
        <Button type="submit" kind="primary" busy={submit.busy()} disabled={wrong() !== undefined}>
          {t('rules.save')}
        </Button>
      </div>
    </form>
  )
}

/** The unit in which the bounds of a draft are written. */
function useUnit(draft: () => RuleDraft): string {
  const t = useWords(ruleWords)
  const texts = useIndicatorTexts()
  const { indicator } = draft()
  if (isAlertMeasure(indicator)) return t(`measureUnit.${indicator}`)
  if (!isIndicator(indicator)) return ''
  const { unit } = INDICATORS[indicator]
  return unit === 'share' || unit === 'change' ? t('percent') : texts().units[unit]
}

/** What a new rule watches: of each choice only what fits the one before. */
function WatchFields(props: { draft: RuleDraft; change(draft: RuleDraft): void }): JSX.Element {
  const t = useWords(ruleWords)
  const texts = useIndicatorTexts()
  const option = useOptionText()
  const fitting = () => fittingOf(props.draft.indicator)
  const set = (part: Partial<RuleDraft>) => props.change({ ...props.draft, ...part })
  const watched = (id: string) =>
    isAlertMeasure(id) ? t(`measure.${id}`) : isIndicator(id) ? texts().indicators[id].name : id
  const optionName = (value: string) => {
    const { indicator } = props.draft
    const by = isIndicator(indicator) ? INDICATORS[indicator].by : undefined
    return (by && option({ [by]: by === 'dose' ? Number(value) : value })) || value
  }
  return (
    <>
      <SelectField
        label={t('rules.indicator')}
        name="indicator"
        options={watchableIn(props.draft.area)}
        value={props.draft.indicator}
        text={watched}
        onChange={(indicator) => props.change(watching(props.draft, indicator))}
      />
      <Show when={optionsOf(props.draft.indicator).length > 1}>
        <SelectField
          label={t('rules.option')}
          name="option"
          options={optionsOf(props.draft.indicator).map((each) => each ?? undefined)}
          value={props.draft.option ?? undefined}
          text={(each) => (each === undefined ? t('rules.noOption') : optionName(each))}
          onChange={(each) => set({ option: each ?? null })}
        />
      </Show>
      <SelectField
        label={t('rules.areaKind')}
        name="areaKind"
        options={areaKindsOf(props.draft)}
        value={props.draft.areaKind}
        text={(each) => t(`kind.${each}`)}
        onChange={(areaKind) => set({ areaKind })}
      />
      <SelectField
        label={t('rules.condition')}
        name="condition"
        options={fitting()?.conditions ?? []}
        value={props.draft.condition}
        text={(each) => t(`condition.${each}`)}
        onChange={(condition) => set({ condition })}
      />
    </>
  )
}
