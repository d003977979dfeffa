import { createSignal, type JSX, Show } from 'solid-js'
import { RESOURCE_KINDS, type ResourceKind } from '../../../../hub/contract/vocabulary/resources.ts'
import { ask } from '../../api/http.ts'
import { createAttempt } from '../../forms/createAttempt.ts'
import { createSubmit } from '../../forms/createSubmit.ts'
import { ProblemNote } from '../../forms/ProblemNote.tsx'
import { SelectField } from '../../forms/SelectField.tsx'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { createAreas } from '../../places/createAreas.ts'
import { Button } from '../../ui/Button.tsx'
import { readCount } from '../facility/beds.ts'
import { CountField } from '../facility/ReportParts.tsx'
import './resources.css'
import { resourceWords } from './words.ts'

const QUANTITY_MAX = 100_000

type AskFormProps = {
  /** whom it is for: a facility, or a community of the province */
  for: { readonly facility: string } | { readonly province: string; readonly district: string }
  done(): void
}

/** Asks for resources: what, how many, for whom. No free words, so that nobody is named in it. */
export function AskForm(props: AskFormProps): JSX.Element {
  const t = useWords(resourceWords)
  const { format } = useLanguage()
  const province = () => ('province' in props.for ? props.for.province : '')
  const [kind, setKind] = createSignal<ResourceKind>('oxygen')
  const [quantity, setQuantity] = createSignal('')
  const [urgent, setUrgent] = createSignal(false)
  const [district, setDistrict] = createSignal('district' in props.for ? props.for.district : '')
  const [place, setPlace] = createSignal('')
  const [shown, setShown] = createSignal(false)
  const [said, setSaid] = createSignal('')
  const { busy, problem, send } = createSubmit()
  const attempt = createAttempt()
  const count = () => readCount(quantity()) ?? 0
  const wrong = () => count() < 1 || count() > QUANTITY_MAX
  const chosen = () => district() || districts.options()[0] || ''
  const districts = createAreas(province)
  const places = createAreas(() => (province() === '' ? '' : chosen()))

  async function submit(event: Event): Promise<void> {
    event.preventDefault()
    setShown(true)
    setSaid('')
    if (wrong()) return
    const whom = 'facility' in props.for ? { facility: Number(props.for.facility) } : { area: place() || chosen() }
    const body = { kind: kind(), quantity: count(), urgent: urgent(), ...whom }
    await send(async () => {
      await ask('POST /api/resources', { body, key: attempt.keyOf(body) })
      attempt.answered()
      setSaid(t('ask.sent', `${t(`kind.${body.kind}`)} ${format().number(body.quantity)} ${t(`unit.${body.kind}`)}`))
      setQuantity('')
      setUrgent(false)
      setShown(false)
      props.done()
    })
  }

  return (
    <form class="resource-form" onSubmit={(event) => void submit(event)} noValidate>
      <SelectField
        label={t('ask.kind')}
        name="kind"
        options={RESOURCE_KINDS}
        value={kind()}
        text={(each) => t(`kind.${each}`)}
        onChange={setKind}
      />
      <CountField
        label={t('ask.quantity', t(`unit.${kind()}`))}
        value={quantity()}
        error={shown() && wrong() ? t('ask.number') : undefined}
        onChange={setQuantity}
        live
      />
      <Show when={province() !== ''}>
        <SelectField
          label={t('ask.district')}
          name="district"
          options={districts.options()}
          value={chosen()}
          text={districts.name}
          onChange={(code) => {
            setDistrict(code)
            setPlace('')
          }}
        />
        <SelectField
          label={t('ask.place')}
          name="place"
          options={['', ...places.options()]}
          value={place()}
          text={(code) => (code === '' ? t('ask.whole') : places.name(code))}
          onChange={setPlace}
        />
      </Show>
      <label class="desk-check">
        <input type="checkbox" checked={urgent()} onChange={({ currentTarget }) => setUrgent(currentTarget.checked)} />
        {t('ask.urgent')}
      </label>
      <ProblemNote text={problem()?.text} />
      <Button type="submit" kind="primary" busy={busy()}>
        {t('ask.send')}
      </Button>
      <Show when={said()}>
        <p class="desk-done" role="status">
          {said()}
        </p>
      </Show>
    </form>
  )
}
