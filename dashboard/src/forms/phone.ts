const DIGITS = /[0-9๐-๙၀-၉໐-໙០-៩]/g
const ALLOWED = /^[0-9๐-๙၀-၉໐-໙០-៩\s().+\-–]*$/
const DIGITS_MIN = 9
const DIGITS_MAX = 16

/** Whether it could be a phone number, in digits of any of our scripts. The hub has the last word; a bad line is slow. */
export function looksLikePhone(text: string): boolean {
  const digits = text.match(DIGITS)?.length ?? 0
  return ALLOWED.test(text) && digits >= DIGITS_MIN && digits <= DIGITS_MAX
}
