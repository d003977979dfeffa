import { type JSX, Show } from 'solid-js'
import { Beds } from '../../panels/Beds.tsx'
import type { Choice } from '../../panels/indicators.ts'
import { MapPanel } from '../../panels/MapPanel.tsx'
import { NewCases } from '../../panels/NewCases.tsx'
import { createRanked } from '../../panels/readings.ts'
import { ShiftStartContext, YesterdayContext } from '../../panels/shiftStart.ts'
import { AboutSubject, type Subject } from '../../panels/subject.tsx'
import { Unclaimed } from '../../panels/Unclaimed.tsx'
import { useFreshness } from '../../panels/useFreshness.ts'
import { Waiting } from '../../panels/Waiting.tsx'
import type { Layer } from '../../sites/layers.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import './SecondPlace.css'
import { usePlaceName } from './usePlaceName.ts'

type SecondProps = { subject: Subject | undefined; children: (subject: Subject, today: string) => JSX.Element }

/** What is said of another place than the wall's, once it is known. */
function Second(props: SecondProps): JSX.Element {
  return (
    <Show when={props.subject} keyed fallback={<Skeleton height="100%" />}>
      {(subject) => (
        <AboutSubject value={subject}>
          {/* How the wall's own place stood when the shift began, or yesterday, says nothing of another. */}
          <ShiftStartContext.Provider value={undefined}>
            <YesterdayContext.Provider value={undefined}>
              <Faded>
                <Show when={subject.today()} keyed fallback={<Skeleton height="100%" />}>
                  {(today) => props.children(subject, today)}
                </Show>
              </Faded>
            </YesterdayContext.Provider>
          </ShiftStartContext.Provider>
        </AboutSubject>
      )}
    </Show>
  )
}

/** It has a link of its own, which may be lost by itself. */
function Faded(props: { children: JSX.Element }): JSX.Element {
  const view = useFreshness()
  return (
    <div class="second" data-second={view.state().kind}>
      {props.children}
    </div>
  )
}

/** The numbers of a second place, one column. */
export function SecondPlace(props: { subject: Subject | undefined }): JSX.Element {
  const name = usePlaceName()
  return (
    <Second subject={props.subject}>
      {(subject, today) => (
        <div class="second-place">
          <h2>{name(subject)}</h2>
          <NewCases today={today} />
          <Waiting />
          <Beds />
          <Unclaimed />
        </div>
      )}
    </Second>
  )
}

const LAYERS: ReadonlySet<Layer> = new Set(['hospital', 'field', 'ci', 'oxygen'])

/** Its map, with the sites that take people. */
export function SecondMap(props: {
  subject: Subject | undefined
  choice: Choice
  choose(choice: Choice): void
}): JSX.Element {
  const name = usePlaceName()
  return (
    <Second subject={props.subject}>
      {(subject, today) => {
        const ranked = createRanked(subject, () => props.choice, subject.today)
        return (
          <MapPanel
            today={today}
            choice={props.choice}
            choose={props.choose}
            ranked={ranked()}
            second={{ name: name(subject), layers: LAYERS }}
          />
        )
      }}
    </Second>
  )
}
