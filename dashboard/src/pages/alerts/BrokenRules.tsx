import { A } from '@solidjs/router'
import { type JSX, Show } from 'solid-js'
import { NATION } from '../../../../hub/contract/vocabulary/areas.ts'
import { ask } from '../../api/http.ts'
import { createLoaded } from '../../forms/createLoaded.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { ruleWords } from './ruleWords.ts'

/** That rules of an area ring for nobody: those that cannot be computed, and those whose role has no people. */
export function BrokenRules(props: { area: string }): JSX.Element {
  const t = useWords(ruleWords)
  const { format } = useLanguage()
  const [read] = createLoaded(
    () => props.area,
    () => ask('GET /api/alert-rules'),
  )
  const broken = () => {
    const answer = read()
    if (answer.kind !== 'there') return 0
    const counts = (area: string) => props.area === NATION || area === NATION || area === props.area
    const rules = answer.value.rules.filter(({ area, enabled }) => enabled && counts(area))
    return rules.filter(({ problem, nobody }) => problem !== null || nobody).length
  }
  return (
    <Show when={broken() > 0}>
      <p class="alerts-broken">
        <A href={`/alerts?area=${props.area}&tab=rules`}>
          {t('rules.broken', format().number(broken()), broken() === 1)}
        </A>
      </p>
    </Show>
  )
}
