import { useContext } from 'solid-js'
import { INDICATORS, type IndicatorId, type Tone, toneOf } from '../../../hub/contract/indicators/index.ts'
import type { Thresholds } from '../../../hub/contract/indicators/indicator.ts'
import { SubjectContext } from './subject.tsx'

/** From where an indicator is abnormal: as it is set, or by default where no subject is followed. */
export function useThresholds(): (id: IndicatorId) => Thresholds {
  const subject = useContext(SubjectContext)
  return (id) => subject?.thresholds(id) ?? INDICATORS[id].thresholds
}

/** How abnormal a value is, by the thresholds as they are set. */
export function useTone(): (id: IndicatorId, value: number | null) => Tone {
  const thresholds = useThresholds()
  return (id, value) => toneOf(id, value, thresholds(id))
}
