import exec from 'k6/execution'
import http from 'k6/http'
import { HUB } from './settings.ts'
import type { Tally } from './tally.ts'

const HTTP_OK = 2

type Answer = { readonly status: number; readonly body: unknown; json(): unknown }

/** One who works with the API: an address, at most one account, and a count of what was refused. */
export class Desk {
  readonly #tally: Tally
  #written = 0

  constructor(tally: Tally) {
    this.#tally = tally
  }

  /** By login and password; the session stays in this virtual user's cookies. */
  signIn(login: string, password: string): boolean {
    return this.#sent('sign-in', http.post(`${HUB}/api/auth/sign-in`, JSON.stringify({ login, password }), JSON_BODY))
  }

  get<T>(path: string): T | undefined {
    const answer: Answer = http.get(`${HUB}${path}`)
    return this.#sent(path, answer) ? (answer.json() as T) : undefined
  }

  /** A write, with a key of its own. @returns the answer, or `undefined` when it was refused: any status but 2xx */
  write<T>(path: string, body: unknown): T | undefined {
    const key = `k6-${exec.vu.idInTest}-${this.#written++}-${Date.now()}`
    const began = Date.now()
    const answer: Answer = http.post(`${HUB}${path}`, JSON.stringify(body), {
      headers: { ...JSON_BODY.headers, 'Idempotency-Key': key },
    })
    if (!this.#sent(path, answer)) return undefined
    this.#tally.wrote(Date.now() - began, path.endsWith('/claim'))
    return answer.json() as T
  }

  #sent(what: string, { status, body }: Answer): boolean {
    if (Math.floor(status / 100) === HTTP_OK) return true
    this.#tally.refused()
    console.log(JSON.stringify({ k: 'refused', what, status, body }))
    return false
  }
}

const JSON_BODY = { headers: { 'Content-Type': 'application/json' } }
