import type { JSX } from 'solid-js'
import type { RecordKind } from '../../../../hub/contract/vocabulary/records.ts'

const PATHS: Readonly<Record<RecordKind, string>> = {
  request: 'M4 5h16v11H9l-5 4zM12 8v5M9.5 10.5h5',
  patient: 'M12 4a3.5 3.5 0 1 0 0 7a3.5 3.5 0 0 0 0-7M5 20c0-4 3-6.5 7-6.5s7 2.5 7 6.5',
  check: 'M3 12h4l2.5-6 4 12 2.5-6h5',
  vulnerable: 'M12 20s-8-4.8-8-10.5A4.5 4.5 0 0 1 12 7a4.5 4.5 0 0 1 8 2.5C20 15.2 12 20 12 20z',
  test: 'M7 3h10v18H7zM10 7h4v6h-4zM10 17h4',
  dose: 'M14 4l6 6M17 7l-9 9-4 4M12 6l6 6M8 16l-2-2 8-8M11 9l2 2',
}

export function RecordIcon(props: { kind: RecordKind }): JSX.Element {
  return (
    <svg class="record-icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[props.kind]} />
    </svg>
  )
}
