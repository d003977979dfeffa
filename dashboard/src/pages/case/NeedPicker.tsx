import { createSignal, For, type JSX, Show } from 'solid-js'
import { NEED_KINDS, type NeedKind } from '../../../../hub/contract/vocabulary/needs.ts'
import { createBusy } from '../../forms/createBusy.ts'
import { NeedIcon } from '../../forms/needIcons.tsx'
import { caseWords } from '../../i18n/caseWords.ts'
import { useWords } from '../../i18n/language.tsx'
import { Button } from '../../ui/Button.tsx'
import { casePageWords } from './words.ts'

type NeedPickerProps = {
  action: string
  /** what the button says that opens it, and the one that saves */
  open: string
  save: string
  /** kinds that are needed already */
  except: ReadonlySet<NeedKind>
  /** @returns whether it was carried out */
  choose(needs: readonly NeedKind[]): Promise<boolean>
}

/** Ticks kinds of need; nothing is sent before it is saved. */
export function NeedPicker(props: NeedPickerProps): JSX.Element {
  const t = useWords(casePageWords)
  const [open, setOpen] = createSignal(false)
  const [busy, during] = createBusy()
  const [chosen, setChosen] = createSignal<readonly NeedKind[]>([])
  const kinds = () => NEED_KINDS.filter((kind) => !props.except.has(kind))
  const close = () => {
    setOpen(false)
    setChosen([])
  }
  const save = async () => {
    if (await during(() => props.choose(chosen()))) close()
  }
  return (
    <Show
      when={open()}
      fallback={
        <Button data-action={props.action} aria-expanded="false" onClick={() => setOpen(true)}>
          {props.open}
        </Button>
      }
    >
      <div class="case-form">
        <NeedTicks kinds={kinds()} chosen={chosen()} choose={setChosen} />
        <div class="case-choices">
          <Button onClick={close}>{t('cancel')}</Button>
          <Button kind="primary" busy={busy()} disabled={chosen().length === 0} onClick={() => void save()}>
            {props.save}
          </Button>
        </div>
      </div>
    </Show>
  )
}

type NeedTicksProps = {
  kinds: readonly NeedKind[]
  chosen: readonly NeedKind[]
  choose(needs: readonly NeedKind[]): void
}

export function NeedTicks(props: NeedTicksProps): JSX.Element {
  const t = useWords(casePageWords)
  const names = useWords(caseWords)
  const toggle = (kind: NeedKind) =>
    props.choose(props.chosen.includes(kind) ? props.chosen.filter((one) => one !== kind) : [...props.chosen, kind])
  return (
    <fieldset class="case-choices" aria-label={t('needs')}>
      <For each={props.kinds}>
        {(kind) => (
          <Button
            class="case-tick"
            aria-pressed={props.chosen.includes(kind)}
            data-kind={kind}
            onClick={() => toggle(kind)}
          >
            <NeedIcon kind={kind} />
            {names(`need.${kind}`)}
          </Button>
        )}
      </For>
    </fieldset>
  )
}
