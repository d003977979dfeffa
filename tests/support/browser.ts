import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
/** Without these Chromium asks Google's hosts at every start; `--no-sandbox` is what root needs. */
export const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** @throws Error with what to do when there is no browser: tests are not skipped for want of one */
export function browserPath(): string {
  const executablePath = process.env.CHROMIUM ?? PLACES.find((place) => existsSync(place))
  if (executablePath === undefined)
    throw new Error('no Chromium: run `bash tests/support/browser.sh`, or set CHROMIUM to its path')
  return executablePath
}

/** @throws Error when there is no browser */
export async function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: browserPath(), args: FLAGS })
}
