import { createSignal, onCleanup } from 'solid-js'

export type Theme = 'dark' | 'light'

/** Of the pages that are shown: while one gives way to another, both are. The newest one counts. */
const shown: { readonly theme: Theme }[] = []

const [onPaper, setOnPaper] = createSignal(false)

/** Whether the page is being printed: what is drawn, not styled, draws itself again for paper, at once. */
export { onPaper }

const screenTheme = () => shown.at(-1)?.theme ?? 'dark'

function apply(): void {
  document.documentElement.dataset.theme = onPaper() ? 'light' : screenTheme()
}

/** Paper is white: every page prints in the light theme. */
export function printLight(): void {
  const turn = (paper: boolean) => () => {
    document.documentElement.dataset.theme = paper ? 'light' : screenTheme()
    setOnPaper(paper)
  }
  window.addEventListener('beforeprint', turn(true))
  window.addEventListener('afterprint', turn(false))
}

/** The theme of a page while it is shown: `light` for forms and phones outdoors; walls keep the dark default. */
export function useTheme(theme: Theme): void {
  const own = { theme }
  shown.push(own)
  apply()
  onCleanup(() => {
    shown.splice(shown.indexOf(own), 1)
    apply()
  })
}
