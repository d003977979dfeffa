import { createMemo, For, type JSX, Match, Show, Switch } from 'solid-js'
import { INDICATORS } from '../../../../../hub/contract/indicators/index.ts'
import { useIndicatorTexts } from '../../../i18n/indicatorTexts.ts'
import { useLanguage, useWords } from '../../../i18n/language.tsx'
import { createHubNow } from '../../../live/hubClock.ts'
import { useListHref } from '../../../panels/ListLink.tsx'
import { indicatorListed } from '../../../panels/lists.ts'
import { numberRows } from '../../../panels/numberRows.ts'
import { type Part, useSubject } from '../../../panels/subject.tsx'
import { useOptionText } from '../../../panels/useOptionText.ts'
import { useTone } from '../../../panels/useThresholds.ts'
import { useValueText } from '../../../panels/valueText.ts'
import { createYesterday, type Yesterday } from './createYesterday.ts'
import { Line, Question, Unread } from './Question.tsx'
import { briefWords } from './words.ts'
import { type Worse, worseNumbers } from './worse.ts'

const SHOWN = 3
const LOOK_EVERY_MS = 20_000

/** Every number of the dictionary against itself, one day of the operation before. @param of a district, or the whole */
export function WorseAnswer(props: { of: Part | undefined }): JSX.Element {
  const t = useWords(briefWords)
  const { format } = useLanguage()
  const subject = useSubject()
  const now = createHubNow(LOOK_EVERY_MS)
  const toneOf = useTone()
  const text = useValueText()
  const yesterday = createYesterday(subject)
  const rows = numberRows(subject)
    .flatMap((family) => family.rows)
    .filter(({ id }) => props.of === undefined || INDICATORS[id].finest === 'district')
  const of = () => (props.of === undefined ? {} : { of: props.of })
  const worse = createMemo(() => {
    const mark = yesterday.mark()
    if (!mark) return []
    const past = { ...of(), day: mark.day, now: mark.at, from: mark }
    return worseNumbers(rows, {
      now: (id, asked) => subject.read(id, { ...of(), ...asked, now: now() }),
      before: (id, asked) => subject.read(id, { ...past, ...asked }),
      tone: toneOf,
      text,
    })
  })
  const tone = () => worse()[0]?.tone
  const against = ({ at }: Yesterday) => format().moment(at, now())
  return (
    <Question of="worse" tone={tone()}>
      <Switch fallback={<p>{t('reading')}</p>}>
        <Match when={yesterday.error()}>
          <Unread again={yesterday.again} />
        </Match>
        <Match when={yesterday.mark() === null}>
          <p>{t('worse.noMark')}</p>
        </Match>
        <Match when={yesterday.mark()}>
          {(mark) => (
            <Show when={worse().length > 0} fallback={<p>{t('worse.none', against(mark()))}</p>}>
              <For each={worse().slice(0, SHOWN)}>{(one) => <WorseLine one={one} of={props.of} />}</For>
              <small>
                {t('worse.against', against(mark()))}
                <Show when={worse().length > SHOWN}>
                  {' · '}
                  <a class="brief-more" href="#numbers">
                    {t('worse.more', format().number(worse().length - SHOWN))}
                  </a>
                </Show>
              </small>
            </Show>
          )}
        </Match>
      </Switch>
    </Question>
  )
}

function WorseLine(props: { one: Worse; of: Part | undefined }): JSX.Element {
  const t = useWords(briefWords)
  const texts = useIndicatorTexts()
  const option = useOptionText()
  const text = useValueText()
  const hrefOf = useListHref()
  const { today } = useSubject()
  const unit = () => INDICATORS[props.one.id].unit
  const href = () => {
    const listed = indicatorListed(props.one.id, props.one.asked, today() ?? '')
    return listed && hrefOf({ ...listed, ...(props.of && { area: props.of.code }) })
  }
  return (
    <Line href={href()}>
      <span>
        {texts().indicators[props.one.id].name}
        <Show when={option(props.one.asked)}>{(label) => <> ({label()})</>}</Show>
      </span>{' '}
      <b class={`tone-${props.one.tone}`}>
        {text(unit(), props.one.now)}{' '}
        <small>
          ({t('worse.was')} {text(unit(), props.one.before)})
        </small>
      </b>
    </Line>
  )
}
