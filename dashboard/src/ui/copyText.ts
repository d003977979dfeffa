/**
 * Copies what `element` shows. Plain http has no clipboard API; there the selection is copied the old way, and stays
 * selected where that is refused too, so that it can be copied by hand.
 * @returns whether it was copied
 */
export async function copyText(element: HTMLElement, text: string): Promise<boolean> {
  if (element instanceof HTMLInputElement) element.select()
  else getSelection()?.selectAllChildren(element)
  if (navigator.clipboard === undefined) return document.execCommand('copy')
  return navigator.clipboard.writeText(text).then(
    () => true,
    () => false,
  )
}
