import { createResource, createSignal, For, type JSX, Match, onCleanup, Show, Switch } from 'solid-js'
import { ask } from '../api/http.ts'
import { InputField } from '../forms/InputField.tsx'
import { useWords } from '../i18n/language.tsx'
import { sessionWords } from '../session/words.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { ErrorState } from '../ui/State.tsx'
import { useErrorText } from './speech.ts'
import { workWords } from './words.ts'

/** A search is sent when somebody has stopped typing for this long. */
const TYPING_MS = 250

type PickerProps = {
  need: number
  close(): void
  /** @param key the colleague's */
  choose(key: string): void
}

/** Who could take a need over: those who work in its area, by call-sign. */
export function ColleaguePicker(props: PickerProps): JSX.Element {
  const t = useWords(workWords)
  return (
    <Dialog open onOpenChange={() => props.close()} title={t('toColleague')} description={t('toColleagueHint')}>
      <Colleagues {...props} />
    </Dialog>
  )
}

function Colleagues(props: PickerProps): JSX.Element {
  const t = useWords(workWords)
  const session = useWords(sessionWords)
  const fault = useErrorText()
  const [text, setText] = createSignal('')
  const [found, { refetch }] = createResource(text, async (part) => {
    try {
      return {
        answer: await ask('GET /api/needs/{id}/colleagues', { params: { id: props.need }, query: { text: part } }),
      }
    } catch (error) {
      return { error }
    }
  })
  let typing: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(typing))
  const search = (part: string) => {
    clearTimeout(typing)
    typing = setTimeout(() => setText(part.trim()), TYPING_MS)
  }
  const failed = () => {
    const what = found.latest
    return what && 'error' in what ? what : undefined
  }
  const answer = () => {
    const what = found.latest
    return what && 'answer' in what ? what.answer : undefined
  }
  return (
    <>
      <InputField
        label={t('callSign')}
        type="search"
        name="colleague"
        maxLength={80}
        autocomplete="off"
        onText={search}
      />
      <Switch fallback={<p aria-busy="true">{t('searching')}</p>}>
        <Match when={failed()}>
          {(what) => <ErrorState text={fault(what().error)} retry={() => void refetch()} />}
        </Match>
        <Match when={answer()}>
          {(list) => (
            <>
              <ul class="colleagues">
                <For each={list().colleagues} fallback={<li>{t('noColleague')}</li>}>
                  {({ key, label, role }) => (
                    <li>
                      <Button data-colleague={key} onClick={() => props.choose(key)}>
                        <b>{label}</b> <small>{session(`role.${role as 'responder'}`)}</small>
                      </Button>
                    </li>
                  )}
                </For>
              </ul>
              <Show when={list().more}>
                <p>{t('moreColleagues')}</p>
              </Show>
            </>
          )}
        </Match>
      </Switch>
    </>
  )
}
