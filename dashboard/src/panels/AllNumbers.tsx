import { createMemo, For, type JSX, Show } from 'solid-js'
import { INDICATORS, type IndicatorId } from '../../../hub/contract/indicators/index.ts'
import type { Options, Value } from '../../../hub/contract/indicators/indicator.ts'
import { useIndicatorTexts } from '../i18n/indicatorTexts.ts'
import { useLanguage, useWords } from '../i18n/language.tsx'
import { createHubNow } from '../live/hubClock.ts'
import './AllNumbers.css'
import { Definition } from './Definition.tsx'
import { ListLink } from './ListLink.tsx'
import { indicatorListed } from './lists.ts'
import { type NumberRow, numberRows } from './numberRows.ts'
import { LateLink } from './Reported.tsx'
import { useSubject } from './subject.tsx'
import { ToneMark } from './ToneMark.tsx'
import { useOptionText } from './useOptionText.ts'
import { useTone } from './useThresholds.ts'
import { useInterval, useValueText } from './valueText.ts'
import { panelWords } from './words.ts'

/** Waits and ages move by themselves. */
const LOOK_EVERY_MS = 60_000

/** Every number of the dictionary that the area has: its value, or why there is none, how much was said, and its list. */
export default function AllNumbers(props: { today: string }): JSX.Element {
  const subject = useSubject()
  const texts = useIndicatorTexts()
  const now = createHubNow(LOOK_EVERY_MS)
  return (
    <div class="numbers">
      <For each={numberRows(subject)}>
        {({ family, rows }) => (
          <section class="numbers-family">
            <h3>{texts().families[family]}</h3>
            <dl>
              <For each={rows}>{(row) => <Row row={row} today={props.today} now={now()} />}</For>
            </dl>
          </section>
        )}
      </For>
    </div>
  )
}

function Row(props: { row: NumberRow; today: string; now: number }): JSX.Element {
  const texts = useIndicatorTexts()
  const { read } = useSubject()
  const { id, asked } = props.row
  const values = createMemo(() => asked.map((options) => read(id, { ...options, now: props.now })))
  /** the one reason, where there is no value at all */
  const why = () => {
    const [first, ...rest] = values()
    if (first === undefined || first.value !== null) return undefined
    return rest.every(({ value, why }) => value === null && why === first.why) ? first.why : undefined
  }
  return (
    <div class="numbers-row" data-indicator={id}>
      <dt>
        <Definition of={[id]} asked={asked[0]}>
          {texts().indicators[id].name}
        </Definition>
      </dt>
      <dd>
        <Show
          when={why()}
          fallback={
            <For each={asked}>
              {(options, i) => <One id={id} asked={options} value={values()[i()]!} today={props.today} />}
            </For>
          }
        >
          {(reason) => <span class="numbers-none">– {texts().whys[reason()]}</span>}
        </Show>
        <Share id={id} values={values()} />
      </dd>
    </div>
  )
}

type OneProps = { id: IndicatorId; asked: Options; value: Value; today: string }

function One(props: OneProps): JSX.Element {
  const texts = useIndicatorTexts()
  const option = useOptionText()
  const text = useValueText()
  const interval = useInterval()
  const toneOf = useTone()
  const unit = () => INDICATORS[props.id].unit
  const tone = () => toneOf(props.id, props.value.value)
  const listed = () => indicatorListed(props.id, props.asked, props.today)
  const number = (value: number) => (
    <b class={`num tone-${tone()}`}>
      <ToneMark tone={tone()} />
      {text(unit(), value)}
    </b>
  )
  return (
    <span class="numbers-one">
      <Show when={option(props.asked)}>{(label) => <small>{label()} </small>}</Show>
      <Show
        when={props.value.value !== null}
        fallback={<span class="numbers-none">– {props.value.why && texts().whys[props.value.why]}</span>}
      >
        <Show when={listed()} fallback={number(props.value.value ?? 0)}>
          {(list) => <ListLink {...list()}>{number(props.value.value ?? 0)}</ListLink>}
        </Show>
        <Show when={interval(unit(), props.value)}>{(bounds) => <small> {bounds()}</small>}</Show>
        <Show when={props.value.note}>{(note) => <small> {texts().notes[note()]}</small>}</Show>
      </Show>
    </span>
  )
}

/** How much of what it adds up was said; it opens who is late. Nothing once all was. */
function Share(props: { id: IndicatorId; values: readonly Value[] }): JSX.Element {
  const t = useWords(panelWords)
  const { format } = useLanguage()
  const { adds } = INDICATORS[props.id]
  /** Beds of each level are others, and are added; doses and tests of every kind come from the same areas and days. */
  const share = createMemo(() => {
    const together = (of: readonly number[]) =>
      adds === 'beds' ? of.reduce((sum, each) => sum + each, 0) : Math.max(...of)
    return {
      parts: together(props.values.map(({ parts }) => parts)),
      reported: together(props.values.map(({ reported }) => reported)),
    }
  })
  /** An area that is its own only part says by its number whether it has reported. */
  const isShared = () => share().reported < share().parts && (adds !== 'areas' || share().parts > 1)
  return (
    <Show when={adds !== 'register' && isShared() && adds}>
      {(what) => (
        <small class="numbers-share">
          <LateLink>
            {t(
              `numbers.share.${what() as Exclude<typeof adds, 'register'>}`,
              format().number(share().reported),
              format().number(share().parts),
            )}
          </LateLink>
        </small>
      )}
    </Show>
  )
}
