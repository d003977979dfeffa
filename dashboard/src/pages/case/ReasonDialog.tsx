import { For, type JSX, Show } from 'solid-js'
import { createBusyWith } from '../../forms/createBusy.ts'
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
  /** reasons that are not of every day, apart from the others so that nobody hits them by a slip */
  apart?: { readonly title: string; readonly reasons: readonly R[]; readonly danger?: R }
  /** above the reasons */
  children?: JSX.Element
}

/** One tap on a reason carries it out. */
export function ReasonDialog<R extends string>(props: ReasonDialogProps<R>): JSX.Element {
  const [busy, during] = createBusyWith<R>()
  const choose = async (reason: R) => {
    if (await during(reason, () => props.choose(reason))) props.close()
  }
  const Reason = (own: { reason: R }): JSX.Element => (
    <Button
      kind={own.reason === props.apart?.danger ? 'danger' : 'plain'}
      busy={busy() === own.reason}
      disabled={busy() !== undefined}
      data-reason={own.reason}
      onClick={() => void choose(own.reason)}
    >
      {props.name(own.reason)}
    </Button>
  )
  return (
    <Dialog open onOpenChange={() => props.close()} title={props.title} description={props.description}>
      {props.children}
      <div class="reasons">
        <For each={props.reasons}>{(reason) => <Reason reason={reason} />}</For>
      </div>
      <Show when={props.apart}>
        {(apart) => (
          <fieldset class="reasons reasons-apart">
            <legend>{apart().title}</legend>
            <For each={apart().reasons}>{(reason) => <Reason reason={reason} />}</For>
          </fieldset>
        )}
      </Show>
    </Dialog>
  )
}
