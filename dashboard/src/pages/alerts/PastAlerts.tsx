import { createEffect, createSignal, For, type JSX, Match, Show, Switch } from 'solid-js'
import { alertWords } from '../../alerts/alertWords.ts'
import { useAlertName } from '../../alerts/useAlertText.ts'
import { type Answer, ask } from '../../api/http.ts'
import { useSpan } from '../../cases/speech.ts'
import { createLoaded } from '../../forms/createLoaded.ts'
import { commonWords } from '../../i18n/common.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { roleNames } from '../../i18n/roles.ts'
import { AreaName } from '../../pageKit/AreaName.tsx'
import { createPages } from '../../pageKit/createPages.ts'
import { PagedTable } from '../../pageKit/PagedTable.tsx'
import { failureOf } from '../../pageKit/problem.ts'
import { Button } from '../../ui/Button.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { ErrorState } from '../../ui/State.tsx'
import { AlertHistory } from './AlertHistory.tsx'
import { alertsWords } from './words.ts'

type Past = Answer<'GET /api/alerts'>['alerts'][number]

/** Alerts that have ended, the newest first, and how soon each owner answers. */
export function PastAlerts(props: { area: string; now: number }): JSX.Element {
  const t = useWords(alertsWords)
  // Below what is on its way there is nothing yet that it could push away.
  const [isSettled, setSettled] = createSignal(false)
  const pages = createPages(
    () => props.area,
    async (area, after) => {
      const { alerts, cursor } = await ask('GET /api/alerts', { query: { area, state: 'ended', before: after } })
      return { items: alerts, next: cursor === null ? null : String(cursor) }
    },
  )
  return (
    <>
      <AnsweringTimes area={props.area} settle={() => setSettled(true)} />
      <Show when={isSettled()}>
        <PagedTable
          pages={pages}
          columns={[t('title'), t('past.raised'), t('past.answered'), t('past.by'), t('past.ended'), '']}
          empty={t('past.empty')}
        >
          {(one) => <PastRow one={one} now={props.now} />}
        </PagedTable>
      </Show>
    </>
  )
}

function PastRow(props: { one: Past; now: number }): JSX.Element {
  const t = useWords(alertsWords)
  const words = useWords(alertWords)
  const { language, format } = useLanguage()
  const span = useSpan()
  const name = useAlertName()
  const [isOpen, setOpen] = createSignal(false)
  const { one } = props
  const moment = (at: number | null) => (at === null ? '–' : format().moment(at, props.now))
  const facility = () => one.facility?.[language() === 'th' ? 'nameTh' : 'nameEn']
  return (
    <>
      <tr>
        <th scope="row">
          {name(one)}
          <small>
            {words(`severity.${one.severity}`)} · <AreaName code={one.area} />
            <Show when={facility()}> · {facility()}</Show>
          </small>
        </th>
        <td data-label={t('past.raised')}>{moment(one.raisedAt)}</td>
        <td data-label={t('past.answered')}>
          {one.answeredAt === null ? t('past.never') : span(one.answeredAt - one.raisedAt)}
        </td>
        <td data-label={t('past.by')}>{one.holder ?? '–'}</td>
        <td data-label={t('past.ended')}>{moment(one.endedAt)}</td>
        <td>
          <Button
            aria-expanded={isOpen()}
            aria-label={`${t('history')}: ${name(one)}, ${one.area}`}
            onClick={() => setOpen(!isOpen())}
          >
            {t('history')}
          </Button>
        </td>
      </tr>
      <Show when={isOpen()}>
        <tr>
          <td colspan={6}>
            <AlertHistory id={one.id} changed="" now={props.now} />
          </td>
        </tr>
      </Show>
    </>
  )
}

function AnsweringTimes(props: { area: string; settle(): void }): JSX.Element {
  const t = useWords(alertsWords)
  const common = useWords(commonWords)
  const { language, format } = useLanguage()
  const [read, again] = createLoaded(
    () => props.area,
    (area) => ask('GET /api/alert-answers', { query: { area } }),
  )
  const owners = () => {
    const answer = read()
    return answer.kind === 'there' ? answer.value.owners : undefined
  }
  const failed = () => failureOf(read(), common)
  createEffect(() => {
    if (owners() || failed()) props.settle()
  })
  const minutes = (value: number | null) =>
    value === null ? '–' : t('times.minutes', format().number(value, value < 10 ? 1 : 0))
  return (
    <section class="desk-card">
      <h2>{t('times.title')}</h2>
      <Switch fallback={<Skeleton height="6rem" />}>
        <Match when={failed()}>{(problem) => <ErrorState text={problem().text} retry={again} />}</Match>
        <Match when={owners()}>
          {(all) => (
            <Show when={all().length > 0} fallback={<p>{t('times.none')}</p>}>
              <div class="desk-scroll">
                <table class="desk-table desk-cards">
                  <thead>
                    <tr>
                      <th scope="col">{t('times.owner')}</th>
                      <For each={['alerts', 'answered', 'inTime', 'median', 'p90'] as const}>
                        {(column) => (
                          <th scope="col" class="desk-number">
                            {t(`times.${column}`)}
                          </th>
                        )}
                      </For>
                    </tr>
                  </thead>
                  <tbody>
                    <For each={all()}>
                      {(one) => (
                        <tr data-owner={one.owner}>
                          <th scope="row">{roleNames[language() === 'th' ? 'th' : 'en'][one.owner]}</th>
                          <td class="desk-number" data-label={t('times.alerts')}>
                            {format().number(one.alerts)}
                          </td>
                          <td class="desk-number" data-label={t('times.answered')}>
                            {format().number(one.answered)}
                          </td>
                          <td class="desk-number" data-label={t('times.inTime')}>
                            {format().number(one.inTime)}
                          </td>
                          <td class="desk-number" data-label={t('times.median')}>
                            {minutes(one.medianMinutes)}
                          </td>
                          <td class="desk-number" data-label={t('times.p90')}>
                            {minutes(one.p90Minutes)}
                          </td>
                        </tr>
                      )}
                    </For>
                  </tbody>
                </table>
              </div>
            </Show>
          )}
        </Match>
      </Switch>
    </section>
  )
}
