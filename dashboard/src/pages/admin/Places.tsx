import { For, type JSX, Show } from 'solid-js'
import { useWords } from '../../i18n/language.tsx'
import { AreaName } from '../../pageKit/AreaName.tsx'
import { adminWords } from './words.ts'

/** The facility or the areas of an account. */
export function Places(props: { areas: readonly string[]; facility: number | null }): JSX.Element {
  const t = useWords(adminWords)
  return (
    <>
      <For each={props.areas}>
        {(code, i) => (
          <>
            {i() > 0 ? '; ' : ''}
            <AreaName code={code} />
          </>
        )}
      </For>
      <Show when={props.facility}>{(id) => <small>{t('account.facilityNumber', String(id()))}</small>}</Show>
    </>
  )
}
