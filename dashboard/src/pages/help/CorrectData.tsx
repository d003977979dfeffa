import { createSignal, type JSX } from 'solid-js'
import { correctMyData, type MyDataState } from '../../api/myData.ts'
import { newKey } from '../../api/newKey.ts'
import { createSubmit } from '../../forms/createSubmit.ts'
import { InputField, TextAreaField } from '../../forms/InputField.tsx'
import { ProblemNote } from '../../forms/ProblemNote.tsx'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { Button } from '../../ui/Button.tsx'
import { correctionOf, EMPTY, type Typed } from './correction.ts'
import { myDataWords } from './myDataWords.ts'

type CorrectDataProps = {
  code: string
  proof: string
  onDone(state: MyDataState): void
  /** the proof holds no more: it was too old, or the phone is another now */
  onOver(): void
}

export function CorrectData(props: CorrectDataProps): JSX.Element {
  const t = useWords(myDataWords)
  const { language } = useLanguage()
  const [typed, setTyped] = createSignal(EMPTY)
  const [said, setSaid] = createSignal('')
  const { busy, problem, send } = createSubmit()
  const edit = (field: keyof Typed) => (text: string) => setTyped((now) => ({ ...now, [field]: text }))
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const correction = correctionOf(typed())
    if (correction === undefined) return
    setSaid('')
    void send(async () => {
      props.onDone(await correctMyData(props.code, language(), props.proof, newKey(), correction))
      setTyped(EMPTY)
      setSaid(t('corrected'))
      if (correction.phone !== undefined) props.onOver()
    }).then(() => {
      if (problem()?.code === 'phone_unproven') props.onOver()
    })
  }
  return (
    <form class="form-fields" novalidate onSubmit={submit}>
      <h3>{t('correct')}</h3>
      <p>{t('correctText')}</p>
      <InputField label={t('name')} maxLength={120} value={typed().name} onText={edit('name')} />
      <InputField
        label={t('phone')}
        type="tel"
        inputmode="tel"
        maxLength={40}
        value={typed().phone}
        onText={edit('phone')}
      />
      <InputField
        label={t('secondPhone')}
        type="tel"
        inputmode="tel"
        maxLength={40}
        value={typed().secondPhone}
        onText={edit('secondPhone')}
      />
      <InputField label={t('address')} maxLength={300} value={typed().address} onText={edit('address')} />
      <TextAreaField
        label={t('wish')}
        hint={t('wishHint')}
        maxLength={1000}
        value={typed().text}
        onText={edit('text')}
      />
      <ProblemNote text={problem()?.text} />
      <p role="status" class="form-muted">
        {said()}
      </p>
      <div class="form-actions">
        <Button type="submit" busy={busy()} disabled={correctionOf(typed()) === undefined}>
          {t('correctSend')}
        </Button>
      </div>
    </form>
  )
}
