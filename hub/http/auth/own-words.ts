import type { Accounts } from './accounts.ts'
import { isCommonPassword } from './common-passwords.ts'

/** Shorter parts of a title or a host's name say nothing of the place: "of", "go", "th". */
const LETTERS_MIN = 4

/** Words by which somebody who knows the installation would begin to guess: its title, its address, and what PASSWORD_WORDS names. */
export function wordsOfInstallation(titles: readonly string[], publicUrl: string, named: readonly string[]): string[] {
  const parts = [...titles.flatMap((title) => title.split(/[\s,.–—-]+/)), ...new URL(publicUrl).hostname.split(/[.-]/)]
  const whole = titles.map((title) => title.replaceAll(/\s/g, ''))
  return [...named, ...[...whole, ...parts].filter((word) => word.length >= LETTERS_MIN)]
}

/** Whether a password is one that is tried first, here or anywhere (ASVS 6.2.11). */
export async function isGuessed(
  { db, publicUrl, passwordWords = [] }: Pick<Accounts, 'db' | 'publicUrl'> & Partial<Pick<Accounts, 'passwordWords'>>,
  password: string,
): Promise<boolean> {
  const operation = await db.selectFrom('operation').select(['title_th', 'title_en']).executeTakeFirst()
  const titles = [operation?.title_th ?? '', operation?.title_en ?? '']
  return isCommonPassword(password, wordsOfInstallation(titles, publicUrl, passwordWords))
}
