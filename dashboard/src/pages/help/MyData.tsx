import { createSignal, For, type JSX, Match, Show, Switch } from 'solid-js'
import { asciiDigits, compactDigits } from '../../../../hub/contract/vocabulary/text.ts'
import { commandMyData, type Deed, fetchMyData, type MyDataState, provePhone, sendMyDigits } from '../../api/myData.ts'
import { newKey } from '../../api/newKey.ts'
import { deviceNow } from '../../clock.ts'
import { createSubmit } from '../../forms/createSubmit.ts'
import { InputField } from '../../forms/InputField.tsx'
import { ProblemNote } from '../../forms/ProblemNote.tsx'
import { commonWords } from '../../i18n/common.ts'
import { bangkokDay } from '../../i18n/format.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { CorrectData } from './CorrectData.tsx'
import { DataCopyView } from './DataCopyView.tsx'
import { myDataWords } from './myDataWords.ts'
import './my-data.css'

/** The rights of the person over their data: nothing is asked of the hub before they open it. `onChange`: the request may have ended by it. */
export default function MyData(props: { code: string; onChange(): void }): JSX.Element {
  const t = useWords(myDataWords)
  const common = useWords(commonWords)
  const { language, format } = useLanguage()
  const [state, setState] = createSignal<MyDataState>()
  const [proof, setProof] = createSignal<string>()
  const load = createSubmit()
  const when = (at: number) => format().moment(at, deviceNow())
  const open = () => load.send(async () => void setState(await fetchMyData(props.code, language())))
  const done = (next: MyDataState) => {
    setState(next)
    props.onChange()
  }
  return (
    <section class="form-card my-data" aria-labelledby="my-data">
      <h2 id="my-data">{t('title')}</h2>
      <p class="form-muted">{t('lead')}</p>
      <Show
        when={state()}
        fallback={
          <>
            <ProblemNote text={load.problem() && `${t('failed')} ${load.problem()?.text}`} />
            <Button busy={load.busy()} onClick={() => void open()}>
              {load.problem() ? common('retry') : t('open')}
            </Button>
          </>
        }
      >
        {(now) => (
          <>
            <div role="status" class="my-data-said">
              <Show when={now().consent}>
                {(consent) => <p>{t('consent', consent().version, when(consent().at))}</p>}
              </Show>
              <Show when={now().consent?.withdrawnAt}>{(at) => <p>{t('withdrawn', when(at()))}</p>}</Show>
              <For each={now().corrections}>{(one) => <CorrectionSaid one={one} />}</For>
              <Show when={now().erasure}>
                {(erasure) => (
                  <p class="my-data-erasure">
                    {erasure().doneAt !== null
                      ? t('erased', when(erasure().doneAt ?? 0))
                      : erasure().peopleAsked && !now().ended
                        ? t('waitsPeople')
                        : t('waits', when(erasure().dueAt))}
                  </p>
                )}
              </Show>
            </div>
            <Switch fallback={<Proving code={props.code} way={now().way} onProof={setProof} />}>
              <Match when={now().erasure?.doneAt}>{null}</Match>
              <Match when={now().way === 'none'}>
                <p>{t('none')}</p>
              </Match>
              <Match when={proof()}>
                {(proven) => (
                  <Deeds
                    code={props.code}
                    proof={proven()}
                    state={now()}
                    onDone={done}
                    onOver={() => setProof(undefined)}
                  />
                )}
              </Match>
            </Switch>
          </>
        )}
      </Show>
      <p>
        <a href="/privacy">{t('privacy')}</a>
      </p>
    </section>
  )
}

/** How a correction stands that people were asked for: by when it is answered, or what became of it. */
function CorrectionSaid(props: { one: MyDataState['corrections'][number] }): JSX.Element {
  const t = useWords(myDataWords)
  const { format } = useLanguage()
  const { state, askedAt, dueAt, closedAt, because } = props.one
  const when = (at: number) => format().moment(at, deviceNow())
  const said = () => {
    if (closedAt === null) return t('correctionAsked', when(askedAt), format().day(bangkokDay(dueAt)))
    if (because === null) return t('correctionDone', when(askedAt), when(closedAt))
    return `${t('correctionRefused', when(askedAt), when(closedAt))} ${t(`correctionBecause.${because}`)}`
  }
  return (
    <p class="my-data-correction" data-state={state}>
      {said()}
    </p>
  )
}

/** The phone shows whose data it is: by a text message, or by its number where none is sent. */
function Proving(props: { code: string; way: MyDataState['way']; onProof(proof: string): void }): JSX.Element {
  const t = useWords(myDataWords)
  const { language } = useLanguage()
  const [typed, setTyped] = createSignal('')
  const [said, setSaid] = createSignal('')
  const { busy, problem, send } = createSubmit()
  const byMessage = () => props.way === 'message'
  const prove = (event: SubmitEvent) => {
    event.preventDefault()
    const given = byMessage() ? { digits: compactDigits(typed()) } : { phone: asciiDigits(typed()).trim() }
    void send(async () => props.onProof((await provePhone(props.code, language(), given)).proof))
  }
  const sendDigits = () =>
    send(async () => {
      await sendMyDigits(props.code, language())
      setSaid(t('sent'))
    })
  return (
    <form class="form-fields" novalidate onSubmit={prove}>
      <h3>{t('check')}</h3>
      <Show when={byMessage()}>
        <p>{t('byMessage')}</p>
        <div class="form-actions">
          <Button busy={busy()} onClick={() => void sendDigits()}>
            {t('send')}
          </Button>
        </div>
        <p role="status" class="form-muted">
          {said()}
        </p>
      </Show>
      <InputField
        label={byMessage() ? t('digits') : t('number')}
        hint={byMessage() ? undefined : t('byNumber')}
        error={problem()?.text}
        type={byMessage() ? 'text' : 'tel'}
        inputmode={byMessage() ? 'numeric' : 'tel'}
        autocomplete={byMessage() ? 'one-time-code' : 'tel'}
        maxLength={40}
        value={typed()}
        onText={setTyped}
      />
      <div class="form-actions">
        <Button type="submit" kind="primary" busy={busy()} disabled={typed().trim() === ''}>
          {t('prove')}
        </Button>
      </div>
    </form>
  )
}

type DeedsProps = {
  code: string
  proof: string
  state: MyDataState
  onDone(state: MyDataState): void
  /** the proof holds no more */
  onOver(): void
}

/** What a person may do with their data, once it is shown that it is theirs. */
function Deeds(props: DeedsProps): JSX.Element {
  const t = useWords(myDataWords)
  const { language } = useLanguage()
  const [asking, setAsking] = createSignal<'withdraw' | 'erase'>()
  const { busy, problem, send } = createSubmit()
  const carryOut = (deed: Deed) => {
    setAsking(undefined)
    return send(async () =>
      props.onDone(await commandMyData(deed, props.code, language(), props.proof, newKey())),
    ).then(() => {
      if (problem()?.code === 'phone_unproven') props.onOver()
    })
  }
  return (
    <div class="my-data-deeds">
      <DataCopyView code={props.code} proof={props.proof} onOver={props.onOver} />
      <CorrectData code={props.code} proof={props.proof} onDone={props.onDone} onOver={props.onOver} />
      <ProblemNote text={problem()?.text} />
      <Show when={props.state.consent?.withdrawnAt === null && props.state.erasure === null}>
        <section>
          <h3>{t('withdraw')}</h3>
          <p>{t('withdrawText')}</p>
          <Button busy={busy()} onClick={() => setAsking('withdraw')}>
            {t('withdraw')}
          </Button>
        </section>
      </Show>
      <section>
        <Show
          when={props.state.erasure}
          fallback={
            <>
              <h3>{t('erase')}</h3>
              <p>{t('eraseText')}</p>
              <Button kind="danger" busy={busy()} onClick={() => setAsking('erase')}>
                {t('erase')}
              </Button>
            </>
          }
        >
          <Button kind="primary" busy={busy()} onClick={() => void carryOut('keep')}>
            {t('keep')}
          </Button>
        </Show>
      </section>
      <Dialog
        open={asking() !== undefined}
        onOpenChange={(open) => {
          if (!open) setAsking(undefined)
        }}
        title={asking() === 'withdraw' ? t('withdraw') : t('erase')}
        description={asking() === 'withdraw' ? t('withdrawText') : t('eraseText')}
        actions={
          <>
            <Button onClick={() => setAsking(undefined)}>{t('no')}</Button>
            <Button kind="danger" onClick={() => void carryOut(asking() ?? 'withdraw')}>
              {asking() === 'withdraw' ? t('withdrawYes') : t('eraseYes')}
            </Button>
          </>
        }
      />
    </div>
  )
}
