import { For, type JSX } from 'solid-js'
import { useWords } from '../../i18n/language.tsx'
import { INDICATORS } from '../../panels/indicators.ts'
import { panelWords } from '../../panels/words.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import './WallHelp.css'
import { wallWords } from './words.ts'

const MORE = ['change', 'late', 'latency', 'checksum'] as const

/** The keys, and what each number is: staff must be able to question the wall. */
export function WallHelp(props: { open: boolean; onOpenChange(open: boolean): void }): JSX.Element {
  const t = useWords(wallWords)
  const panel = useWords(panelWords)
  return (
    <Dialog open={props.open} onOpenChange={props.onOpenChange} title={t('help.title')}>
      <dl class="wall-keys">
        <dt>1 2 3 4</dt>
        <dd>{t('help.metric')}</dd>
        <dt>5 6 7 8 9 0 W</dt>
        <dd>{t('help.layers')}</dd>
        <dt>L</dt>
        <dd>{t('help.language')}</dd>
        <dt>F</dt>
        <dd>{t('help.fullScreen')}</dd>
        <dt>?</dt>
        <dd>{t('help.this')}</dd>
      </dl>
      <h3>{t('help.definitions')}</h3>
      <dl class="wall-definitions">
        <For each={INDICATORS}>
          {(indicator) => (
            <>
              <dt>{panel(`indicator.${indicator}`)}</dt>
              <dd>{t(`help.${indicator}`)}</dd>
            </>
          )}
        </For>
      </dl>
      <ul class="wall-notes">
        <For each={MORE}>{(note) => <li>{t(`help.${note}`)}</li>}</For>
      </ul>
    </Dialog>
  )
}
