import { type JSX, Show } from 'solid-js'
import { useWords } from '../../i18n/language.tsx'
import { AreaName } from '../../pageKit/AreaName.tsx'
import { useDesk } from '../../pageKit/DeskPage.tsx'
import { deskWords } from '../../pageKit/words.ts'
import { AreaSelect } from './AreaSelect.tsx'

type ScreenAreaProps = {
  /** `''` when none is chosen yet, `TH` or a province */
  value: string
  onChange(area: string): void
  error?: string | undefined
}

/** What a screen shows: the nation or a province; who manages one province has nothing to choose. */
export function ScreenArea(props: ScreenAreaProps): JSX.Element {
  const t = useWords(deskWords)
  const isNational = useDesk().areas.includes('TH')
  return (
    <Show when={isNational} fallback={<AreaName code={props.value} />}>
      <label class="desk-check">
        <input
          type="checkbox"
          checked={props.value === 'TH'}
          onChange={({ currentTarget }) => props.onChange(currentTarget.checked ? 'TH' : '')}
        />
        {t('nation')}
      </label>
      <Show when={props.value !== 'TH'}>
        <AreaSelect value={props.value} onChange={props.onChange} provinceOnly error={props.error} />
      </Show>
    </Show>
  )
}
