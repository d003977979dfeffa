import type { Accessor } from 'solid-js'
import { createMemo } from 'solid-js'
import { type Choice, indicatorOf } from './indicators.ts'
import { type Scale, scaleOf } from './scales.ts'
import { useSubject } from './subject.tsx'

/** The scale of the choice, by the thresholds as they are set now. */
export function useScale(choice: Accessor<Choice>): Accessor<Scale> {
  const { kind, thresholds } = useSubject()
  return createMemo(() => {
    const { indicator } = choice()
    return scaleOf(kind, indicator, thresholds(indicatorOf(kind, indicator)))
  })
}
