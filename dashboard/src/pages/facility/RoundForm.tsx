import { createSignal, For, type JSX, Show } from 'solid-js'
import { ROUND_SETTINGS, type RoundSetting } from '../../../../hub/contract/vocabulary/rounds.ts'
import { TEST_KINDS, type TestKind } from '../../../../hub/contract/vocabulary/tests.ts'
import { ask } from '../../api/http.ts'
import { createAttempt } from '../../forms/createAttempt.ts'
import { createLoaded } from '../../forms/createLoaded.ts'
import { createSubmit } from '../../forms/createSubmit.ts'
import { DoneNote } from '../../forms/DoneNote.tsx'
import { InputField } from '../../forms/InputField.tsx'
import { ProblemNote } from '../../forms/ProblemNote.tsx'
import { SelectField } from '../../forms/SelectField.tsx'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { AreaName } from '../../pageKit/AreaName.tsx'
import { createAreas } from '../../places/createAreas.ts'
import { Button } from '../../ui/Button.tsx'
import { readCount } from './beds.ts'
import { CountField, RowOf } from './ReportParts.tsx'
import { facilityWords } from './words.ts'

const SHOWN = 10
type Typed = { readonly tested: string; readonly positive: string }
const NOTHING: Typed = { tested: '', positive: '' }

/** A round of active case finding in a district or sub-district, with its result by kind of test; and the last ones. */
export function RoundForm(props: { district: string; today: string }): JSX.Element {
  const t = useWords(facilityWords)
  const { format } = useLanguage()
  const places = createAreas(() => props.district)
  const [place, setPlace] = createSignal('')
  const [setting, setSetting] = createSignal<RoundSetting>('community')
  const [day, setDay] = createSignal(props.today)
  const [typed, setTyped] = createSignal<Readonly<Record<TestKind, Typed>>>({ pcr: NOTHING, atk: NOTHING })
  const [shown, setShown] = createSignal(false)
  const [said, setSaid] = createSignal('')
  const { busy, problem, send } = createSubmit()
  const attempt = createAttempt()
  const [loaded, again] = createLoaded(
    () => props.district,
    (area) => ask('GET /api/rounds', { query: { area, limit: SHOWN } }),
  )
  const rounds = () => {
    const answer = loaded()
    return answer.kind === 'there' ? answer.value.rounds : []
  }
  const results = () =>
    TEST_KINDS.flatMap((kind) => {
      const { tested, positive } = typed()[kind]
      if (tested.trim() === '' && positive.trim() === '') return []
      return [
        { kind, tested: readCount(tested) ?? 0, positive: positive.trim() === '' ? 0 : (readCount(positive) ?? -1) },
      ]
    })
  const wrong = () =>
    results().length === 0 || results().some(({ tested, positive }) => tested < 1 || positive < 0 || positive > tested)
  const change = (kind: TestKind, part: Partial<Typed>) =>
    setTyped((all) => ({ ...all, [kind]: { ...all[kind], ...part } }))

  async function submit(event: Event): Promise<void> {
    event.preventDefault()
    setShown(true)
    setSaid('')
    if (wrong() || day() === '' || day() > props.today) return
    const body = { area: place() || props.district, setting: setting(), day: day(), results: results() }
    await send(async () => {
      await ask('POST /api/rounds', { body, key: attempt.keyOf(body) })
      attempt.answered()
      setSaid(t('rounds.sent'))
      setTyped({ pcr: NOTHING, atk: NOTHING })
      setShown(false)
      again()
    })
  }

  return (
    <form class="desk-card" onSubmit={(event) => void submit(event)} noValidate>
      <div>
        <h2>{t('rounds.title')}</h2>
        <p class="desk-muted">{t('rounds.lead')}</p>
      </div>
      <div class="desk-pair">
        <SelectField
          label={t('rounds.setting')}
          name="setting"
          options={ROUND_SETTINGS}
          value={setting()}
          text={(each) => t(`rounds.settings.${each}`)}
          onChange={setSetting}
        />
        <SelectField
          label={t('rounds.place')}
          name="round-place"
          options={['', ...places.options()]}
          value={place()}
          text={(code) => (code === '' ? t('rounds.whole') : places.name(code))}
          onChange={setPlace}
        />
        <InputField
          label={t('doses.day')}
          type="date"
          max={props.today}
          value={day()}
          error={shown() && (day() === '' || day() > props.today) ? t('doses.notYet') : undefined}
          onText={setDay}
        />
      </div>
      <For each={TEST_KINDS}>
        {(kind) => (
          <RowOf what={t(`tests.${kind}`)} where={<AreaName code={props.district} />} day={day()} class="desk-pair">
            <CountField
              label={t('tests.tested')}
              value={typed()[kind].tested}
              onChange={(tested) => change(kind, { tested })}
              live
            />
            <CountField
              label={t('tests.positive')}
              value={typed()[kind].positive}
              onChange={(positive) => change(kind, { positive })}
              live
            />
          </RowOf>
        )}
      </For>
      <ProblemNote text={shown() && wrong() ? t('rounds.wrong') : undefined} />
      <ProblemNote text={problem()?.text} />
      <Button type="submit" kind="primary" busy={busy()}>
        {t('rounds.send')}
      </Button>
      <DoneNote text={said()} />
      <Show when={rounds().length > 0}>
        <h3>{t('rounds.last')}</h3>
        <ul class="round-list">
          <For each={rounds()}>
            {(round) => (
              <li data-round={round.id}>
                <b>{t(`rounds.settings.${round.setting}`)}</b> · <AreaName code={round.place} /> ·{' '}
                {format().day(round.day)}
                <For each={round.results}>
                  {({ kind, tested, positive }) => (
                    <small class="round-result">
                      {t(`tests.${kind}`)}:{' '}
                      {t(
                        'rounds.result',
                        format().number(positive),
                        format().number(tested),
                        format().percent(positive / tested),
                      )}
                    </small>
                  )}
                </For>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </form>
  )
}
