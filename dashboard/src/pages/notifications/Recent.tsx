import { createSignal, For, type JSX, Show } from 'solid-js'
import { ask } from '../../api/http.ts'
import { createSubmit } from '../../forms/createSubmit.ts'
import { DoneNote } from '../../forms/DoneNote.tsx'
import { ProblemNote } from '../../forms/ProblemNote.tsx'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { hubNow } from '../../live/hubClock.ts'
import { Button } from '../../ui/Button.tsx'
import type { PartProps } from './mine.ts'
import { notificationWords } from './words.ts'

/** What was sent to oneself and what became of it, and a test of all of it. */
export function Recent(props: PartProps): JSX.Element {
  const t = useWords(notificationWords)
  const { format } = useLanguage()
  const submit = createSubmit()
  const [sent, setSent] = createSignal(false)
  const hasWay = () => props.mine.devices.length > 0 || (props.mine.email?.confirmed ?? false)
  const test = () => {
    setSent(false)
    return submit.send(async () => {
      props.take(await ask('POST /api/notifications/test', { body: {} }))
      setSent(true)
    })
  }
  const again = () => submit.send(async () => props.take(await ask('GET /api/notifications')))
  return (
    <section class="desk-card" aria-labelledby="notifications-recent">
      <h2 id="notifications-recent">{t('recent.title')}</h2>
      <div class="notifications-actions">
        <Button busy={submit.busy()} disabled={!hasWay()} onClick={() => void test()}>
          {t('test.send')}
        </Button>
        <Button busy={submit.busy()} onClick={() => void again()}>
          {t('recent.again')}
        </Button>
      </div>
      <DoneNote text={sent() ? t('test.sent') : undefined} />
      <ProblemNote text={submit.problem()?.text} />
      <Show when={props.mine.recent.length > 0} fallback={<p>{t('recent.none')}</p>}>
        <ul class="notifications-list">
          <For each={props.mine.recent}>
            {({ kind, channel, at, state, failure }) => (
              <li>
                <span>
                  <b>{t(`kinds.${kind}`)}</b>
                  <small>
                    {format().moment(at, hubNow())} · {t(`channel.${channel}`)} · {t(`state.${state}`)}
                    <Show when={failure}>{(why) => <>: {t(`failure.${why()}`)}</>}</Show>
                  </small>
                </span>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </section>
  )
}
