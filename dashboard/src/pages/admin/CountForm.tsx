import { createSignal, type JSX } from 'solid-js'
import { createSubmit } from '../../forms/createSubmit.ts'
import { ProblemNote } from '../../forms/ProblemNote.tsx'
import { useWords } from '../../i18n/language.tsx'
import { Button } from '../../ui/Button.tsx'
import { NumberField } from './NumberField.tsx'
import { adminWords } from './words.ts'

type CountFormProps = {
  /** of the field */
  readonly name: string
  /** what the count is of, and what it counts */
  readonly title: string
  readonly label: string
  readonly value: number
  /** said of what is no whole number */
  readonly noNumber: string
  save(value: number): Promise<void>
}

/** One count that is set by itself: its name, a field, a button. */
export function CountForm(props: CountFormProps): JSX.Element {
  const t = useWords(adminWords)
  const [kept, keep] = createSignal(String(props.value))
  const [typed, type] = createSignal(kept())
  const submit = createSubmit()
  const isNumber = () => /^\d{1,5}$/.test(typed().trim())
  const send = () =>
    submit.send(async () => {
      if (!isNumber()) return
      await props.save(Number(typed()))
      keep(typed())
    })
  return (
    <form
      class="threshold"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <p class="threshold-name">{props.title}</p>
      <NumberField
        name={props.name}
        label={props.label}
        of={props.title}
        inputmode="numeric"
        text={typed()}
        input={type}
      />
      <div class="threshold-actions">
        <Button type="submit" busy={submit.busy()} disabled={typed() === kept() || !isNumber()}>
          {t('thresholds.set')}
        </Button>
      </div>
      <ProblemNote text={isNumber() ? submit.problem()?.text : props.noNumber} />
    </form>
  )
}
