import type { JSX } from 'solid-js'
import { StepHeading } from '../../forms/FormPage.tsx'
import { useWords } from '../../i18n/language.tsx'
import type { Field, HelpDraft } from './model.ts'
import { formStepWords } from './words.ts'

/** What every step is given. */
export type StepProps = {
  draft: HelpDraft
  edit(change: Partial<HelpDraft>): void
  errorOf(field: Field): string | undefined
}

type StepTitleProps = {
  step: 'needs' | 'condition' | 'place' | 'person'
  lead?: 'needsLead' | 'conditionLead' | 'placeLead'
}

export function StepTitle(props: StepTitleProps): JSX.Element {
  const t = useWords(formStepWords)
  return <StepHeading {...(props.lead && { lead: t(props.lead) })}>{t(props.step)}</StepHeading>
}
