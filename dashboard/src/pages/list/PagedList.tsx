import { type JSX, Show } from 'solid-js'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { createPages } from '../../pageKit/createPages.ts'
import { type Column, PagedTable } from '../../pageKit/PagedTable.tsx'
import { listKind } from '../../panels/lists.ts'
import { Export } from './Export.tsx'
import type { ListFilter } from './filter.ts'
import type { FetchPage } from './lists.ts'
import { listWords } from './words.ts'

const PAGE = 50

type PagedListProps<T> = {
  filter: ListFilter
  fetch: FetchPage<T>
  csv(rows: readonly T[]): string
  columns: readonly Column[]
  children: (item: T) => JSX.Element
}

/** A list with how much of it is shown, and the whole of it as a file. */
export function PagedList<T>(props: PagedListProps<T>): JSX.Element {
  const t = useWords(listWords)
  const { format } = useLanguage()
  const number = (value: number) => format().number(value)
  const pages = createPages(
    () => props.filter,
    (wanted, after) => props.fetch(wanted, after, PAGE),
  )
  return (
    <>
      <Show when={pages.items().length > 0}>
        <div class="list-head">
          <p role="status" class="desk-muted">
            {pages.total() === null
              ? t('shown', number(pages.items().length))
              : t(
                  'shownOf',
                  number(pages.items().length),
                  number(pages.total() ?? 0),
                  t(`counted.${listKind(props.filter.metric)}`),
                )}
            <Show when={props.filter.metric !== '' && pages.amount() !== null}>
              {' '}
              · {t('comesTo', number(pages.amount() ?? 0))}
            </Show>
          </p>
          <Export filter={props.filter} fetch={props.fetch} csv={props.csv} />
        </div>
      </Show>
      <PagedTable pages={pages} columns={props.columns} empty={t('none')} emptyText={t('noneText')}>
        {props.children}
      </PagedTable>
    </>
  )
}
