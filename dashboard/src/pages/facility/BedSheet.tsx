import type { JSX } from 'solid-js'
import type { BedLevel } from '../../../../hub/contract/vocabulary/beds.ts'
import { useWords } from '../../i18n/language.tsx'
import { Button } from '../../ui/Button.tsx'
import type { LevelDraft } from './beds.ts'
import { SheetField } from './SheetField.tsx'
import { readBedSheet } from './sheet.ts'
import { facilityWords } from './words.ts'

type Level = { readonly level: BedLevel; readonly draft: LevelDraft }

/** Beds out of a spreadsheet go into the form first, where they are looked at and sent. */
export function BedSheet(props: { onRead(levels: readonly Level[]): void }): JSX.Element {
  const t = useWords(facilityWords)
  return (
    <SheetField
      hint={t('sheet.bedsHint')}
      read={readBedSheet}
      action={(levels) => <Button onClick={() => props.onRead(levels)}>{t('sheet.toForm')}</Button>}
    />
  )
}
