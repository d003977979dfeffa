import { render } from 'solid-js/web'
import { App, fetchPage } from './App.tsx'
import './ui/fonts.css'
import './ui/tokens.css'
import './ui/base.css'
import { loadLanguage } from './i18n/further.ts'
import { firstLanguage } from './i18n/language.tsx'
import { beatInKiosk } from './kiosk/beat.ts'
import { takeDoubleTapsForOne } from './ui/doubleTap.ts'
import { printLight } from './ui/theme.ts'

function begin(root: HTMLElement): void {
  // The document of /help holds the emergency numbers from the first byte on. The page brings its own; if it cannot even
  // begin, these stay.
  const numbers = [...root.childNodes]
  root.replaceChildren()
  try {
    render(() => <App />, root)
  } catch (error) {
    root.replaceChildren(...numbers)
    throw error
  }
}

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
printLight()
takeDoubleTapsForOne()
beatInKiosk()
const words = loadLanguage(firstLanguage())
if (words) {
  fetchPage(location.pathname)
  void words.then(() => begin(root))
} else begin(root)
