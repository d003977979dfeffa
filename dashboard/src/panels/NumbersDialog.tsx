import type { JSX } from 'solid-js'
import { useWords } from '../i18n/language.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import AllNumbers from './AllNumbers.tsx'
import { panelWords } from './words.ts'

/** Every number of the area over a wall, which has room for the first of them. */
export default function NumbersDialog(props: { today: string; close(): void }): JSX.Element {
  const t = useWords(panelWords)
  return (
    <Dialog open wide onOpenChange={() => props.close()} title={t('numbers.title')}>
      <AllNumbers today={props.today} />
    </Dialog>
  )
}
