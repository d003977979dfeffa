import { onCleanup } from 'solid-js'

export type Theme = 'dark' | 'light'

/** The theme of a page while it is shown: `light` for forms and phones outdoors; walls keep the dark default. */
export function useTheme(theme: Theme): void {
  const before = document.documentElement.dataset.theme ?? 'dark'
  document.documentElement.dataset.theme = theme
  onCleanup(() => {
    document.documentElement.dataset.theme = before
  })
}
