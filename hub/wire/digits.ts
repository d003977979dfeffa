/** Zeros of Thai, Burmese, Lao and Khmer. */
const ZEROS = [0x0e50, 0x1040, 0x0ed0, 0x17e0]

/** What was typed, with the digits of any of our scripts as 0–9: people type numbers as their phone writes them. */
export function asciiDigits(text: string): string {
  return text.replace(/[๐-๙၀-၉໐-໙០-៩]/g, (digit) => {
    const code = digit.charCodeAt(0)
    return String(code - (ZEROS.find((zero) => code >= zero && code < zero + 10) ?? code))
  })
}
