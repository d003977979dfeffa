import { createResource, createSignal, For, type JSX, Match, Show, Switch } from 'solid-js'
import { type Complaint, fetchComplaint } from '../../api/cases.ts'
import { useErrorText } from '../../cases/speech.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { noticeExpiry } from '../../session/account.ts'
import { SeverityMark } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { complaintWords } from '../case/complaintWords.ts'
import { saidBeside, useSaidFacts } from '../case/useSaidFacts.ts'
import { bedsWords } from './words.ts'

const SHOWN_MAX = 3

type Line = { readonly at: number; readonly danger: boolean; readonly text: string }

/**
 * What somebody who waits ticked of their condition: symptoms, saturation, risks, age, never a word or a name. It is asked
 * for at a press, for each look is a row of the audit log, and anew when they have said more.
 */
export function Said(props: { caseId: number; heardAt: number | null }): JSX.Element {
  const t = useWords(bedsWords)
  const words = useWords(complaintWords)
  const { format } = useLanguage()
  const fault = useErrorText()
  const facts = useSaidFacts()
  const [open, setOpen] = createSignal(false)
  const [answer] = createResource(
    () => open() && `${props.caseId} ${props.heardAt}`,
    () =>
      fetchComplaint(props.caseId).then(
        (complaint) => ({ complaint, problem: undefined }),
        (error: unknown) => ({ complaint: undefined, problem: noticeExpiry(error) ? undefined : fault(error) }),
      ),
  )
  const lines = (complaint: Complaint): readonly Line[] =>
    [
      ...saidBeside(complaint).map((each) => ({ ...each, text: facts.said(each).join(' · ') })),
      ...complaint.checks.map((each) => ({ ...each, text: facts.check(each).join(' · ') })),
    ]
      .toSorted((a, b) => b.at - a.at)
      .slice(0, SHOWN_MAX)
  return (
    <div class="beds-said">
      <Button aria-expanded={open()} data-action="said" onClick={() => setOpen(!open())}>
        {t('said')}
      </Button>
      <Show when={open()}>
        <Switch fallback={<Skeleton height="1.5rem" />}>
          <Match when={answer.latest?.problem}>{(text) => <p role="alert">{text()}</p>}</Match>
          <Match when={answer.latest?.complaint}>
            {(complaint) => (
              <ul>
                <For each={lines(complaint())} fallback={<li>{words('none')}</li>}>
                  {(line) => (
                    <li data-danger={line.danger ? 'yes' : undefined}>
                      <Show when={line.danger}>
                        <SeverityMark severity="red" />{' '}
                      </Show>
                      {line.text} <small class="desk-muted">{format().time(line.at)}</small>
                    </li>
                  )}
                </For>
              </ul>
            )}
          </Match>
        </Switch>
      </Show>
    </div>
  )
}
