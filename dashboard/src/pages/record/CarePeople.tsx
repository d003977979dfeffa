import { A } from '@solidjs/router'
import { For, type JSX, Show } from 'solid-js'
import { deviceNow } from '../../clock.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { AreaName } from '../../pageKit/AreaName.tsx'
import { Badge, SeverityMark } from '../../ui/Badge.tsx'
import '../../care/care.css'
import { recordCareWords } from './careWords.ts'
import { createCareList, type OnPhone } from './createCareList.ts'
import { useRecorder } from './recorder.tsx'

/** People that the first page of /record shows: one tap from there leads to the check of each. */
const SHOWN = 6

/** Who is to be called today, the most urgent first. */
export function CareToday(): JSX.Element {
  const t = useWords(recordCareWords)
  const { access } = useRecorder()
  const current = access()
  if (current.kind !== 'in' || !current.account.may.includes('case.care')) return null
  const people = createCareList(current.account.id, current.account.areas)
  const due = () => people()?.filter((person) => person.due) ?? []
  return (
    <Show when={people()?.length}>
      {(all) => (
        <section class="care-today" aria-labelledby="care-today">
          <header class="queue-head">
            <h2 id="care-today">{t('title')}</h2>
            <span data-due={due().length}>{t('count', String(due().length), String(all()))}</span>
          </header>
          <Show when={due().length > 0} fallback={<p class="form-muted">{t('allDone')}</p>}>
            <PeopleList people={due().slice(0, SHOWN)} />
          </Show>
          <A class="form-link" href="/record/check">
            {t('all')}
          </A>
        </section>
      )}
    </Show>
  )
}

export function PeopleList(props: { people: readonly OnPhone[] }): JSX.Element {
  return (
    <ul class="care-people">
      <For each={props.people}>
        {(person) => (
          <li>
            <PersonLink person={person} />
          </li>
        )}
      </For>
    </ul>
  )
}

function PersonLink(props: { person: OnPhone }): JSX.Element {
  const t = useWords(recordCareWords)
  const { format } = useLanguage()
  const last = () => {
    const { contactedAt } = props.person
    return contactedAt === null ? t('never') : t('lastAt', format().moment(contactedAt, deviceNow()))
  }
  return (
    <A class="care-person" href={`/record/check?case=${props.person.case}`} data-case={props.person.case}>
      <SeverityMark severity={props.person.severity} />
      <span>
        <b>{t('case', String(props.person.case))}</b> · <AreaName code={props.person.place} />
        <small>{props.person.due ? last() : t('doneToday')}</small>
      </span>
      <Show when={props.person.mine}>
        <Badge>{t('mine')}</Badge>
      </Show>
    </A>
  )
}
