import { type JSX, Match, Switch } from 'solid-js'
import type { Delta } from '../../../../hub/wire/messages.ts'
import { rowObject } from '../../../../hub/wire/rows.ts'
import { requestJson } from '../../api/http.ts'
import { problemOf } from '../../desk/problem.ts'
import { createLoaded } from '../../forms/createLoaded.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { EmptyState, ErrorState } from '../../ui/State.tsx'
import { adminWords } from './words.ts'

const KINDS = ['live', 'drill', 'replay'] as const

async function readOperation() {
  const { r: rows } = await requestJson<Delta>('/api/situation?scope=province:00')
  const row = rows.find(([kind]) => kind === 'operation')
  return row && rowObject<'operation'>(row)
}

/** The day every screen counts by, and whether this is an exercise. Changing it stays with the hub's own machine. */
export function Operation(): JSX.Element {
  const t = useWords(adminWords)
  const { language, format } = useLanguage()
  const [read, again] = createLoaded(() => 'operation', readOperation)
  const operation = () => {
    const answer = read()
    return answer.kind === 'there' ? answer.value : undefined
  }
  const failed = () => {
    const answer = read()
    return answer.kind === 'failed' ? problemOf(answer.error, language()) : undefined
  }
  return (
    <Switch fallback={<Skeleton height="8rem" />}>
      <Match when={failed()}>{(problem) => <ErrorState text={problem().text} retry={again} />}</Match>
      <Match when={operation()}>
        {(row) => (
          <section class="desk-card">
            <dl class="operation-facts">
              <dt>{t('operation.day')}</dt>
              <dd>{format().dayLong(String(row().day))}</dd>
              <dt>{t('operation.kind')}</dt>
              <dd>{t(`operation.${KINDS.find((kind) => kind === row().kind) ?? 'live'}`)}</dd>
              <dt>{t('operation.name')}</dt>
              <dd>{row()[language() === 'th' ? 'titleTh' : 'titleEn'] ?? '–'}</dd>
            </dl>
            <p class="desk-muted">{t('operation.text')}</p>
            <code>npm run admin -- set-day 2021-11-11</code>
          </section>
        )}
      </Match>
      <Match when={read().kind === 'there'}>
        <EmptyState title={t('operation.none')} />
      </Match>
    </Switch>
  )
}
