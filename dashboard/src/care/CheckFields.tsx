import { type JSX, onMount } from 'solid-js'
import { FEELINGS } from '../../../hub/contract/vocabulary/care.ts'
import { RadioChoices } from '../forms/Choices.tsx'
import { InputField } from '../forms/InputField.tsx'
import { useWords } from '../i18n/language.tsx'
import './care.css'
import { checkWords } from './careWords.ts'
import type { CheckDraft, CheckProblem } from './checkDraft.ts'

type CheckFieldsProps = {
  draft: CheckDraft
  problems: readonly CheckProblem[]
  edit(change: Partial<CheckDraft>): void
  /** whoever opens the form to type begins with the oximeter */
  focused?: boolean
}

/** SpO₂, temperature, how are you. Enter leads from one number to the next, so that a check is typed in one go. */
export function CheckFields(props: CheckFieldsProps): JSX.Element {
  const t = useWords(checkWords)
  let fields!: HTMLDivElement
  const input = (name: string) => fields.querySelector<HTMLInputElement>(`input[name="${name}"]`)
  const onEnter = (event: KeyboardEvent, next: () => HTMLElement | null) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    next()?.focus()
  }
  onMount(() => {
    if (props.focused) input('spo2')?.focus()
  })
  const wrong = (field: CheckProblem) => props.problems.includes(field)
  return (
    <div class="form-fields check-fields" ref={fields}>
      <div class="check-numbers">
        <InputField
          label={t('spo2')}
          name="spo2"
          inputmode="numeric"
          autocomplete="off"
          enterkeyhint="next"
          maxLength={3}
          value={props.draft.spo2}
          error={wrong('spo2') ? t('spo2Wrong') : undefined}
          onKeyDown={(event) => onEnter(event, () => input('temperature'))}
          onText={(spo2) => props.edit({ spo2 })}
        />
        <InputField
          label={t('temperature')}
          name="temperature"
          inputmode="decimal"
          autocomplete="off"
          enterkeyhint="next"
          maxLength={5}
          value={props.draft.temperature}
          error={wrong('temperature') ? t('temperatureWrong') : undefined}
          onKeyDown={(event) => onEnter(event, () => fields.querySelector<HTMLElement>('input[type="radio"]'))}
          onText={(temperature) => props.edit({ temperature })}
        />
      </div>
      <RadioChoices
        legend={t('feel')}
        look="lines"
        options={FEELINGS}
        label={(feeling) => t(`feeling.${feeling}`)}
        value={props.draft.feeling}
        error={wrong('feeling') ? t('feelingRequired') : undefined}
        onPick={(feeling) => props.edit({ feeling })}
      />
    </div>
  )
}
