import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'
import { watchPages } from './what-was-seen.ts'

const SHELL = '/usr/bin/chromium-headless-shell'
const WHOLE = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
/**
 * Without these Chromium asks Google's hosts at every start; `--no-sandbox` is what root needs. Letters are as wide as on
 * a large screen, not fitted to whole pixels.
 */
export const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
]

/** @throws Error with what to do when there is no browser: tests are not skipped for want of one */
export function browserPath(places: readonly string[] = WHOLE): string {
  const executablePath = process.env.CHROMIUM ?? places.find((place) => existsSync(place))
  if (executablePath === undefined)
    throw new Error('no Chromium: run `bash tests/support/browser.sh`, or set CHROMIUM to its path')
  return executablePath
}

/**
 * The shell where there is one: without the parts of a window it is half as fast again, and draws the same. One that was
 * killed keeps no cookies afterwards; phones (phone.ts) are whole browsers.
 * @throws Error when there is no browser
 */
export async function startBrowser(): Promise<Browser> {
  return watchPages(await chromium.launch({ executablePath: browserPath([SHELL, ...WHOLE]), args: FLAGS }))
}
