import { createMemo, For, type JSX, Show } from 'solid-js'
import { useLanguage, useWords } from '../i18n/language.tsx'
import { sessionState } from '../session/account.ts'
import { commandScopes } from '../session/commandScopes.ts'
import './CommandStrip.css'
import { messagesFor, objectivesFor, type Reader } from './commanded.ts'
import { commandWords } from './commandWords.ts'
import { useFollowed } from './followed.ts'

/** Messages that a strip shows at once; of the others it says how many. */
const MESSAGES_MAX = 2

/** What command says to this page, and the objective that is due next. Nothing while nothing is said. @param now ms since 1970 */
export function CommandStrip(props: { place: Reader['place']; now: number }): JSX.Element {
  const t = useWords(commandWords)
  const { format } = useLanguage()
  const { live, home: area } = useFollowed()
  const scopes = commandScopes(area)
  const reader = (): Reader => {
    const state = sessionState()
    const { role, areas } = state.kind === 'in' ? state.session : { role: null, areas: [] }
    return { place: props.place, area, role, areas }
  }
  const second = createMemo(() => Math.floor(props.now / 1_000) * 1_000)
  const messages = createMemo(() =>
    messagesFor(
      reader(),
      scopes.flatMap((scope) => live.rows(scope, 'message')),
      second(),
    ),
  )
  const objectives = createMemo(() =>
    objectivesFor(
      area,
      scopes.flatMap((scope) => live.rows(scope, 'objective')),
    ),
  )
  const next = () => objectives()[0]
  const isLate = (dueAt: number | null) => dueAt !== null && dueAt < second()
  return (
    <Show when={messages().length > 0 || next()}>
      <aside class="command-strip" aria-label={t('label')}>
        <ul class="command-said" aria-live="polite">
          <For each={messages().slice(0, MESSAGES_MAX)}>
            {(message) => (
              <li classList={{ 'command-urgent': message.urgent }} data-message={message.id}>
                <Show when={message.urgent}>
                  <b class="command-mark">{t('urgent')}</b>
                </Show>
                <span class="command-text">{message.text}</span>
                <small>
                  {message.by} · {format().time(message.sentAt)}
                </small>
              </li>
            )}
          </For>
          <Show when={messages().length > MESSAGES_MAX}>
            <li class="command-more">{t('more', format().number(messages().length - MESSAGES_MAX))}</li>
          </Show>
        </ul>
        <Show when={next()}>
          {(objective) => (
            <p class="command-next" classList={{ 'command-late': isLate(objective().dueAt) }}>
              <small>{t('objectives', format().number(objectives().length))}</small>
              <span class="command-text">{objective().title}</span>
              <Show when={objective().dueAt}>
                {(due) => <small>{t(isLate(due()) ? 'late' : 'due', format().moment(due(), second()))}</small>}
              </Show>
            </p>
          )}
        </Show>
      </aside>
    </Show>
  )
}
