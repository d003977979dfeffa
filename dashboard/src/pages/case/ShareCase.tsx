import { createSignal, type JSX, Show } from 'solid-js'
import { workWords } from '../../cases/words.ts'
import { useWords } from '../../i18n/language.tsx'
import { Secret } from '../../pageKit/Secret.tsx'
import '../../pageKit/desk.css'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { casePageWords } from './words.ts'

/** Gives a case's number and link on, by what the phone shares with; otherwise to be copied. Nothing of the person is in it. */
export function ShareCase(props: { id: number }): JSX.Element {
  const t = useWords(casePageWords)
  const words = useWords(workWords)
  const [isShown, show] = createSignal(false)
  const title = () => words('caseNo', String(props.id))
  const link = () => `${location.origin}/case/${props.id}`
  const share = async () => {
    // Only over https, and not in every browser.
    if (typeof navigator.share !== 'function') return show(true)
    await navigator.share({ title: title(), url: link() }).catch((error: DOMException) => {
      // Who closes the list of apps has changed their mind.
      if (error.name !== 'AbortError') show(true)
    })
  }
  return (
    <>
      <Button class="case-share" onClick={() => void share()}>
        {t('share')}
      </Button>
      <Show when={isShown()}>
        <Dialog open onOpenChange={() => show(false)} title={title()} description={t('shareText')}>
          <Secret label={t('shareLink')} value={link()} />
        </Dialog>
      </Show>
    </>
  )
}
