import { createSignal, For, type JSX, Match, Show, Switch } from 'solid-js'
import { FAMILIES, type Family, INDICATORS } from '../../../../hub/contract/indicators/index.ts'
import { type Answer, ask } from '../../api/http.ts'
import { createLoaded } from '../../forms/createLoaded.ts'
import { createSubmit } from '../../forms/createSubmit.ts'
import { ProblemNote } from '../../forms/ProblemNote.tsx'
import { commonWords } from '../../i18n/common.ts'
import { useIndicatorTexts } from '../../i18n/indicatorTexts.ts'
import { useWords } from '../../i18n/language.tsx'
import { failureOf } from '../../pageKit/problem.ts'
import { Definition } from '../../panels/Definition.tsx'
import { Button } from '../../ui/Button.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { ErrorState } from '../../ui/State.tsx'
import { toast } from '../../ui/Toast.tsx'
import { NumberField } from './NumberField.tsx'
import { boundText, readBound } from './thresholdText.ts'
import { adminWords } from './words.ts'

type Threshold = Answer<'GET /api/thresholds'>['thresholds'][number]

const FAMILY_NAMES = Object.keys(FAMILIES) as readonly Family[]

/** From where each number is worth a look, and an alarm: live on every screen, with a row of the audit log. */
export function Thresholds(): JSX.Element {
  const t = useWords(adminWords)
  const common = useWords(commonWords)
  const texts = useIndicatorTexts()
  const [read, again] = createLoaded(
    () => 'thresholds',
    () => ask('GET /api/thresholds'),
  )
  const rows = () => {
    const answer = read()
    return answer.kind === 'there' ? answer.value.thresholds : undefined
  }
  const failed = () => failureOf(read(), common)
  const ofFamily = (family: Family, all: readonly Threshold[]) =>
    all.filter(({ indicator }) => Object.hasOwn(FAMILIES[family], indicator))
  return (
    <Switch fallback={<Skeleton height="12rem" />}>
      <Match when={failed()}>{(problem) => <ErrorState text={problem().text} retry={again} />}</Match>
      <Match when={rows()}>
        {(all) => (
          <>
            <p class="desk-muted">{t('thresholds.text')}</p>
            <For each={FAMILY_NAMES}>
              {(family) => (
                <Show when={ofFamily(family, all()).length > 0}>
                  <section class="desk-card thresholds">
                    <h2>{texts().families[family]}</h2>
                    <For each={ofFamily(family, all())}>{(row) => <ThresholdForm row={row} />}</For>
                  </section>
                </Show>
              )}
            </For>
          </>
        )}
      </Match>
    </Switch>
  )
}

function ThresholdForm(props: { row: Threshold }): JSX.Element {
  const t = useWords(adminWords)
  const texts = useIndicatorTexts()
  const { indicator } = props.row
  const { unit, worse, thresholds } = INDICATORS[indicator]
  const name = () => texts().indicators[indicator].name
  const [kept, keep] = createSignal<Pick<Threshold, 'watch' | 'alarm'>>(props.row)
  const [watch, setWatch] = createSignal(boundText(unit, props.row.watch))
  const [alarm, setAlarm] = createSignal(boundText(unit, props.row.alarm))
  const submit = createSubmit()
  const isUnchanged = () => watch() === boundText(unit, kept().watch) && alarm() === boundText(unit, kept().alarm)
  const isDefault = () => watch() === boundText(unit, thresholds.watch) && alarm() === boundText(unit, thresholds.alarm)
  const wanted = () => {
    const bounds = { watch: readBound(unit, watch()), alarm: readBound(unit, alarm()) }
    const isNumber = (bound: number | null | undefined) => bound !== undefined
    return isNumber(bounds.watch) && isNumber(bounds.alarm)
      ? { watch: bounds.watch ?? null, alarm: bounds.alarm ?? null }
      : undefined
  }
  const problem = () => (wanted() === undefined ? t('thresholds.noNumber') : submit.problem()?.text)
  const send = () =>
    submit.send(async () => {
      const body = wanted()
      if (body === undefined) return
      keep(await ask('PUT /api/thresholds/{indicator}', { params: { indicator }, body }))
      toast(t('thresholds.wasSet', name()), 'good')
    })
  return (
    <form
      class="threshold"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <p class="threshold-name">
        <Definition of={[indicator]}>{name()}</Definition>
        <small>
          {texts().units[unit]} · {t(`thresholds.${worse === 'lower' ? 'lower' : 'higher'}`)}
        </small>
      </p>
      <NumberField
        inputmode="decimal"
        name={`${indicator}.watch`}
        label={t('thresholds.watch')}
        of={name()}
        text={watch()}
        input={setWatch}
      />
      <NumberField
        inputmode="decimal"
        name={`${indicator}.alarm`}
        label={t('thresholds.alarm')}
        of={name()}
        text={alarm()}
        input={setAlarm}
      />
      <div class="threshold-actions">
        <Button type="submit" busy={submit.busy()} disabled={isUnchanged() || wanted() === undefined}>
          {t('thresholds.set')}
        </Button>
        <Button
          disabled={isDefault()}
          onClick={() => {
            setWatch(boundText(unit, thresholds.watch))
            setAlarm(boundText(unit, thresholds.alarm))
          }}
        >
          {t('thresholds.default')}
        </Button>
      </div>
      <ProblemNote text={problem()} />
    </form>
  )
}
