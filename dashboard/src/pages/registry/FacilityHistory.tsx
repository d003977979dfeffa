import { For, type JSX } from 'solid-js'
import { type Answer, ask } from '../../api/http.ts'
import { bangkokDay } from '../../i18n/format.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { createPages } from '../../pageKit/createPages.ts'
import { PageFoot } from '../../pageKit/PageFoot.tsx'
import { useChanges } from './changes.ts'
import { registryWords } from './words.ts'

type Event = Answer<'GET /api/facilities/{id}/history'>['events'][number]

async function load(id: number, after: string) {
  const query = after === '' ? {} : { before: after }
  const { events, cursor } = await ask('GET /api/facilities/{id}/history', { params: { id }, query })
  return { items: events as readonly Event[], next: cursor === null ? null : String(cursor) }
}

/** Who changed what, newest first. */
export function FacilityHistory(props: { id: number }): JSX.Element {
  const t = useWords(registryWords)
  const { format } = useLanguage()
  const changes = useChanges()
  const pages = createPages(() => props.id, load)
  return (
    <section class="desk-card" aria-labelledby="registry-history">
      <h2 id="registry-history">{t('history')}</h2>
      <ol class="registry-lines">
        <For each={pages.items()}>
          {(event) => (
            <li>
              <b>{t(`event.${event.kind}`)}</b> · {event.by}
              <br />
              <small>
                {format().dayShort(bangkokDay(event.at))} {format().clock(event.at)}
              </small>
              <ul>
                <For each={event.kind === 'created' ? [] : changes(event.changes)}>{(text) => <li>{text}</li>}</For>
              </ul>
            </li>
          )}
        </For>
      </ol>
      <PageFoot pages={pages} empty={t('noHistory')} />
    </section>
  )
}
