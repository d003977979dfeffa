import { A } from '@solidjs/router'
import { type Accessor, For, type JSX, Show } from 'solid-js'
import type { Action } from '../../../../hub/contract/vocabulary/actions.ts'
import { NEED_KINDS, type NeedKind } from '../../../../hub/contract/vocabulary/needs.ts'
import type { CaseFile } from '../../api/cases.ts'
import { ask } from '../../api/http.ts'
import type { BoardNeed } from '../../cases/board.ts'
import type { NeedWork } from '../../cases/createNeedWork.ts'
import { NeedLine } from '../../cases/NeedLine.tsx'
import { NeedIcon } from '../../forms/needIcons.tsx'
import { caseWords } from '../../i18n/caseWords.ts'
import { useWords } from '../../i18n/language.tsx'
import { Button } from '../../ui/Button.tsx'
import { AfterLast } from './AfterLast.tsx'
import type { RunCommand } from './command.ts'
import { NeedPicker } from './NeedPicker.tsx'
import { casePageWords } from './words.ts'

type NeedsPanelProps = {
  file: CaseFile
  /** those that are live, as the stream says */
  live: readonly BoardNeed[]
  work: NeedWork
  me: string
  now: number
  ended: boolean
  run: RunCommand
}

/** What is needed: live needs to work on, those that have ended and may be opened again, and more to add. */
export function NeedsPanel(props: NeedsPanelProps): JSX.Element {
  const t = useWords(casePageWords)
  const may = (action: Action) => props.file.may.includes(action)
  const live = () => new Map(props.live.map((need) => [need.id, need]))
  const kinds: Accessor<ReadonlySet<NeedKind>> = () => new Set(props.live.map(({ kind }) => kind))
  const over = () => props.file.needs.filter((need) => !live().has(need.id) && !kinds().has(need.kind))
  const add = (needs: readonly NeedKind[]) =>
    props.run((key) => ask('POST /api/cases/{id}/needs', { params: { id: props.file.case.id }, body: { needs }, key }))
  return (
    <section class="case-panel case-needs" aria-labelledby="case-needs">
      <h2 id="case-needs">{t('needs')}</h2>
      <AfterLast file={props.file} run={props.run} ended={props.ended} live={props.live.length} />
      <Show when={props.live.length > 0} fallback={<p class="case-muted">{t('noNeeds')}</p>}>
        <For each={props.live.map(({ id }) => id)}>
          {(id) => (
            <Show when={live().get(id)}>
              {(need) => (
                <NeedLine
                  need={need()}
                  severity={props.file.case.severity}
                  work={props.work}
                  me={props.me}
                  mayClaim={may('case.claim')}
                  now={props.now}
                  supervises={props.file.supervises}
                  whole
                />
              )}
            </Show>
          )}
        </For>
      </Show>
      <Show when={over().length > 0}>
        <ul class="case-over">
          <For each={over()}>{(need) => <Over {...props} need={need} />}</For>
        </ul>
      </Show>
      <Show when={props.file.case.mergedInto}>
        {(id) => (
          <A href={`/case/${id()}`} class="case-merged">
            {t('mergedInto', String(id()))}
          </A>
        )}
      </Show>
      <Show when={may('case.record') && !props.ended && kinds().size < NEED_KINDS.length}>
        <NeedPicker action="add" open={t('addNeeds')} save={t('addNeeds')} except={kinds()} choose={add} />
      </Show>
    </section>
  )
}

/** A need that has ended. */
function Over(props: NeedsPanelProps & { need: CaseFile['needs'][number] }): JSX.Element {
  const t = useWords(casePageWords)
  const names = useWords(caseWords)
  const mayReopen = () => props.file.may.includes('case.reopen') && !props.ended
  return (
    <li class="need-line" data-ended={props.need.id}>
      <span class="need-name case-muted">
        <NeedIcon kind={props.need.kind} />
        <span>
          {names(`need.${props.need.kind}`)} <small>{t(`over.${props.need.status as 'closed'}`)}</small>
        </span>
      </span>
      <Show when={mayReopen()}>
        <Button
          busy={props.work.pending(props.need.id) === 'reopen'}
          data-move="reopen"
          onClick={() => void props.work.act(props.need, 'reopen').then(() => props.run.reload())}
        >
          {t('needAgain')}
        </Button>
      </Show>
    </li>
  )
}
