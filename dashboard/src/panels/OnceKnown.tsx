import { createMemo, type JSX, Show } from 'solid-js'
import { PageSkeleton } from '../ui/Skeleton.tsx'
import { useSubject } from './subject.tsx'
import type { FreshnessView } from './useFreshness.ts'

/**
 * Draws its children with the first data: the band of an exercise and the numbers then come with the page, and push
 * nothing away. A link that fails before it shows them too, to say so and to lead on.
 */
export function OnceKnown(props: { view: FreshnessView; children: JSX.Element }): JSX.Element {
  const subject = useSubject()
  const isKnown = createMemo(() => subject.today() !== undefined || props.view.state().kind !== 'connecting')
  return (
    <Show when={isKnown()} fallback={<PageSkeleton />}>
      {props.children}
    </Show>
  )
}
