/** A custom property of ui/tokens.css as a colour that a canvas understands. */
export function tokenColour(element: Element, name: `--${string}`): string {
  return getComputedStyle(element).getPropertyValue(name).trim()
}
