import { createMemo, createSignal, For, type JSX, Show } from 'solid-js'
import { NEED_KINDS } from '../../../../hub/contract/vocabulary/needs.ts'
import { SEVERITIES } from '../../../../hub/contract/vocabulary/severity.ts'
import { type BoardFilter, SHOWS, SORTS, type Sort } from '../../cases/board.ts'
import type { PlaceNames } from '../../cases/createPlaceNames.ts'
import { caseWords } from '../../i18n/caseWords.ts'
import { commonWords } from '../../i18n/common.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { Button } from '../../ui/Button.tsx'
import { boardWords } from './words.ts'

const VIEWS = ['list', 'map'] as const
export type BoardView = (typeof VIEWS)[number]

export const SEARCH_ID = 'board-search'

type BoardFiltersProps = {
  filter: BoardFilter
  change(filter: BoardFilter): void
  sort: Sort
  setSort(sort: Sort): void
  /** why there is no order by distance */
  sortProblem: 'denied' | 'failed' | undefined
  shown: number
  /** of the whole board; `undefined` before it is there */
  all: number | undefined
  /** those that stand in a lane of their own */
  unverified: number
  places: PlaceNames
  /** what a screen too narrow for both shows */
  view: BoardView
  setView(view: BoardView): void
}

export function BoardFilters(props: BoardFiltersProps): JSX.Element {
  const t = useWords(boardWords)
  const common = useWords(commonWords)
  const names = useWords(caseWords)
  const { format } = useLanguage()
  const [open, setOpen] = createSignal(false)
  const chosen = () => [props.filter.severity, props.filter.need, props.filter.text].filter(Boolean).length
  const shows = createMemo(() =>
    SHOWS.filter((show) => show !== 'unverified' || props.unverified > 0 || props.filter.show === show),
  )
  const set = (part: Partial<BoardFilter>) => props.change({ ...props.filter, ...part })
  return (
    <div class="board-filters" classList={{ 'board-filters-open': open() }}>
      <fieldset class="board-shows board-views">
        <legend class="visually-hidden">{t('view.label')}</legend>
        <For each={VIEWS}>
          {(view) => (
            <button type="button" aria-pressed={props.view === view} onClick={() => props.setView(view)}>
              {t(`view.${view}`)}
            </button>
          )}
        </For>
      </fieldset>
      <fieldset class="board-shows">
        <legend class="visually-hidden">{t('title')}</legend>
        <For each={shows()}>
          {(show) => (
            <button
              type="button"
              data-show={show}
              aria-pressed={props.filter.show === show}
              onClick={() => set({ show })}
            >
              {t(`show.${show}`)}
              <Show when={show === 'unverified'}> ({format().number(props.unverified)})</Show>
            </button>
          )}
        </For>
      </fieldset>
      <button
        type="button"
        class="button board-more"
        aria-expanded={open()}
        data-chosen={chosen() || undefined}
        onClick={() => setOpen(!open())}
      >
        {chosen() > 0 ? t('moreChosen', String(chosen())) : t('more')}
      </button>
      <FoldedSelect
        label={t('severityFilter')}
        options={['', ...SEVERITIES.toReversed()]}
        value={props.filter.severity ?? ''}
        text={(each) => (each === '' ? t('any') : common(`severity.${each}`))}
        choose={(each) => set({ severity: each || null })}
      />
      <FoldedSelect
        label={t('needFilter')}
        options={['', ...NEED_KINDS]}
        value={props.filter.need ?? ''}
        text={(each) => (each === '' ? t('any') : names(`need.${each}`))}
        choose={(each) => set({ need: each || null })}
      />
      <FoldedSelect
        label={t('sortLabel')}
        name="sort"
        options={SORTS}
        value={props.sort}
        text={(each) => t(`sort.${each}`)}
        choose={props.setSort}
      />
      <Show when={props.sortProblem}>
        <small role="status">{t('noPlace')}</small>
      </Show>
      <label class="board-search board-fold">
        <span class="visually-hidden">{t('search')}</span>
        <input
          id={SEARCH_ID}
          type="search"
          placeholder={t('search')}
          autocomplete="off"
          value={props.filter.text}
          onInput={(event) => set({ text: event.currentTarget.value })}
        />
      </label>
      <Show when={props.filter.area}>
        {(area) => (
          <Button class="board-area" onClick={() => set({ area: null })}>
            {t('areaFilter', props.places.small(area()) ?? props.places.district(area()))}
          </Button>
        )}
      </Show>
      <p class="board-count" role="status">
        <Show when={props.all !== undefined}>
          {t('count', format().number(props.shown), format().number(props.all ?? 0))}
        </Show>
      </p>
      <p class="board-keys">{t('keys')}</p>
    </div>
  )
}

type FoldedSelectProps<V extends string> = {
  label: string
  name?: string
  options: readonly V[]
  value: NoInfer<V>
  text(option: NoInfer<V>): string
  choose(option: NoInfer<V>): void
}

function FoldedSelect<V extends string>(props: FoldedSelectProps<V>): JSX.Element {
  const choose = (text: string) => {
    const option = props.options.find((each) => each === text)
    if (option !== undefined) props.choose(option)
  }
  return (
    <label class="board-fold">
      <span>{props.label}</span>
      <select name={props.name} value={props.value} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        <For each={props.options}>{(option) => <option value={option}>{props.text(option)}</option>}</For>
      </select>
    </label>
  )
}
