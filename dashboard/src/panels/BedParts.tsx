import { For, type JSX } from 'solid-js'
import { type BedLevel, OTHER_BED_STATES } from '../../../hub/contract/vocabulary/beds.ts'
import { useWords } from '../i18n/language.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { ListLink } from './ListLink.tsx'
import { Num } from './Num.tsx'
import { useSubject } from './subject.tsx'
import { panelWords } from './words.ts'

/** Why a bed is neither occupied nor free, each with its list. */
export default function BedParts(props: { level: BedLevel; close(): void }): JSX.Element {
  const t = useWords(panelWords)
  const { cells, area } = useSubject()
  return (
    <Dialog
      open
      onOpenChange={() => props.close()}
      title={t('beds.partsOf', props.level)}
      description={t('beds.otherLong')}
    >
      <dl class="facts facts-stacked bed-parts">
        <For each={OTHER_BED_STATES}>
          {(state) => (
            <>
              <dt>{t(`beds.state.${state}`)}</dt>
              <dd>
                <ListLink metric={`beds.${state}.${props.level}`}>
                  <Num value={cells(`beds.${state}.${props.level}`, area)} />
                </ListLink>
              </dd>
            </>
          )}
        </For>
      </dl>
    </Dialog>
  )
}
