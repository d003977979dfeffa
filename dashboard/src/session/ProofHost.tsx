import { createSignal, type JSX, lazy, onMount, Show, Suspense } from 'solid-js'
import { onProofNeeded } from '../api/http.ts'

const ProofDialog = lazy(() => import('./ProofDialog.tsx'))

type Asked = { readonly answer: Promise<boolean>; done(proven: boolean): void }

/** Where a page is asked once more who is there: one dialog, however many requests wait for it. */
export function ProofHost(): JSX.Element {
  const [asked, setAsked] = createSignal<Asked>()
  onMount(() =>
    onProofNeeded(() => {
      const waiting = asked()
      if (waiting !== undefined) return waiting.answer
      let answered: ((proven: boolean) => void) | undefined
      const answer = new Promise<boolean>((resolve) => {
        answered = resolve
      })
      setAsked({
        answer,
        done(proven) {
          setAsked(undefined)
          answered?.(proven)
        },
      })
      return answer
    }),
  )
  return (
    <Show when={asked()}>
      {(one) => (
        <Suspense>
          <ProofDialog done={(proven) => one().done(proven)} />
        </Suspense>
      )}
    </Show>
  )
}
