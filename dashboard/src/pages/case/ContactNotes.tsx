import { For, type JSX } from 'solid-js'
import type { PersonOfCase } from '../../api/cases.ts'
import { useLanguage } from '../../i18n/language.tsx'

/** What was written down at each contact: a part of a reveal, gone with it. */
export function ContactNotes(props: { notes: PersonOfCase['contactNotes'] }): JSX.Element {
  const { format } = useLanguage()
  return (
    <For each={props.notes}>
      {(note) => (
        <p>
          <small class="case-muted">
            {format().time(note.at)} · {note.by}
          </small>{' '}
          {note.note}
        </p>
      )}
    </For>
  )
}
