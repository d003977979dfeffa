import { A } from '@solidjs/router'
import { createMemo, For, type JSX, Show, untrack } from 'solid-js'
import { deviceNow } from '../../clock.ts'
import { commonWords } from '../../i18n/common.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import type { PhoneAccount } from '../../offline/account.ts'
import { AreaName } from '../../pageKit/AreaName.tsx'
import { sentenceOf } from '../../pageKit/problem.ts'
import { Badge, SeverityMark } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { PageSkeleton } from '../../ui/Skeleton.tsx'
import { ErrorState } from '../../ui/State.tsx'
import '../../care/care.css'
import { recordCareWords } from './careWords.ts'
import { createCareList, type OnPhone } from './createCareList.ts'
import { useRecorder } from './recorder.tsx'

/** People that the first page of /record shows: one tap from there leads to the check of each. */
const SHOWN = 6

/** Who is to be called today, the most urgent first, above what else is recorded. */
export function CareToday(props: { children: JSX.Element }): JSX.Element {
  return <Carer fallback={props.children}>{(account) => <TodayOf account={account}>{props.children}</TodayOf>}</Carer>
}

/** Whoever may look after people at home; of another account on the same phone nothing stays. */
export function Carer(props: {
  fallback?: JSX.Element
  children: (account: PhoneAccount) => JSX.Element
}): JSX.Element {
  const { access } = useRecorder()
  const account = createMemo(
    () => {
      const current = access()
      return current.kind === 'in' && current.account.may.includes('case.care') ? current.account : undefined
    },
    undefined,
    { equals: (a, b) => a?.id === b?.id },
  )
  return (
    <Show when={account()} keyed fallback={props.fallback}>
      {(carer) => props.children(carer)}
    </Show>
  )
}

/** The list is not here: why not, and another try; or that it is on its way. */
export function NotHere(props: { error: unknown; again(): void }): JSX.Element {
  const t = useWords(recordCareWords)
  const common = useWords(commonWords)
  return (
    <Show when={props.error} fallback={<p class="form-muted">{t('loading')}</p>}>
      {(error) => <ErrorState title={t('notHere')} text={sentenceOf(error(), common)} retry={() => props.again()} />}
    </Show>
  )
}

/** The list is what this phone last heard: that it could not be read anew, why, and another try. */
export function AsLastHeard(props: { error: unknown; again(): void }): JSX.Element {
  const t = useWords(recordCareWords)
  const common = useWords(commonWords)
  return (
    <Show when={props.error}>
      {(error) => (
        <p class="form-muted" role="status">
          {t('asLastHeard')} {sentenceOf(error(), common)}{' '}
          <Button onClick={() => props.again()}>{common('retry')}</Button>
        </p>
      )}
    </Show>
  )
}

function TodayOf(props: { account: PhoneAccount; children: JSX.Element }): JSX.Element {
  const { people, settled, error, again } = createCareList(untrack(() => props.account))
  return (
    <Show when={settled()} fallback={<PageSkeleton />}>
      <Show when={people()?.length ? people() : undefined}>{(all) => <Today people={all()} />}</Show>
      <Show when={people()}>
        <AsLastHeard error={error()} again={again} />
      </Show>
      <Show when={people() === undefined && error()}>{(cause) => <NotHere error={cause()} again={again} />}</Show>
      {props.children}
    </Show>
  )
}

function Today(props: { people: readonly OnPhone[] }): JSX.Element {
  const t = useWords(recordCareWords)
  const due = () => props.people.filter((person) => person.due)
  return (
    <section class="care-today" aria-labelledby="care-today">
      <header class="queue-head">
        <h2 id="care-today">{t('title')}</h2>
        <span data-due={due().length}>{t('count', String(due().length), String(props.people.length))}</span>
      </header>
      <Show when={due().length > 0} fallback={<p class="form-muted">{t('allDone')}</p>}>
        <PeopleList people={due().slice(0, SHOWN)} />
      </Show>
      <A class="form-link" href="/record/check">
        {t('all')}
      </A>
    </section>
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
