import { A } from '@solidjs/router'
import { createSignal, For, type JSX, Show } from 'solid-js'
import { SEVERITIES } from '../../../../hub/contract/vocabulary/severity.ts'
import { type Answer, ask } from '../../api/http.ts'
import { useErrorText } from '../../cases/speech.ts'
import { workWords } from '../../cases/words.ts'
import { createBusyWith } from '../../forms/createBusy.ts'
import { SelectField } from '../../forms/SelectField.tsx'
import { commonWords } from '../../i18n/common.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { useSubject } from '../../panels/subject.tsx'
import { noticeExpiry } from '../../session/account.ts'
import { SeverityMark } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { toast } from '../../ui/Toast.tsx'
import { useLevelName } from '../case/levels.ts'
import { transferWords } from '../case/transferWords.ts'
import { askFor } from './askFor.ts'
import type { Waiting } from './stages.ts'
import { useNames } from './useNames.ts'
import { bedsWords } from './words.ts'

type Found = Answer<'GET /api/placements'>
type Proposal = Found['placements'][number]

type ProposalsProps = {
  area: string
  /** whoever of a proposal waits no more has been asked for */
  waiting: readonly Waiting[]
}

/** `region`: of the beds of a whole health region. */
const SCOPES = ['area', 'region'] as const

/** Who could go where, for a whole area at once, and what that saves. A person asks, one by one or for all. */
export function Proposals(props: ProposalsProps): JSX.Element {
  const t = useWords(bedsWords)
  const common = useWords(commonWords)
  const work = useWords(workWords)
  const words = useWords(transferWords)
  const { format } = useLanguage()
  const levelName = useLevelName()
  const names = useNames()
  const { province } = useSubject()
  const fault = useErrorText()
  const [found, setFound] = createSignal<Found>()
  const [busy, during] = createBusyWith<number | 'look' | 'all'>()
  const [scope, setScope] = createSignal<(typeof SCOPES)[number]>('area')
  const region = () => province?.healthRegion
  /** of other provinces, whose people are not on this page */
  const [asked, setAsked] = createSignal<ReadonlySet<number>>(new Set())
  const open = () => {
    const still = new Set(props.waiting.map(({ id }) => id))
    return (found()?.placements ?? []).filter(({ caseId, place }) =>
      place.startsWith(props.area) ? still.has(caseId) : !asked().has(caseId),
    )
  }
  const askOne = async (one: Proposal) => {
    await askFor(one)
    setAsked(new Set([...asked(), one.caseId]))
  }
  const say = (error: unknown) => {
    if (!noticeExpiry(error)) toast(fault(error), 'alarm')
  }
  const look = () =>
    during('look', async () => {
      try {
        const of = scope() === 'region' ? region() : undefined
        setFound(await ask('GET /api/placements', { query: { area: props.area, ...(of && { region: of }) } }))
      } catch (error) {
        say(error)
      }
    })
  const send = (one: Proposal) => during(one.caseId, () => askOne(one).catch(say))
  const sendAll = () =>
    during('all', async () => {
      const all = open()
      let done = 0
      // One after the other: each is a command of its own, and the first refusal is said.
      let refusal: unknown
      for (const one of all) {
        try {
          await askOne(one)
          done++
        } catch (error) {
          refusal ??= error
        }
      }
      toast(t('asked', format().number(done), format().number(all.length)), done === all.length ? 'good' : 'plain')
      if (refusal !== undefined) say(refusal)
    })
  const savings = (saved: Found['saved']) => {
    const said = SEVERITIES.flatMap((severity) => {
      const hours = Math.round(saved[severity])
      const amount = format().number(Math.abs(hours))
      return hours === 0 ? [] : [t(hours > 0 ? 'saves' : 'costs', common(`severity.${severity}`), amount)]
    })
    return said.length === 0 ? t('sameWait') : said.join(' · ')
  }
  return (
    <Show
      when={found()}
      fallback={
        <div class="beds-propose">
          <Show when={region()}>
            {(number) => (
              <SelectField
                label={t('scope')}
                name="propose-for"
                options={SCOPES}
                value={scope()}
                text={(each) => (each === 'area' ? t('ownArea') : t('region', String(number())))}
                onChange={setScope}
              />
            )}
          </Show>
          <Button busy={busy() === 'look'} data-action="propose" onClick={() => void look()}>
            {t('propose')}
          </Button>
        </div>
      }
    >
      {(round) => (
        <section class="beds-proposals" aria-labelledby="proposals">
          <h2 id="proposals">{t('propose')}</h2>
          <p>{t('proposed', format().number(round().placed), format().number(round().waiting))}</p>
          <Show when={scope() === 'region'}>
            <p class="desk-muted">{t('inRegion')}</p>
          </Show>
          <p class="desk-muted">
            {t('savedBy')}: {savings(round().saved)}
          </p>
          <Show when={open().length > 0} fallback={<p>{t('noneProposed')}</p>}>
            <ul class="beds-offers">
              <For each={open()}>
                {(one) => (
                  <li data-proposal={one.caseId}>
                    <span>
                      <SeverityMark severity={one.severity} />{' '}
                      <A href={`/case/${one.caseId}`}>{work('caseNo', String(one.caseId))}</A> →{' '}
                      <b>{names.facility(one)}</b>{' '}
                      <small class="desk-muted">
                        {levelName(one.level)} · {words('km', format().number(Math.round(one.km)))}
                      </small>
                    </span>
                    <Button
                      busy={busy() === one.caseId}
                      disabled={busy() !== undefined}
                      aria-label={t('ask', `${names.facility(one)}, ${work('caseNo', String(one.caseId))}`)}
                      onClick={() => void send(one)}
                    >
                      {t('askShort')}
                    </Button>
                  </li>
                )}
              </For>
            </ul>
          </Show>
          <p class="beds-proposals-end">
            <Show when={open().length > 1}>
              <Button
                kind="primary"
                busy={busy() === 'all'}
                disabled={busy() !== undefined}
                data-action="ask-all"
                onClick={() => void sendAll()}
              >
                {t('askAll', format().number(open().length))}
              </Button>
            </Show>
            <Button data-action="close-proposals" onClick={() => setFound(undefined)}>
              {t('close')}
            </Button>
          </p>
        </section>
      )}
    </Show>
  )
}
