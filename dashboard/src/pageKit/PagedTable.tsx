import { For, type JSX, Show } from 'solid-js'
import type { Pages } from './createPages.ts'
import { PageFoot } from './PageFoot.tsx'

/** The head of a column; of numbers, it stands at the right. `''` for a column of buttons. */
export type Column = string | { readonly number: string }

type PagedTableProps<T> = {
  pages: Pages<T>
  columns: readonly Column[]
  empty: string
  emptyText?: string
  /** the row of an item: a `<tr>` */
  children: (item: T) => JSX.Element
}

/** A keyset-paged list as a table, on a phone as cards, with what stands below it: loading, failed, empty, or more. */
export function PagedTable<T>(props: PagedTableProps<T>): JSX.Element {
  return (
    <>
      <Show when={props.pages.items().length > 0}>
        <div class="desk-scroll">
          <table class="desk-table desk-cards">
            <thead>
              <tr>
                <For each={props.columns}>
                  {(column) =>
                    typeof column === 'string' ? (
                      <Show when={column} fallback={<th />}>
                        <th scope="col">{column}</th>
                      </Show>
                    ) : (
                      <th scope="col" class="desk-number">
                        {column.number}
                      </th>
                    )
                  }
                </For>
              </tr>
            </thead>
            <tbody>
              <For each={props.pages.items()}>{(item) => props.children(item)}</For>
            </tbody>
          </table>
        </div>
      </Show>
      <PageFoot pages={props.pages} empty={props.empty} {...(props.emptyText ? { emptyText: props.emptyText } : {})} />
    </>
  )
}
