/** Zero-width marks, direction marks, soft hyphens, byte order marks, fillers: chats and web pages leave them behind, nobody sees them. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\u2028\u2029]/gu
/** The same, but for joiners, which Khmer, Lao and Burmese may carry for their line breaks and emoji for their shape. */
const NEVER_TYPED = /(?!\u200b|\p{Join_Control}|\p{Variation_Selector})[\p{Default_Ignorable_Code_Point}\u2028\u2029]/gu

export function withoutInvisible(text: string): string {
  return text.replace(INVISIBLE, '').trim()
}

/** Text as it is kept: composed alike, and without marks that only a copy can have brought along. */
export function typedText(text: string): string {
  return text.normalize('NFC').replaceAll('\u0e4d\u0e32', '\u0e33').replace(NEVER_TYPED, '').trim()
}

/**
 * Text as it is compared, whoever typed it wherever: compatibility forms as one (ำ is nikhahit and aa, ＡＢ is AB), two เ
 * as the แ that they look like; without case, spaces, hyphens and invisible marks. Never for showing or keeping.
 */
export function foldedText(text: string): string {
  return text
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    .replaceAll('เเ', 'แ')
    .toLowerCase()
    .replace(/[\s\-'’_.\u2010-\u2015]/gu, '')
}

/** Thai, Burmese, Lao, Khmer and full-width digits as 0–9: people type numbers as their phone writes them. */
export function asciiDigits(text: string): string {
  return text.replace(/[๐-๙၀-၉໐-໙០-៩０-９]/g, (digit) => {
    const code = digit.charCodeAt(0)
    const zero = ZEROS.find((start) => code >= start && code < start + 10) ?? code
    return String(code - zero)
  })
}

/** Digits as somebody types them: in their script's own, in groups. */
export const compactDigits = (text: string): string => asciiDigits(text).replace(/\s/g, '')

const ZEROS = [0x0e50, 0x1040, 0x0ed0, 0x17e0, 0xff10]
