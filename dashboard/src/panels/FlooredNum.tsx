import { type JSX, Match, Switch } from 'solid-js'
import { useLanguage, useWords } from '../i18n/language.tsx'
import { Num } from './Num.tsx'
import type { Floor } from './readings.ts'
import { panelWords } from './words.ts'

type FlooredNumProps = { value: number | null; floor: Floor | undefined; percent?: boolean; digits?: number }

/** A number of a district as who looks may see it: as it is, or "≥ 10" and "< 5" without an account. */
export function FlooredNum(props: FlooredNumProps): JSX.Element {
  const text = useFlooredText()
  return (
    <Switch fallback={<Num value={props.value} percent={props.percent ?? false} digits={props.digits ?? 0} />}>
      <Match when={props.floor}>{(floor) => <span class="num">{text(floor(), props.value)}</span>}</Match>
    </Switch>
  )
}

/** "≥ 10"; of none "< 5", and of days "< 5 a day". */
export function useFlooredText(): (floor: Floor, value: number | null) => string {
  const t = useWords(panelWords)
  const { format } = useLanguage()
  return (floor, value) => (value ? `≥ ${format().number(value)}` : t(`few.${floor}`))
}
