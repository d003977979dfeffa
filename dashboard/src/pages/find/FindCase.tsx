import { A } from '@solidjs/router'
import { createSignal, For, type JSX, Show } from 'solid-js'
import { type Case, searchCases } from '../../api/cases.ts'
import { ApiError } from '../../api/http.ts'
import { workWords } from '../../cases/words.ts'
import { createBusy } from '../../forms/createBusy.ts'
import { commonWords } from '../../i18n/common.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { AreaName } from '../../pageKit/AreaName.tsx'
import { useDesk } from '../../pageKit/DeskPage.tsx'
import { problemOf } from '../../pageKit/problem.ts'
import { TextField } from '../../pageKit/TextField.tsx'
import { noticeExpiry } from '../../session/account.ts'
import { SeverityBadge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/State.tsx'
import './find.css'
import { findWords } from './words.ts'

const ENDED: readonly string[] = ['closed', 'duplicate', 'invalid']
const INVALID = 400

/** A case by what a caller can say; each search is audited. */
export function FindCase(): JSX.Element {
  const common = useWords(commonWords)
  const t = useWords(findWords)
  const session = useDesk()
  const [text, setText] = createSignal('')
  const [found, setFound] = createSignal<readonly Case[]>()
  const [busy, during] = createBusy()
  const [problem, setProblem] = createSignal<string>()
  const find = async (event: SubmitEvent) => {
    event.preventDefault()
    setProblem(undefined)
    try {
      setFound(await during(() => searchCases(text().trim())))
    } catch (error) {
      setFound(undefined)
      if (noticeExpiry(error)) return
      setProblem(error instanceof ApiError && error.status === INVALID ? t('wrong') : problemOf(error, common).text)
    }
  }
  return (
    <>
      <form class="find-form" onSubmit={find}>
        <TextField label={t('text')} name="find" value={text()} onInput={setText} error={problem()} />
        <Button type="submit" kind="primary" busy={busy()}>
          {t('find')}
        </Button>
      </form>
      <Show when={found()}>
        {(cases) => (
          <Show
            when={cases().length > 0}
            fallback={
              <EmptyState
                title={t('none')}
                text={t('noneText')}
                action={
                  <Show when={session.may.includes('case.record')}>
                    <A class="button button-plain" href="/record/request">
                      {t('record')}
                    </A>
                  </Show>
                }
              />
            }
          >
            <ul class="find-found">
              <For each={cases()}>{(one) => <Found one={one} />}</For>
            </ul>
          </Show>
        )}
      </Show>
    </>
  )
}

function Found(props: { one: Case }): JSX.Element {
  const t = useWords(findWords)
  const words = useWords(workWords)
  const { format } = useLanguage()
  return (
    <li>
      <A href={`/case/${props.one.mergedInto ?? props.one.id}`}>
        <b>{words('caseNo', String(props.one.id))}</b> <SeverityBadge severity={props.one.severity} />{' '}
        <AreaName code={props.one.district} /> · {format().time(props.one.reportedAt)}
        <Show when={props.one.mergedInto}>{(into) => <> · {t('merged', String(into()))}</>}</Show>
        <Show when={props.one.mergedInto === null && ENDED.includes(props.one.stage)}> · {t('ended')}</Show>
      </A>
    </li>
  )
}
