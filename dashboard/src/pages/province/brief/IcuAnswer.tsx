import { createMemo, type JSX, Match, Show, Switch } from 'solid-js'
import { useIndicatorTexts } from '../../../i18n/indicatorTexts.ts'
import { useLanguage, useWords } from '../../../i18n/language.tsx'
import { useListHref } from '../../../panels/ListLink.tsx'
import { useSubject } from '../../../panels/subject.tsx'
import { useTone } from '../../../panels/useThresholds.ts'
import { useInterval, useValueText } from '../../../panels/valueText.ts'
import { Line, Question } from './Question.tsx'
import { briefWords } from './words.ts'

const ICU = { level: '3' } as const

/** When beds of level 3 are full at the present trend. A district asks for its province: a trend of one ward is none. */
export function IcuAnswer(props: { wholeProvince: boolean }): JSX.Element {
  const t = useWords(briefWords)
  const texts = useIndicatorTexts()
  const { format } = useLanguage()
  const { read } = useSubject()
  const toneOf = useTone()
  const text = useValueText()
  const interval = useInterval()
  const hrefOf = useListHref()
  const full = createMemo(() => read('beds.full', ICU))
  const free = createMemo(() => read('beds.free', ICU))
  const staffed = createMemo(() => read('beds.staffed', ICU))
  const tone = () => toneOf('beds.full', full().value)
  return (
    <Question of="icu" tone={tone()}>
      <Line href={hrefOf({ metric: 'beds.available.3' })}>
        <b class={`tone-${tone()}`}>
          <Switch>
            <Match when={full().value === null}>{texts().whys[full().why ?? 'not_reported']}</Match>
            <Match when={full().value === 0}>{t('icu.full')}</Match>
            <Match when={true}>
              {t('icu.inDays', text('days', Math.ceil(full().value ?? 0)), interval('days', full()))}
            </Match>
          </Switch>
        </b>{' '}
        <Show when={free().value !== null && staffed().value !== null}>
          <small>
            {t('icu.free', format().number(free().value ?? 0), format().number(staffed().value ?? 0))}
            <Show when={props.wholeProvince}> {t('icu.province')}</Show>
          </small>
        </Show>
      </Line>
    </Question>
  )
}
