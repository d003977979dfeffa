import type { JSX } from 'solid-js'
import type { AlertSeverity } from '../../../hub/contract/vocabulary/alerts.ts'
import { useWords } from '../i18n/language.tsx'
import './AlertMark.css'
import { alertWords } from './alertWords.ts'

const SHAPES: Readonly<Record<AlertSeverity, string>> = {
  extreme: 'M7.5 1h9L23 7.5v9L16.5 23h-9L1 16.5v-9z',
  severe: 'M12 1L23.5 22.5H.5z',
  moderate: 'M3 3h18v18H3z',
  minor: 'M12 2a10 10 0 1 0 0 20a10 10 0 0 0 0-20z',
}

/** Shape, colour and letter of a severity, named for screen readers. */
export function AlertMark(props: { severity: AlertSeverity }): JSX.Element {
  const t = useWords(alertWords)
  return (
    <svg
      class={`alert-mark alert-${props.severity}`}
      viewBox="0 0 24 24"
      role="img"
      aria-label={t(`severity.${props.severity}`)}
    >
      <path d={SHAPES[props.severity]} />
      <text x="12" y={props.severity === 'severe' ? 19.5 : 16.8}>
        {t(`letter.${props.severity}`)}
      </text>
    </svg>
  )
}
