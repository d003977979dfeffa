import { type JSX, Show } from 'solid-js'
import { NEED_KINDS, type NeedKind } from '../../../hub/contract/vocabulary/needs.ts'
import { RISKS_608, type Risk608, type Symptom } from '../../../hub/contract/vocabulary/people.ts'
import { caseWords } from '../i18n/caseWords.ts'
import { useWords } from '../i18n/language.tsx'
import { CheckChoices } from './Choices.tsx'
import { NeedIcon } from './needIcons.tsx'
import { toggled, toggleSymptom } from './toggled.ts'

type TicksProps<T> = {
  legend: string
  legendHidden?: boolean
  value: readonly T[]
  error?: string | undefined
  onChange(value: readonly T[]): void
}

/** What is needed, as tiles. */
export function NeedChoices(props: TicksProps<NeedKind> & { options?: readonly NeedKind[] }): JSX.Element {
  const t = useWords(caseWords)
  return (
    <CheckChoices
      {...props}
      look="tiles"
      options={props.options ?? NEED_KINDS}
      label={(kind) => t(`need.${kind}`)}
      icon={(kind) => <NeedIcon kind={kind} />}
      onToggle={(kind, on) => props.onChange(toggled(props.value, kind, on))}
    />
  )
}

/** Why somebody belongs to group 608. */
export function RiskChoices(props: TicksProps<Risk608>): JSX.Element {
  const t = useWords(caseWords)
  return (
    <CheckChoices
      {...props}
      options={RISKS_608}
      label={(risk) => t(`risk.${risk}`)}
      onToggle={(risk, on) => props.onChange(toggled(props.value, risk, on))}
    />
  )
}

export type Condition = { readonly symptoms: readonly Symptom[]; readonly risks: readonly Risk608[] }

type ConditionChoicesProps = {
  legend(of: 'danger' | 'risks'): string
  danger: readonly Symptom[]
  /** what is offered beside the signs of danger */
  others?: { readonly legend: string; readonly symptoms: readonly Symptom[] }
  value: Condition
  onChange(change: Partial<Condition>): void
  /** shown behind the signs of danger */
  children?: JSX.Element
}

/** How a person is: signs of danger, other symptoms, risks of group 608. */
export function ConditionChoices(props: ConditionChoicesProps): JSX.Element {
  const t = useWords(caseWords)
  const Symptoms = (own: { legend: string; options: readonly Symptom[]; look?: 'danger' }) => (
    <CheckChoices
      {...own}
      label={(symptom) => t(`symptom.${symptom}`)}
      value={props.value.symptoms}
      onToggle={(symptom, on) => props.onChange({ symptoms: toggleSymptom(props.value.symptoms, symptom, on) })}
    />
  )
  return (
    <>
      <Symptoms legend={props.legend('danger')} look="danger" options={props.danger} />
      {props.children}
      <Show when={props.others}>{(others) => <Symptoms legend={others().legend} options={others().symptoms} />}</Show>
      <RiskChoices
        legend={props.legend('risks')}
        value={props.value.risks}
        onChange={(risks) => props.onChange({ risks })}
      />
    </>
  )
}
