import { useNavigate } from '@solidjs/router'
import { createSignal, For, type JSX, Show } from 'solid-js'
import { deviceNow } from '../../clock.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import type { KeptDraft } from '../../offline/drafts.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { draftWords } from './draftWords.ts'
import { queueWords } from './queueWords.ts'
import { RecordIcon } from './RecordIcon.tsx'
import { useRecorder } from './recorder.tsx'
import { recordWords } from './words.ts'

/** Forms that were begun on this phone and never saved: nobody has them but it. */
export function DraftList(): JSX.Element {
  const t = useWords(draftWords)
  const { drafts } = useRecorder()
  return (
    <Show when={drafts().length > 0}>
      <section class="drafts" aria-labelledby="drafts-title">
        <header class="queue-head">
          <h2 id="drafts-title">{t('title')}</h2>
        </header>
        <ul class="queue-list">
          <For each={drafts()}>{(draft) => <DraftLine draft={draft} />}</For>
        </ul>
      </section>
    </Show>
  )
}

function DraftLine(props: { draft: KeptDraft }): JSX.Element {
  const t = useWords(draftWords)
  const tQueue = useWords(queueWords)
  const tRecord = useWords(recordWords)
  const { format } = useLanguage()
  const { dropDraft } = useRecorder()
  const navigate = useNavigate()
  const [asking, setAsking] = createSignal(false)
  const address = () => {
    const { kind, instead } = props.draft
    return `/record/${kind}${instead === null ? '' : `?instead=${instead}`}`
  }
  return (
    <li class="draft-line">
      <RecordIcon kind={props.draft.kind} />
      <div class="queue-what">
        <b>{tRecord(`kind.${props.draft.kind}`)}</b>
        <Show when={props.draft.title}>
          <span>{props.draft.title}</span>
        </Show>
        <small>{format().moment(props.draft.changedAt, deviceNow())}</small>
      </div>
      <div class="queue-more queue-actions">
        <Button kind="primary" onClick={() => navigate(address())}>
          {t('continue')}
        </Button>
        <Button onClick={() => setAsking(true)}>{tQueue('discard')}</Button>
      </div>
      <Dialog
        open={asking()}
        onOpenChange={setAsking}
        title={tQueue('discardTitle')}
        description={t('discardText')}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>{tQueue('discardNo')}</Button>
            <Button kind="danger" onClick={() => void dropDraft(props.draft.key)}>
              {tQueue('discardYes')}
            </Button>
          </>
        }
      />
    </li>
  )
}
