import { createSignal, For, type JSX } from 'solid-js'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'

type ReasonDialogProps<R extends string> = {
  title: string
  description: string
  reasons: readonly R[]
  name(reason: R): string
  /** @returns whether it was carried out; the dialog then closes */
  choose(reason: R): Promise<boolean>
  close(): void
  /** above the reasons */
  children?: JSX.Element
}

/** One tap on a reason carries it out. */
export function ReasonDialog<R extends string>(props: ReasonDialogProps<R>): JSX.Element {
  const [busy, setBusy] = createSignal<R>()
  const choose = async (reason: R) => {
    setBusy(() => reason)
    const done = await props.choose(reason)
    setBusy(undefined)
    if (done) props.close()
  }
  return (
    <Dialog open onOpenChange={() => props.close()} title={props.title} description={props.description}>
      {props.children}
      <div class="reasons">
        <For each={props.reasons}>
          {(reason) => (
            <Button
              busy={busy() === reason}
              disabled={busy() !== undefined}
              data-reason={reason}
              onClick={() => void choose(reason)}
            >
              {props.name(reason)}
            </Button>
          )}
        </For>
      </div>
    </Dialog>
  )
}
