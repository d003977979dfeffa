import { createSignal, type JSX, Show, Suspense, useContext } from 'solid-js'
import { useWords } from '../i18n/language.tsx'
import { part } from '../ui/part.tsx'
import { type AskedNumbers, useClocked } from './clocked.ts'
import './Definition.css'
import { SubjectContext } from './subject.tsx'
import { panelWords } from './words.ts'

const DefinitionDialog = part(() => import('./DefinitionDialog.tsx'))

export type DefinitionProps = AskedNumbers & {
  /** the title that opens it; without one, a question mark does */
  children?: JSX.Element
}

/** Opens what a number is: staff must be able to question what they are shown. */
export function Definition(props: DefinitionProps): JSX.Element {
  const t = useWords(panelWords)
  const [isOpen, setOpen] = createSignal(false)
  const subject = useContext(SubjectContext)
  useClocked(subject && { live: subject.live, scope: subject.scope, numbers: { subject, asked: props } })
  return (
    <>
      <button
        type="button"
        class="definition-open"
        classList={{ 'definition-mark': props.children === undefined }}
        aria-haspopup="dialog"
        aria-label={props.children === undefined ? t('definitionOf.open') : undefined}
        title={t('definitionOf.open')}
        onClick={() => setOpen(true)}
      >
        {props.children ?? <span aria-hidden="true">?</span>}
      </button>
      <Show when={isOpen()}>
        <Suspense>
          <DefinitionDialog of={props.of} asked={props.asked} close={() => setOpen(false)} />
        </Suspense>
      </Show>
    </>
  )
}
