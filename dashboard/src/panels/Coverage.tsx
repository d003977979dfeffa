import { For, type JSX } from 'solid-js'
import { KNOWN_GROUPS } from '../../../hub/contract/vocabulary/doses.ts'
import { useWords } from '../i18n/language.tsx'
import { Tile } from '../ui/Tile.tsx'
import './Coverage.css'
import { Definition } from './Definition.tsx'
import { Num } from './Num.tsx'
import { useSubject } from './subject.tsx'
import { wallPanelWords } from './wallPanelWords.ts'

const DOSES = ['coverage.first', 'coverage.second', 'coverage.third'] as const

/** Doses 1 to 3 of the residents of each target group; a group whose residents nobody has stated has none. */
export function Coverage(): JSX.Element {
  const t = useWords(wallPanelWords)
  const { read } = useSubject()
  return (
    <Tile title={<Definition of={DOSES}>{t('coverage.title')}</Definition>} class="coverage">
      <ol>
        <li class="coverage-head" aria-hidden="true">
          <span />
          <For each={DOSES}>{(_, i) => <span>{t('coverage.dose', String(i() + 1))}</span>}</For>
        </li>
        <For each={KNOWN_GROUPS}>
          {(knownGroup) => (
            <li>
              <span>{t(`coverage.group.${knownGroup}`)}</span>
              <For each={DOSES}>
                {(dose) => (
                  <span class="coverage-share">
                    <span class="coverage-bar" aria-hidden="true">
                      <span style={{ width: `${Math.min(1, read(dose, { knownGroup }).value ?? 0) * 100}%` }} />
                    </span>
                    <Num value={read(dose, { knownGroup }).value} percent />
                  </span>
                )}
              </For>
            </li>
          )}
        </For>
      </ol>
    </Tile>
  )
}
