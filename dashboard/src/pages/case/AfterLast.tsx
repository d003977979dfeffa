import { useSearchParams } from '@solidjs/router'
import { createEffect, createSignal, type JSX, on, Show } from 'solid-js'
import { useWords } from '../../i18n/language.tsx'
import { Button } from '../../ui/Button.tsx'
import { CloseDialog } from './CloseDialog.tsx'
import type { EndProps } from './command.ts'
import { endWords } from './endWords.ts'

/**
 * When the last need is done, the page asks how it ended. Whoever was at it is asked at once, here or on the way from a
 * board (`?done=1`); a supervisor who looks on finds the question and no dialog in the way.
 */
export function AfterLast(props: EndProps & { live: number }): JSX.Element {
  const t = useWords(endWords)
  const [query, setQuery] = useSearchParams<{ done?: string }>()
  const [open, setOpen] = createSignal(false)
  const asks = () =>
    !props.ended && props.live === 0 && props.file.needs.length > 0 && props.file.may.includes('case.close')
  createEffect(
    on(asks, (is, was) => {
      if (is && ((was === false && !props.file.supervises) || query.done !== undefined)) setOpen(true)
    }),
  )
  const close = () => {
    setOpen(false)
    if (query.done !== undefined) setQuery({ done: undefined }, { replace: true })
  }
  return (
    <Show when={asks()}>
      <div class="case-after-last" role="status">
        <p>{t('nothingLeft')}</p>
        <Button kind="primary" data-action="close-after-last" onClick={() => setOpen(true)}>
          {t('sayHow')}
        </Button>
      </div>
      <Show when={open()}>
        <CloseDialog file={props.file} run={props.run} ended={props.ended} close={close} />
      </Show>
    </Show>
  )
}
