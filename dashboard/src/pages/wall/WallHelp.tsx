import { For, type JSX } from 'solid-js'
import type { IndicatorId } from '../../../../hub/contract/indicators/index.ts'
import { useIndicatorTexts } from '../../i18n/indicatorTexts.ts'
import { useWords } from '../../i18n/language.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import './WallHelp.css'
import { wallWords } from './words.ts'

/** The numbers that the keys 1 to 4 choose, and those that every tile is asked about. */
const DEFINED: readonly IndicatorId[] = [
  'cases.rate',
  'cases.growth',
  'beds.occupancy',
  'waiting.rate',
  'waiting.red',
  'doses.rate',
  'doses.late',
  'doses.corrected',
]
const MORE = ['latency', 'checksum'] as const

/** The keys, and what each number is: staff must be able to question the wall. */
export default function WallHelp(props: { close(): void }): JSX.Element {
  const t = useWords(wallWords)
  const texts = useIndicatorTexts()
  return (
    <Dialog open onOpenChange={() => props.close()} title={t('help.title')}>
      <dl class="wall-keys">
        <dt>1 2 3 4</dt>
        <dd>{t('help.metric')}</dd>
        <dt>5 6 7 8 9 0 W</dt>
        <dd>{t('help.layers')}</dd>
        <dt>N</dt>
        <dd>{t('help.numbers')}</dd>
        <dt>L</dt>
        <dd>{t('help.language')}</dd>
        <dt>F</dt>
        <dd>{t('help.fullScreen')}</dd>
        <dt>← → ␣</dt>
        <dd>{t('help.scenes')}</dd>
        <dt>?</dt>
        <dd>{t('help.this')}</dd>
      </dl>
      <h3>{t('help.definitions')}</h3>
      <dl class="wall-definitions">
        <For each={DEFINED}>
          {(id) => (
            <>
              <dt>{texts().indicators[id].name}</dt>
              <dd>{texts().indicators[id].definition}</dd>
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
