import { For, type JSX } from 'solid-js'
import type { IndicatorId } from '../../../../hub/contract/indicators/index.ts'
import { useIndicatorTexts } from '../../i18n/indicatorTexts.ts'
import { useWords } from '../../i18n/language.tsx'
import { KeyList } from '../../pageHelp/KeyList.tsx'
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
      <KeyList
        keys={[
          { keys: '1 2 3 4', does: t('help.metric') },
          { keys: '5 6 7 8 9 0 W', does: t('help.layers') },
          { keys: 'N', does: t('help.numbers') },
          { keys: 'R', does: t('help.regions') },
          { keys: 'C', does: t('help.clocks') },
          { keys: 'L', does: t('help.language') },
          { keys: 'F', does: t('help.fullScreen') },
          { keys: '← → ␣', does: t('help.scenes') },
          { keys: '?', does: t('help.this') },
        ]}
      />
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
