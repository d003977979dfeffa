import type { JSX } from 'solid-js'
import type { Severity } from '../../../hub/contract/vocabulary/severity.ts'
import { commonWords } from '../i18n/common.ts'
import { useWords } from '../i18n/language.tsx'
import './Badge.css'

const SHAPES: Readonly<Record<Severity, string>> = {
  unknown: 'M4 4h16v16H4z',
  green: 'M12 2a10 10 0 1 0 0 20a10 10 0 0 0 0-20z',
  yellow: 'M12 1.5L23.5 21.5H.5z',
  red: 'M12 .5L23.5 12L12 23.5L.5 12z',
}

/** Colour, shape and letter: green circle, yellow triangle, red diamond, grey outlined square. Named for screen readers. */
export function SeverityMark(props: { severity: Severity }): JSX.Element {
  const t = useWords(commonWords)
  return (
    <svg
      class={`severity-mark severity-${props.severity}`}
      viewBox="0 0 24 24"
      role="img"
      aria-label={t(`severity.${props.severity}`)}
    >
      <path d={SHAPES[props.severity]} />
      <text x="12" y={props.severity === 'yellow' ? 19.5 : 16.8}>
        {t(`severityLetter.${props.severity}`)}
      </text>
    </svg>
  )
}

/** A severity with its name. */
export function SeverityBadge(props: { severity: Severity }): JSX.Element {
  const t = useWords(commonWords)
  return (
    <span class="severity-badge">
      <SeverityMark severity={props.severity} />
      <span aria-hidden="true">{t(`severity.${props.severity}`)}</span>
    </span>
  )
}

/** A word in a frame. `alarm` and `warn` also carry a mark, so that colour is not the only sign. */
export function Badge(props: { tone?: 'plain' | 'warn' | 'alarm'; children: JSX.Element }): JSX.Element {
  return <span class={`badge badge-${props.tone ?? 'plain'}`}>{props.children}</span>
}
