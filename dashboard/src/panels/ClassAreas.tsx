import { For, type JSX } from 'solid-js'
import { useLanguage } from '../i18n/language.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { FlooredNum } from './FlooredNum.tsx'
import type { Choice } from './indicators.ts'
import { ListLink } from './ListLink.tsx'
import { indicatorList } from './lists.ts'
import type { Ranked } from './readings.ts'
import { placeName } from './subject.tsx'

type ClassAreasProps = {
  /** of the class */
  name: string
  within: readonly Ranked[]
  percent: boolean
  choice: Choice
  today: string
  close(): void
}

/** Which areas are in a class of the legend. */
export default function ClassAreas(props: ClassAreasProps): JSX.Element {
  const { language } = useLanguage()
  return (
    <Dialog open onOpenChange={() => props.close()} title={props.name}>
      <ol class="legend-areas">
        <For each={props.within}>
          {({ part, value, floor }) => (
            <li>
              {placeName(part, language())}{' '}
              <ListLink area={part.code} {...indicatorList(props.choice, props.today, 'value')}>
                <FlooredNum value={value} floor={floor} percent={props.percent} />
              </ListLink>
            </li>
          )}
        </For>
      </ol>
    </Dialog>
  )
}
