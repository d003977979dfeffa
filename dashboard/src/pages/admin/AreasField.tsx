import { For, type JSX, Show } from 'solid-js'
import { useWords } from '../../i18n/language.tsx'
import { AreaName } from '../../pageKit/AreaName.tsx'
import { Button } from '../../ui/Button.tsx'
import { AreaSelect } from './AreaSelect.tsx'
import { adminWords } from './words.ts'

/** `picked`: an area that is chosen and not added; whoever sends the form means it too. */
export type AreasDraft = { readonly areas: readonly string[]; readonly picked: string }

export function areasOf({ areas, picked }: AreasDraft): readonly string[] {
  return picked === '' || areas.includes(picked) ? areas : [...areas, picked]
}

type AreasFieldProps = {
  draft: AreasDraft
  error?: string | undefined
  /** sub-districts too */
  subdistricts?: boolean
  /** area codes; others are not offered */
  within?: readonly string[]
  onChange(draft: AreasDraft): void
}

/** Any number of areas, added one by one. */
export function AreasField(props: AreasFieldProps): JSX.Element {
  const t = useWords(adminWords)
  return (
    <div class="binding-areas">
      <Show when={props.draft.areas.length > 0}>
        <ul class="binding-chosen" aria-label={t('account.areas')}>
          <For each={props.draft.areas}>
            {(code) => (
              <li>
                <AreaName code={code} />
                <button
                  type="button"
                  aria-label={`✕ ${code}`}
                  onClick={() =>
                    props.onChange({ ...props.draft, areas: props.draft.areas.filter((other) => other !== code) })
                  }
                >
                  ✕
                </button>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <AreaSelect
        value={props.draft.picked}
        onChange={(picked) => props.onChange({ ...props.draft, picked })}
        error={props.error}
        subdistricts={props.subdistricts ?? false}
        {...(props.within && { within: props.within })}
      />
      <Button
        disabled={props.draft.picked === ''}
        onClick={() => props.onChange({ areas: areasOf(props.draft), picked: '' })}
      >
        {t('account.addArea')}
      </Button>
    </div>
  )
}
