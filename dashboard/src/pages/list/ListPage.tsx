import { useSearchParams } from '@solidjs/router'
import { type JSX, Match, Show, Switch } from 'solid-js'
import { useWords } from '../../i18n/language.tsx'
import { AreaName } from '../../pageKit/AreaName.tsx'
import { DeskPage, useDesk } from '../../pageKit/DeskPage.tsx'
import { covers } from '../../pageKit/session.ts'
import { Definition } from '../../panels/Definition.tsx'
import { LIST_ACTIONS, listKind } from '../../panels/lists.ts'
import { EmptyState } from '../../ui/State.tsx'
import { usePageTitle } from '../../ui/title.ts'
import { Cases } from './Cases.tsx'
import { createDefinition } from './definition.ts'
import { Facilities } from './Facilities.tsx'
import { type ListFilter, readFilter } from './filter.ts'
import { indicatorOfMetric } from './indicatorOfMetric.ts'
import { ListFields } from './ListFields.tsx'
import { isFlow, useNames } from './names.ts'
import { Reports } from './Reports.tsx'
import { listWords } from './words.ts'
import './list.css'

/** What a number counts, for those who may see it: by the same rule as the count, so the two cannot disagree. */
export default function ListPage(): JSX.Element {
  const t = useWords(listWords)
  return (
    <DeskPage title={[t('title')]} may={Object.values(LIST_ACTIONS)} wide>
      <List />
    </DeskPage>
  )
}

function List(): JSX.Element {
  const t = useWords(listWords)
  const session = useDesk()
  const names = useNames()
  const [search, setSearch] = useSearchParams<Record<keyof ListFilter, string>>()
  const filter = () => readFilter(search, session.areas[0] ?? '')
  const definition = createDefinition(filter)
  const kind = () => listKind(filter().metric)
  usePageTitle(() => [names.number(filter().metric), t('title')])
  return (
    <>
      <header class="desk-head">
        <div>
          <h1 class="list-title">
            {names.number(filter().metric)} · <AreaName code={filter().area} />{' '}
            <Show when={indicatorOfMetric(filter().metric)}>{(id) => <Definition of={[id()]} />}</Show>
          </h1>
          <p>{t('title')}</p>
        </div>
      </header>
      <ListFields filter={filter()} nationwide={session.areas.includes('TH')} change={setSearch} />
      <p class="list-definition">
        {definition()} <span class="desk-muted">{t('noPersonal')}</span>
      </p>
      <Switch>
        <Match when={filter().area === ''}>
          <EmptyState title={t('chooseArea')} text={t('chooseAreaText')} />
        </Match>
        <Match when={!session.may.includes(LIST_ACTIONS[kind()])}>
          <EmptyState title={t('noRight')} text={t('noRightText')} />
        </Match>
        <Match when={!covers(session.areas, filter().area)}>
          <EmptyState title={t('outside')} text={t('outsideText')} />
        </Match>
        <Match when={isFlow(filter().metric) && filter().day === ''}>
          <EmptyState title={t('chooseDay')} text={t('chooseDayText')} />
        </Match>
        <Match when={kind() === 'cases'}>
          <Cases filter={filter()} />
        </Match>
        <Match when={kind() === 'reports'}>
          <Reports filter={filter()} />
        </Match>
        <Match when={kind() === 'facilities'}>
          <Facilities filter={filter()} />
        </Match>
      </Switch>
    </>
  )
}
