import { createSignal, For, type JSX, Show } from 'solid-js'
import type { CaseFile } from '../../api/cases.ts'
import { useWords } from '../../i18n/language.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import type { RunCommand } from './CaseScreen.tsx'
import { casePageWords } from './words.ts'

type CloseWord = keyof typeof casePageWords.en.closeReason
type ReopenWord = keyof typeof casePageWords.en.reopenReason
const CLOSE_REASONS = Object.keys(casePageWords.en.closeReason) as readonly CloseWord[]
const REOPEN_REASONS = Object.keys(casePageWords.en.reopenReason) as readonly ReopenWord[]

/** The ways a case ends, and comes back: each asks for its reason first. */
export function EndCase(props: { file: CaseFile; run: RunCommand; ended: boolean }): JSX.Element {
  const t = useWords(casePageWords)
  const [dialog, setDialog] = createSignal<'close' | 'reopen' | 'merge'>()
  const [into, setInto] = createSignal('')
  const [busy, setBusy] = createSignal(false)
  const may = (action: string) => props.file.may.includes(action)
  const go = async (name: string, body: object, undoText?: string) => {
    setBusy(true)
    const done = await props.run(`/api/cases/${props.file.case.id}/${name}`, body, undoText)
    setBusy(false)
    if (done) setDialog(undefined)
  }
  const close = (reason: CloseWord) => void go('close', { reason }, `${t('close')}: ${t(`closeReason.${reason}`)}`)
  const target = () => Number(into().replace('#', '').trim())
  return (
    <div class="case-end">
      <Show when={may('case.close') && !props.ended}>
        <Button data-action="close" onClick={() => setDialog('close')}>
          {t('close')}
        </Button>
      </Show>
      <Show when={may('case.reopen') && props.ended}>
        <Button data-action="reopen" onClick={() => setDialog('reopen')}>
          {t('reopen')}
        </Button>
      </Show>
      <Show when={may('case.merge') && !props.ended}>
        <Button data-action="merge" onClick={() => setDialog('merge')}>
          {t('merge')}
        </Button>
      </Show>
      <Dialog
        open={dialog() === 'close'}
        onOpenChange={() => setDialog(undefined)}
        title={t('close')}
        description={t('reason')}
      >
        <div class="case-reasons">
          <For each={CLOSE_REASONS}>
            {(reason) => (
              <Button disabled={busy()} data-reason={reason} onClick={() => close(reason)}>
                {t(`closeReason.${reason}`)}
              </Button>
            )}
          </For>
        </div>
      </Dialog>
      <Dialog
        open={dialog() === 'reopen'}
        onOpenChange={() => setDialog(undefined)}
        title={t('reopen')}
        description={t('reason')}
      >
        <div class="case-reasons">
          <For each={REOPEN_REASONS}>
            {(reason) => (
              <Button disabled={busy()} data-reason={reason} onClick={() => void go('reopen', { reason })}>
                {t(`reopenReason.${reason}`)}
              </Button>
            )}
          </For>
        </div>
      </Dialog>
      <Dialog
        open={dialog() === 'merge'}
        onOpenChange={() => setDialog(undefined)}
        title={t('merge')}
        description={t('mergeHint')}
        actions={
          <Button
            kind="danger"
            busy={busy()}
            disabled={!(target() > 0)}
            onClick={() => void go('merge', { into: target() })}
          >
            {t('merge')}
          </Button>
        }
      >
        <Field label={t('mergeInto')}>
          {(aria) => (
            <input
              {...aria}
              inputmode="numeric"
              maxLength={16}
              value={into()}
              onInput={(event) => setInto(event.currentTarget.value)}
            />
          )}
        </Field>
      </Dialog>
    </div>
  )
}
