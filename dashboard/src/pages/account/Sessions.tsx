import { For, type JSX, Match, Show, Switch } from 'solid-js'
import { type Answer, ask } from '../../api/http.ts'
import { createLoaded } from '../../forms/createLoaded.ts'
import { createSubmit } from '../../forms/createSubmit.ts'
import { ProblemNote } from '../../forms/ProblemNote.tsx'
import { commonWords } from '../../i18n/common.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { hubNow } from '../../live/hubClock.ts'
import { failureOf } from '../../pageKit/problem.ts'
import { Button } from '../../ui/Button.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { ErrorState } from '../../ui/State.tsx'
import { toast } from '../../ui/Toast.tsx'
import { deviceName } from './deviceName.ts'
import { accountWords } from './words.ts'

type Session = Answer<'GET /api/sessions'>['sessions'][number]

/** Where one is signed in, each endable. */
export function Sessions(): JSX.Element {
  const t = useWords(accountWords)
  const common = useWords(commonWords)
  const { format } = useLanguage()
  const { busy, problem, send } = createSubmit()
  const [read, again] = createLoaded(
    () => 'sessions',
    () => ask('GET /api/sessions'),
  )
  const sessions = () => {
    const answer = read()
    return answer.kind === 'there' ? answer.value.sessions : undefined
  }
  const endOthers = () =>
    send(async () => {
      const { sessions: ended } = await ask('POST /api/sessions/end-others')
      toast(t('endedOthers', format().number(ended)), 'good')
      again()
    })
  const end = (id: string) =>
    send(async () => {
      await ask('DELETE /api/sessions/{id}', { params: { id } })
      toast(t('ended'), 'good')
      again()
    })
  return (
    <section class="desk-card" aria-labelledby="sessions">
      <h2 id="sessions">{t('sessions')}</h2>
      <p class="desk-muted">{t('sessionsText')}</p>
      <Switch fallback={<Skeleton height="8rem" />}>
        <Match when={sessions()}>
          {(all) => (
            <>
              <ul class="account-list">
                <For each={all()}>{(session) => <Line session={session} busy={busy()} end={end} />}</For>
              </ul>
              <Show when={all().length > 1}>
                <Button busy={busy()} onClick={() => void endOthers()}>
                  {t('endOthers')}
                </Button>
              </Show>
            </>
          )}
        </Match>
        <Match when={failureOf(read(), common)}>{(failed) => <ErrorState text={failed().text} retry={again} />}</Match>
      </Switch>
      <ProblemNote text={problem()?.text} />
    </section>
  )
}

function Line(props: { session: Session; busy: boolean; end(id: string): void }): JSX.Element {
  const t = useWords(accountWords)
  const { format } = useLanguage()
  const at = (iso: string) => format().moment(Date.parse(iso), hubNow())
  const device = () => deviceName(props.session.device) ?? t('unknownDevice')
  return (
    <li>
      <span>
        <b>
          {device()}
          <Show when={props.session.here}> ({t('here')})</Show>
        </b>
        <small>
          {t('address')}: {props.session.address ?? '–'} · {t('since')} {at(props.session.createdAt)} · {t('lastUsed')}{' '}
          {at(props.session.usedAt)} · {t('shown')}: {t(`factorOf.${props.session.factor ?? 'none'}`)}
        </small>
      </span>
      <Show when={!props.session.here}>
        <Button
          busy={props.busy}
          aria-label={t('endOf', `${device()}, ${props.session.address ?? '–'}`)}
          onClick={() => props.end(props.session.id)}
        >
          {t('end')}
        </Button>
      </Show>
    </li>
  )
}
