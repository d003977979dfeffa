import { A, useLocation } from '@solidjs/router'
import { For, type JSX } from 'solid-js'
import { commonWords } from '../i18n/common.ts'
import { useWords } from '../i18n/language.tsx'
import { sessionState } from '../session/account.ts'
import { pageWords } from '../session/pageWords.ts'
import { sessionWords } from '../session/words.ts'
import { workplacesOf } from '../session/workplaces.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { helpWords } from './HelpButton.tsx'
import './HelpSheet.css'
import { KeyList } from './KeyList.tsx'
import { topicOf } from './topics.ts'
import { sheetWords, topicWords } from './words.ts'

/** What the page is for, its keys, and the pages that whoever looks may use. */
export default function HelpSheet(props: { close(): void }): JSX.Element {
  const title = useWords(helpWords)
  const t = useWords(sheetWords)
  const topic = useWords(topicWords)
  const page = useWords(pageWords)
  const { pathname } = useLocation()
  const about = () => {
    const one = topicOf(pathname)
    if (one === 'help' || one === 'status' || one === 'privacy') return t(`about.${one}`)
    return one in topicWords.en.about ? topic(`about.${one as OwnTopic}`) : page(`text.${one as keyof PageTexts}`)
  }
  const keys = () => {
    const all = [
      { keys: '?', does: t('key.help') },
      { keys: 'Tab', does: t('key.tab') },
      { keys: 'Enter', does: t('key.enter') },
      { keys: 'Esc', does: t('key.escape') },
    ]
    if (topicOf(pathname) !== 'board') return all
    const board = [
      { keys: 'j k', does: topic('board.move') },
      { keys: 'c', does: topic('board.claim') },
      { keys: 'Enter', does: topic('board.open') },
      { keys: '/', does: topic('board.search') },
    ]
    return [...board, ...all.filter((key) => key.keys !== 'Enter')]
  }
  return (
    <Dialog open onOpenChange={() => props.close()} title={title('title')} description={about()}>
      <h3>{t('keys')}</h3>
      <KeyList keys={keys()} />
      <h3>{t('links')}</h3>
      <ul class="help-sheet-links">
        <For each={useLinks()()}>
          {({ href, name }) => (
            <li>
              <A href={href} onClick={() => props.close()}>
                {name}
              </A>
            </li>
          )}
        </For>
      </ul>
    </Dialog>
  )
}

type OwnTopic = keyof typeof topicWords.en.about
type PageTexts = typeof pageWords.en.text

/** The pages of who is signed in; otherwise what is open to everybody. */
function useLinks() {
  const common = useWords(commonWords)
  const page = useWords(pageWords)
  const session = useWords(sessionWords)
  return () => {
    const state = sessionState()
    const start = { href: '/', name: common('home') }
    if (state.kind === 'in') {
      return [start, ...workplacesOf(state.session).map((one) => ({ href: one.href, name: page(`name.${one.page}`) }))]
    }
    return [
      start,
      { href: '/help', name: page('name.help') },
      { href: '/wall', name: page('name.wall') },
      { href: '/sign-in', name: session('signIn') },
    ]
  }
}
