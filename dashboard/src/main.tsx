import { render } from 'solid-js/web'
import { App } from './App.tsx'
import './ui/fonts.css'
import './ui/tokens.css'
import './ui/base.css'
import { beatInKiosk } from './kiosk/beat.ts'
import { printLight } from './ui/theme.ts'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
printLight()
beatInKiosk()
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
