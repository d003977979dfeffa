import { type JSX, Show } from 'solid-js'
import { ask } from '../api/http.ts'
import { createLoaded } from '../forms/createLoaded.ts'
import { ProblemNote } from '../forms/ProblemNote.tsx'
import { commonWords } from '../i18n/common.ts'
import { useWords } from '../i18n/language.tsx'
import { failureOf } from '../pageKit/problem.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { rememberSession } from './account.ts'
import { ProofForm } from './ProofForm.tsx'
import { proofWords } from './proofWords.ts'

/** Asks the person at the screen to show that it is them. @param done with whether they have */
export default function ProofDialog(props: { done(proven: boolean): void }): JSX.Element {
  const t = useWords(proofWords)
  const common = useWords(commonWords)
  const [read] = createLoaded(
    () => 'factors',
    () => ask('GET /api/factors'),
  )
  const ways = () => {
    const answer = read()
    return answer.kind === 'there' ? answer.value.ways : undefined
  }
  return (
    <Dialog open onOpenChange={() => props.done(false)} title={t('again')} description={t('againText')}>
      <ProblemNote text={failureOf(read(), common)?.text} />
      <Show when={ways()}>
        {(own) => (
          <ProofForm
            ways={own()}
            onProven={(session) => {
              rememberSession(session)
              props.done(true)
            }}
          />
        )}
      </Show>
    </Dialog>
  )
}
