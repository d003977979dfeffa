import { onCleanup } from 'solid-js'

export type Theme = 'dark' | 'light'

/** Of the pages that are shown: while one gives way to another, both are. The newest one counts. */
const shown: { readonly theme: Theme }[] = []

function apply(): void {
  document.documentElement.dataset.theme = shown.at(-1)?.theme ?? 'dark'
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
