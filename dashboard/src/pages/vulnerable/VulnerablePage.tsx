import { useSearchParams } from '@solidjs/router'
import { createSignal, For, type JSX, Show } from 'solid-js'
import { VULNERABLE_SHOWN, type VulnerableShown } from '../../../../hub/contract/vocabulary/records.ts'
import { ask } from '../../api/http.ts'
import '../../care/care.css'
import { caseWords } from '../../i18n/caseWords.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { hubNow } from '../../live/hubClock.ts'
import { AreaName } from '../../pageKit/AreaName.tsx'
import { AreaSwitch } from '../../pageKit/AreaSwitch.tsx'
import { createPages } from '../../pageKit/createPages.ts'
import { DeskPage, useDesk } from '../../pageKit/DeskPage.tsx'
import { PagedTable } from '../../pageKit/PagedTable.tsx'
import { covers } from '../../pageKit/session.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/State.tsx'
import { CallForm } from './CallForm.tsx'
import type { Entry, Register } from './entry.ts'
import { PersonOfEntry } from './PersonOfEntry.tsx'
import { vulnerableWords } from './words.ts'

/** `/vulnerable`: the register of an area, without names; who is due, who was never reached, who has had no dose. */
export default function VulnerablePage(): JSX.Element {
  const t = useWords(vulnerableWords)
  return (
    <DeskPage title={[t('title')]} may={['vulnerable.record']} wide>
      <Everybody />
    </DeskPage>
  )
}

function Everybody(): JSX.Element {
  const t = useWords(vulnerableWords)
  const { format } = useLanguage()
  const session = useDesk()
  const [search, setSearch] = useSearchParams<{ area?: string; show?: string }>()
  const area = () => search.area ?? session.areas[0] ?? 'TH'
  const shown = (): VulnerableShown => VULNERABLE_SHOWN.find((one) => one === search.show) ?? 'due'
  const [counted, setCounted] = createSignal<{ readonly of: string; readonly counts: Register['counts'] }>()
  /** `null`: not known of this area */
  const counts = () => (counted()?.of === area() ? (counted()?.counts ?? null) : null)
  const said = (count: number | undefined) => (count === undefined ? '–' : format().number(count))
  const pages = createPages(
    () => ({ area: area(), show: shown() }),
    async ({ area: of, show }, after) => {
      const answer = await ask('GET /api/vulnerable', { query: { area: of, show, after: Number(after) } })
      if (answer.counts) setCounted({ of, counts: answer.counts })
      const next = answer.cursor === null ? null : String(answer.cursor)
      return { items: answer.people, next, total: answer.counts?.[show] ?? null }
    },
  )
  return (
    <>
      <header class="desk-head">
        <div>
          <h1>
            {t('title')} · <AreaName code={area()} />
          </h1>
        </div>
      </header>
      <AreaSwitch areas={session.areas} chosen={area()} choose={(code) => setSearch({ area: code })} />
      <Show when={covers(session.areas, area())} fallback={<EmptyState title={t('outside')} />}>
        <div class="care-shown">
          <For each={VULNERABLE_SHOWN}>
            {(one) => (
              <Button aria-pressed={shown() === one} data-show={one} onClick={() => setSearch({ show: one })}>
                {t('counted', t(`show.${one}`), said(counts()?.[one]))}
              </Button>
            )}
          </For>
        </div>
        <PagedTable
          pages={pages}
          columns={[
            t('column.place'),
            t('column.reasons'),
            t('column.doses'),
            t('column.contact'),
            t('column.next'),
            '',
          ]}
          empty={t('empty')}
        >
          {(entry) => <EntryRow entry={entry} reload={pages.reload} />}
        </PagedTable>
      </Show>
    </>
  )
}

function EntryRow(props: { entry: Entry; reload(): void }): JSX.Element {
  const t = useWords(vulnerableWords)
  const names = useWords(caseWords)
  const { format } = useLanguage()
  const { entry } = props
  const [open, setOpen] = createSignal<'call' | 'person'>()
  return (
    <>
      <tr data-entry={entry.id}>
        <th scope="row">
          <AreaName code={entry.place} /> <small>{t('entry', String(entry.id))}</small>
        </th>
        <td data-label={t('column.reasons')}>{entry.reasons.map((reason) => names(`risk.${reason}`)).join(', ')}</td>
        <td data-label={t('column.doses')}>{entry.doses === null ? t('unknown') : format().number(entry.doses)}</td>
        <td data-label={t('column.contact')}>
          {entry.contactedAt === null ? t('never') : format().moment(entry.contactedAt, hubNow())}
        </td>
        <td data-label={t('column.next')}>
          {entry.nextCall === null ? t('noCall') : format().day(entry.nextCall)}{' '}
          <Show when={entry.due}>
            <Badge tone="warn">{t('due')}</Badge>
          </Show>
        </td>
        <td>
          <div class="care-shown">
            <Button data-action="person" onClick={() => setOpen(open() === 'person' ? undefined : 'person')}>
              {t(open() === 'person' ? 'hide' : 'reveal')}
            </Button>
            <Button data-action="call" onClick={() => setOpen('call')}>
              {t('call')}
            </Button>
          </div>
        </td>
      </tr>
      <Show when={open()}>
        {(what) => (
          <tr>
            <td colSpan={6}>
              <Show when={what() === 'call'} fallback={<PersonOfEntry id={entry.id} />}>
                <CallForm
                  entry={entry}
                  close={(saved) => {
                    setOpen(undefined)
                    if (saved) props.reload()
                  }}
                />
              </Show>
            </td>
          </tr>
        )}
      </Show>
    </>
  )
}
