import { A, useSearchParams } from '@solidjs/router'
import { createSignal, For, type JSX, Show } from 'solid-js'
import { ask } from '../../api/http.ts'
import '../../care/care.css'
import { UndoBar } from '../../cases/UndoBar.tsx'
import { type Correction, CorrectionDeeds } from '../../corrections/CorrectionDeeds.tsx'
import '../../corrections/corrections.css'
import { correctionWords } from '../../corrections/words.ts'
import { bangkokDay } from '../../i18n/format.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { hubNow } from '../../live/hubClock.ts'
import { AreaName } from '../../pageKit/AreaName.tsx'
import { AreaSwitch } from '../../pageKit/AreaSwitch.tsx'
import { createPages } from '../../pageKit/createPages.ts'
import { DeskPage, useDesk } from '../../pageKit/DeskPage.tsx'
import { PagedTable } from '../../pageKit/PagedTable.tsx'
import { covers } from '../../pageKit/session.ts'
import { pageMay } from '../../session/workplaces.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/State.tsx'

type Shown = 'open' | 'closed'

/** `/corrections`: what people have asked to have put right about themselves, by when, and who has closed it. */
export default function CorrectionsPage(): JSX.Element {
  const t = useWords(correctionWords)
  return (
    <DeskPage title={[t('title')]} may={pageMay('corrections')} wide>
      <Corrections />
    </DeskPage>
  )
}

function Corrections(): JSX.Element {
  const t = useWords(correctionWords)
  const { format } = useLanguage()
  const session = useDesk()
  const [search, setSearch] = useSearchParams<{ area?: string; show?: string }>()
  const area = () => search.area ?? session.areas[0] ?? 'TH'
  const shown = (): Shown => (search.show === 'closed' ? 'closed' : 'open')
  const [counts, setCounts] = createSignal<{ readonly open: number | null; readonly late: number | null }>()
  const said = (count: number | null | undefined) => (count == null ? '–' : format().number(count))
  const pages = createPages(
    () => ({ area: area(), show: shown() }),
    async ({ area: of, show }, cursor) => {
      const after = cursor === '' ? 0 : Number(cursor)
      const answer = await ask('GET /api/corrections', { query: { area: of, show, after } })
      if (answer.late !== null) setCounts({ open: show === 'open' ? answer.total : null, late: answer.late })
      const next = answer.cursor === null ? null : String(answer.cursor)
      return { items: answer.corrections, next, total: answer.total }
    },
  )
  return (
    <>
      <header class="desk-head">
        <div>
          <h1>
            {t('title')} · <AreaName code={area()} />
          </h1>
          <p>{t('lead')}</p>
          <Show when={shown() === 'open'}>
            <p role="status" data-open={counts()?.open} data-late={counts()?.late}>
              {t('number', said(counts()?.open), said(counts()?.late))}
            </p>
          </Show>
        </div>
      </header>
      <AreaSwitch areas={session.areas} chosen={area()} choose={(code) => setSearch({ area: code })} />
      <Show when={covers(session.areas, area())} fallback={<EmptyState title={t('outside')} />}>
        <div class="care-shown">
          <For each={['open', 'closed'] as const}>
            {(one) => (
              <Button aria-pressed={shown() === one} data-show={one} onClick={() => setSearch({ show: one })}>
                {t(`show.${one}`)}
              </Button>
            )}
          </For>
        </div>
        <PagedTable
          pages={pages}
          columns={[
            t('column.case'),
            t('column.place'),
            t('column.asked'),
            t(shown() === 'open' ? 'column.due' : 'column.closed'),
            '',
          ]}
          empty={t(`empty.${shown()}`)}
        >
          {(row) => <CorrectionRow row={row} onChange={pages.reload} />}
        </PagedTable>
      </Show>
      <UndoBar onUndone={pages.reload} />
    </>
  )
}

function CorrectionRow(props: { row: Correction; onChange(): void }): JSX.Element {
  const t = useWords(correctionWords)
  const { format } = useLanguage()
  const session = useDesk()
  const { row } = props
  const moment = (at: number) => format().moment(at, hubNow())
  return (
    <tr data-correction={row.id}>
      <th scope="row">
        {/* Who looks after the protection of data alone opens no case. */}
        <Show when={session.may.includes('case.read')} fallback={row.case}>
          <A href={`/case/${row.case}`}>{row.case}</A>
        </Show>
      </th>
      <td data-label={t('column.place')}>
        <AreaName code={row.place} />
      </td>
      <td data-label={t('column.asked')}>{moment(row.askedAt)}</td>
      <Show
        when={row.closedAt}
        fallback={
          <td data-label={t('column.due')}>
            {format().day(bangkokDay(row.dueAt))}{' '}
            <Show when={row.late}>
              <Badge tone="alarm">{t('late')}</Badge>
            </Show>
          </td>
        }
      >
        {(at) => (
          <td data-label={t('column.closed')}>
            {moment(at())} · {t(`state.${row.state}`)}
            <Show when={row.closedBy}>{(who) => ` ${t('by', who())}`}</Show>
            <Show when={row.because}>{(because) => <small>{t(`reason.${because()}`)}</small>}</Show>
          </td>
        )}
      </Show>
      <td>
        <CorrectionDeeds correction={row} onChange={props.onChange} />
      </td>
    </tr>
  )
}
