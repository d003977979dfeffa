import { Index, type JSX, Show } from 'solid-js'
import type { IndicatorId, Tone } from '../../../hub/contract/indicators/index.ts'
import { useWords } from '../i18n/language.tsx'
import './ClassBars.css'
import { ListLink } from './ListLink.tsx'
import type { ListMetric } from './lists.ts'
import { Num } from './Num.tsx'
import { useSubject } from './subject.tsx'
import { ToneMark } from './ToneMark.tsx'
import { useValueText } from './valueText.ts'
import { wallPanelWords } from './wallPanelWords.ts'

/** What stands in a class. `metric`: of whom there is a list; `tone`: of one in which nobody should be */
export type ClassCount = {
  readonly name: string
  readonly count: number
  readonly metric?: ListMetric
  readonly tone?: Tone
}

/** Times in classes, all of them, and the two that most are told by: within which half are, and nine in ten. */
export function ClassBars(props: {
  classes: readonly ClassCount[]
  median: IndicatorId
  p90: IndicatorId
}): JSX.Element {
  const t = useWords(wallPanelWords)
  const { read } = useSubject()
  const text = useValueText()
  const most = () => Math.max(1, ...props.classes.map(({ count }) => count))
  const minutes = (id: IndicatorId) => {
    const { value } = read(id)
    return value === null ? '–' : text('minutes', value)
  }
  return (
    <>
      <p class="class-facts">
        <span>
          {t('classes.median')} <b>{minutes(props.median)}</b>
        </span>
        <span>
          {t('classes.p90')} <b>{minutes(props.p90)}</b>
        </span>
      </p>
      <ol class="class-bars">
        <Index each={props.classes}>{(one) => <Bar {...one()} most={most()} />}</Index>
      </ol>
    </>
  )
}

function Bar(props: ClassCount & { most: number }): JSX.Element {
  const number = () => <Num value={props.count} />
  return (
    <li class={`tone-${props.tone ?? 'normal'}`}>
      <span>
        <ToneMark tone={props.tone ?? 'normal'} />
        <Show when={props.metric} fallback={number()}>
          {(metric) => <ListLink metric={metric()}>{number()}</ListLink>}
        </Show>
      </span>
      <span class="class-bar" aria-hidden="true">
        <span style={{ height: `${(props.count / props.most) * 100}%` }} />
      </span>
      <small>{props.name}</small>
    </li>
  )
}
