import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type BrowserContext, chromium } from 'playwright-core'
import { browserPath, FLAGS } from './browser.ts'
import { watchPages } from './what-was-seen.ts'

export type Phone = {
  readonly context: BrowserContext
  /** As somebody closes it: what it keeps is on its disk. */
  end(): Promise<void>
  /** SIGKILL: nothing is written any more, nobody is asked */
  kill(): Promise<void>
}

export type PhoneProfile = {
  /** the same phone each time: what was on its disk is there */
  start(): Promise<Phone>
  remove(): Promise<void>
}

const START_MS_MAX = 30_000

/** A browser with a disk of its own that outlives it, as a phone's does. */
export async function makePhone(): Promise<PhoneProfile> {
  const folder = await mkdtemp(path.join(tmpdir(), 'jitasa-phone-'))
  return {
    start: () => start(folder),
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }),
  }
}

async function start(folder: string): Promise<Phone> {
  const portFile = path.join(folder, 'DevToolsActivePort')
  await rm(portFile, { force: true })
  const args = ['--headless', '--remote-debugging-port=0', `--user-data-dir=${folder}`, ...FLAGS, 'about:blank']
  const child = spawn(browserPath(), args, { stdio: 'ignore' })
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const browser = watchPages(await chromium.connectOverCDP(`http://127.0.0.1:${await debuggingPort(portFile)}`))
  const [context] = browser.contexts()
  if (!context) throw new Error('the browser has no context')
  return {
    context,
    async end() {
      await (await browser.newBrowserCDPSession()).send('Browser.close')
      await gone
    },
    async kill() {
      child.kill('SIGKILL')
      await gone
      await browser.close().catch((error: Error) => console.info(`the browser is gone: ${error.message}`))
    },
  }
}

async function debuggingPort(file: string): Promise<number> {
  const until = Date.now() + START_MS_MAX
  while (Date.now() < until) {
    const [port] = (await readFile(file, 'utf8').catch(() => '')).split('\n')
    if (port) return Number(port)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`the browser did not start within ${START_MS_MAX} ms`)
}
