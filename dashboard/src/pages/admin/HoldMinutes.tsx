import { createSignal, For, type JSX, Match, Switch } from 'solid-js'
import { FACILITY_KIND_WORDS } from '../../../../hub/contract/vocabulary/facility-words.ts'
import { type Answer, ask } from '../../api/http.ts'
import { createLoaded } from '../../forms/createLoaded.ts'
import { createSubmit } from '../../forms/createSubmit.ts'
import { ProblemNote } from '../../forms/ProblemNote.tsx'
import { commonWords } from '../../i18n/common.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { failureOf } from '../../pageKit/problem.ts'
import { Button } from '../../ui/Button.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { ErrorState } from '../../ui/State.tsx'
import { toast } from '../../ui/Toast.tsx'
import { adminWords } from './words.ts'

type Held = Answer<'GET /api/hold-minutes'>['kinds'][number]

/** How long a bed is held for somebody who is not on the road yet, by kind of facility. */
export function HoldMinutes(): JSX.Element {
  const t = useWords(adminWords)
  const common = useWords(commonWords)
  const [read, again] = createLoaded(
    () => 'hold-minutes',
    () => ask('GET /api/hold-minutes'),
  )
  const kinds = () => {
    const answer = read()
    return answer.kind === 'there' ? answer.value.kinds : undefined
  }
  const failed = () => failureOf(read(), common)
  return (
    <section class="desk-card thresholds" aria-labelledby="hold-minutes">
      <h2 id="hold-minutes">{t('holds.title')}</h2>
      <p class="desk-muted">{t('holds.text')}</p>
      <Switch fallback={<Skeleton height="8rem" />}>
        <Match when={failed()}>{(problem) => <ErrorState text={problem().text} retry={again} />}</Match>
        <Match when={kinds()}>{(all) => <For each={all()}>{(row) => <HoldForm row={row} />}</For>}</Match>
      </Switch>
    </section>
  )
}

function HoldForm(props: { row: Held }): JSX.Element {
  const t = useWords(adminWords)
  const { language } = useLanguage()
  const { kind } = props.row
  const name = () => FACILITY_KIND_WORDS[language() === 'th' ? 'th' : 'en'][kind]
  const [kept, keep] = createSignal(String(props.row.minutes))
  const [minutes, setMinutes] = createSignal(kept())
  const submit = createSubmit()
  const isNumber = () => /^\d{1,5}$/.test(minutes().trim())
  const send = () =>
    submit.send(async () => {
      if (!isNumber()) return
      await ask('PUT /api/hold-minutes', { body: { kind, minutes: Number(minutes()) } })
      keep(minutes())
      toast(t('holds.wasSet', name()), 'good')
    })
  return (
    <form
      class="threshold"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <p class="threshold-name">{name()}</p>
      <label class="threshold-bound">
        {t('holds.minutes')}
        <span class="visually-hidden"> {name()}</span>
        <input
          name={`hold.${kind}`}
          inputmode="numeric"
          autocomplete="off"
          value={minutes()}
          onInput={({ currentTarget }) => setMinutes(currentTarget.value)}
        />
      </label>
      <div class="threshold-actions">
        <Button type="submit" busy={submit.busy()} disabled={minutes() === kept() || !isNumber()}>
          {t('thresholds.set')}
        </Button>
      </div>
      <ProblemNote text={isNumber() ? submit.problem()?.text : t('holds.noNumber')} />
    </form>
  )
}
