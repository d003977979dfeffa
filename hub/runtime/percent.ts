/** @returns the text decoded; `undefined` when its percent-encoding is none. */
export function decodedPercent(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch (error) {
    if (error instanceof URIError) return undefined
    throw error
  }
}
