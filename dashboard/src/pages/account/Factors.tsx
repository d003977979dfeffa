import { createEffect, createSignal, For, type JSX, Match, Show, Switch } from 'solid-js'
import { type Answer, ask } from '../../api/http.ts'
import { createLoaded } from '../../forms/createLoaded.ts'
import { createSubmit } from '../../forms/createSubmit.ts'
import { ProblemNote } from '../../forms/ProblemNote.tsx'
import { commonWords } from '../../i18n/common.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { hubNow } from '../../live/hubClock.ts'
import { failureOf } from '../../pageKit/problem.ts'
import { refreshSession } from '../../session/account.ts'
import { Button } from '../../ui/Button.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { ErrorState } from '../../ui/State.tsx'
import { toast } from '../../ui/Toast.tsx'
import { AddApp } from './AddApp.tsx'
import { AddPasskey } from './AddPasskey.tsx'
import { Demand } from './Demand.tsx'
import { RecoveryCodes } from './RecoveryCodes.tsx'
import { accountWords } from './words.ts'

type Mine = Answer<'GET /api/factors'>

/** One's second factors: what there is, another one, and what lets one in when they are lost. */
export function Factors(): JSX.Element {
  const t = useWords(accountWords)
  const common = useWords(commonWords)
  const [read, again] = createLoaded(
    () => 'factors',
    () => ask('GET /api/factors'),
  )
  const [mine, take] = createSignal<Mine>()
  createEffect(() => {
    const answer = read()
    if (answer.kind === 'there') take(answer.value)
  })
  const [adding, setAdding] = createSignal<'app' | 'passkey'>()
  const [codes, setCodes] = createSignal<readonly string[]>()
  const added = async (recoveryCodes: readonly string[] | null) => {
    setAdding(undefined)
    setCodes(recoveryCodes ?? undefined)
    toast(t('addedDone'), 'good')
    again()
    await refreshSession()
  }
  return (
    <section class="desk-card" aria-labelledby="factors">
      <h2 id="factors">{t('factors')}</h2>
      <p class="desk-muted">{t('factorsText')}</p>
      <Switch fallback={<Skeleton height="12rem" />}>
        <Match when={mine()}>
          {(all) => (
            <>
              <Demand mine={all()} />
              <Show when={codes()}>
                {(shown) => <RecoveryCodes codes={shown()} onKept={() => setCodes(undefined)} />}
              </Show>
              <List mine={all()} changed={again} />
              <Switch
                fallback={
                  <div class="desk-buttons">
                    <Button kind="primary" onClick={() => setAdding('passkey')}>
                      {t('addPasskey')}
                    </Button>
                    <Button onClick={() => setAdding('app')}>{t('addApp')}</Button>
                  </div>
                }
              >
                <Match when={adding() === 'passkey'}>
                  <AddPasskey
                    possible={all().passkeys}
                    onAdded={(made) => void added(made)}
                    onClose={() => setAdding(undefined)}
                  />
                </Match>
                <Match when={adding() === 'app'}>
                  <AddApp onAdded={(made) => void added(made)} onClose={() => setAdding(undefined)} />
                </Match>
              </Switch>
              <Show when={all().factors.length > 0}>
                <Recovery left={all().recoveryCodes} show={setCodes} changed={again} />
              </Show>
            </>
          )}
        </Match>
        <Match when={failureOf(read(), common)}>
          {(problem) => <ErrorState text={problem().text} retry={again} />}
        </Match>
      </Switch>
    </section>
  )
}

function List(props: { mine: Mine; changed(): void }): JSX.Element {
  const t = useWords(accountWords)
  const { format } = useLanguage()
  const { busy, problem, send } = createSubmit()
  const remove = (id: string) =>
    send(async () => {
      await ask('DELETE /api/factors/{id}', { params: { id } })
      toast(t('removed'), 'good')
      props.changed()
    })
  const at = (iso: string) => format().moment(Date.parse(iso), hubNow())
  return (
    <>
      <Show when={props.mine.factors.length > 0} fallback={<p>{t('none')}</p>}>
        <ul class="account-list">
          <For each={props.mine.factors}>
            {({ id, kind, name, createdAt, usedAt }) => (
              <li>
                <span>
                  <b>{name}</b>
                  <small>
                    {t(`kind.${kind}`)} · {t('added', at(createdAt))}
                    <Show when={usedAt}>{(used) => ` · ${t('used', at(used()))}`}</Show>
                  </small>
                </span>
                <Button busy={busy()} aria-label={t('removeOf', name)} onClick={() => void remove(id)}>
                  {t('remove')}
                </Button>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <ProblemNote text={problem()?.text} />
    </>
  )
}

function Recovery(props: { left: number; show(codes: readonly string[]): void; changed(): void }): JSX.Element {
  const t = useWords(accountWords)
  const { format } = useLanguage()
  const { busy, problem, send } = createSubmit()
  const renew = () =>
    send(async () => {
      props.show((await ask('POST /api/factors/recovery-codes')).recoveryCodes)
      props.changed()
    })
  return (
    <>
      <h3>{t('recovery')}</h3>
      <p>{t('recoveryLeft', format().number(props.left))}</p>
      <div class="desk-buttons">
        <Button busy={busy()} onClick={() => void renew()}>
          {t('recoveryNew')}
        </Button>
        <span class="desk-muted">{t('recoveryNewText')}</span>
      </div>
      <ProblemNote text={problem()?.text} />
      <p class="desk-muted">{t('lost')}</p>
    </>
  )
}
