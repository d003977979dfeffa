import { Index, type JSX } from 'solid-js'
import { useLanguage, useWords } from '../i18n/language.tsx'
import { Tile } from '../ui/Tile.tsx'
import { type PanelRoom, rowsThatFit } from './rowsThatFit.ts'
import './AllParts.css'
import { Change } from './Change.tsx'
import { FlooredNum } from './FlooredNum.tsx'
import { type Choice, indicatorChange } from './indicators.ts'
import type { Ranked } from './readings.ts'
import { classOf, toneOfClass } from './scales.ts'
import { placeName, useSubject } from './subject.tsx'
import { useDefinition } from './useDefinition.ts'
import { useScale } from './useScale.ts'
import { panelWords } from './words.ts'

/** u: the panel's head, and a row */
const HEAD_U = 5
const ROW_U = 3.1

type AllPartsProps = {
  today: string
  choice: Choice
  ranked: readonly Ranked[]
  room: PanelRoom
}

/** Every province, or every district, by what the map shows: for a wall that is wide enough for all of them. */
export function AllParts(props: AllPartsProps): JSX.Element {
  const t = useWords(panelWords)
  const definition = useDefinition()
  const { language } = useLanguage()
  const subject = useSubject()
  const scale = useScale(() => props.choice)
  const rows = () => rowsThatFit(props.room, HEAD_U, ROW_U, props.ranked.length)
  const tone = ({ value }: Ranked) => toneOfClass(scale(), classOf(scale(), value ?? 0))
  return (
    <Tile
      title={t(subject.kind === 'nation' ? 'all.provinces' : 'all.districts')}
      aside={definition(props.choice)}
      class="all-parts"
    >
      <ol class="all-parts-list" style={{ 'grid-template-rows': `repeat(${rows()}, minmax(0, 1fr))` }}>
        <Index each={props.ranked}>
          {(entry) => (
            <li data-tone={tone(entry())}>
              <span class="all-parts-place">{entry().place}</span>
              <span class="all-parts-name">{placeName(entry().part, language())}</span>
              <Change
                share={indicatorChange(subject, props.choice.indicator, entry().part, props.today)}
                rising={props.choice.indicator === 'incidence' ? 'bad' : 'neutral'}
              />
              <span class="all-parts-value">
                <FlooredNum
                  value={entry().value}
                  floor={entry().floor}
                  percent={scale().unit === 'share'}
                  digits={scale().unit === 'per100k' && (entry().value ?? 0) < 10 ? 1 : 0}
                />
              </span>
            </li>
          )}
        </Index>
      </ol>
    </Tile>
  )
}
