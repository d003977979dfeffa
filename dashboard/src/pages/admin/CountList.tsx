import { For, type JSX, Match, Switch } from 'solid-js'
import { createLoaded } from '../../forms/createLoaded.ts'
import { commonWords } from '../../i18n/common.ts'
import { useWords } from '../../i18n/language.tsx'
import { failureOf } from '../../pageKit/problem.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { ErrorState } from '../../ui/State.tsx'

type CountListProps<T> = {
  /** of the heading */
  readonly id: string
  readonly title: string
  readonly text: string
  load(): Promise<readonly T[]>
  readonly children: (row: T) => JSX.Element
}

/** A card of counts, each with a form of its own. */
export function CountList<T>(props: CountListProps<T>): JSX.Element {
  const common = useWords(commonWords)
  const [read, again] = createLoaded(
    () => props.id,
    () => props.load(),
  )
  const rows = () => {
    const answer = read()
    return answer.kind === 'there' ? answer.value : undefined
  }
  const failed = () => failureOf(read(), common)
  return (
    <section class="desk-card thresholds" aria-labelledby={props.id}>
      <h2 id={props.id}>{props.title}</h2>
      <p class="desk-muted">{props.text}</p>
      <Switch fallback={<Skeleton height="8rem" />}>
        <Match when={failed()}>{(problem) => <ErrorState text={problem().text} retry={again} />}</Match>
        <Match when={rows()}>{(all) => <For each={all()}>{(row) => props.children(row)}</For>}</Match>
      </Switch>
    </section>
  )
}
