/** What somebody shows to say who they are; none is needed. */
export const ID_KINDS = ['thai', 'pink', 'passport', 'border_pass', 'none', 'other'] as const
export type IdKind = (typeof ID_KINDS)[number]

/** The check digit of a Thai identity number (mod 11), as the Department of Provincial Administration gives them out. */
export function isThaiId(number: string): boolean {
  if (!/^[1-8]\d{12}$/.test(number)) return false
  const sum = [...number.slice(0, 12)].reduce((total, digit, i) => total + Number(digit) * (13 - i), 0)
  return (11 - (sum % 11)) % 10 === Number(number[12])
}
