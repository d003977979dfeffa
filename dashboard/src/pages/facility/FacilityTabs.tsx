import { For, type JSX, Show } from 'solid-js'
import { useWords } from '../../i18n/language.tsx'
import type { Tab } from './tabs.ts'
import { facilityWords } from './words.ts'

export function FacilityTabs(props: { tabs: readonly Tab[]; chosen: Tab; choose(tab: Tab): void }): JSX.Element {
  const t = useWords(facilityWords)
  return (
    <Show when={props.tabs.length > 1}>
      <div class="facility-tabs" role="tablist">
        <For each={props.tabs}>
          {(tab) => (
            <button
              type="button"
              role="tab"
              data-tab={tab}
              aria-selected={tab === props.chosen}
              onClick={() => props.choose(tab)}
            >
              {t(`tab.${tab}`)}
            </button>
          )}
        </For>
      </div>
    </Show>
  )
}
