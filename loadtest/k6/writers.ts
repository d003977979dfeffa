import { sleep } from 'k6'
import exec from 'k6/execution'
import http from 'k6/http'
import { HUB, profile, setup } from './settings.ts'
import { Tally, thresholds } from './tally.ts'

/** People who ask for help, without an account, through POST /api/help. Other events come from loadtest/writer.ts. */
export { setup }

const CONSENT_VERSION = '2026-11'
/** The hub takes 60 requests a minute of one address. */
const PAUSE_SECONDS = 2
const NEEDS = ['bed', 'oxygen', 'medicine', 'food', 'transport', 'test'] as const
const DISTRICTS = ['5001', '5002', '5003', '1001', '1004', '3001', '8301', '2001'] as const
const SYMPTOMS_SPO2 = [99, 97, 95, 91] as const

export const asking = {
  executor: 'constant-vus',
  exec: 'writers',
  vus: Math.max(1, profile.askers),
  duration: `${profile.seconds - 5}s`,
  gracefulStop: '10s',
}

export const options = { scenarios: { writers: asking }, thresholds }

const tally = new Tally()

export function writers(): void {
  const n = exec.scenario.iterationInTest
  const answer = http.post(
    `${HUB}/api/help`,
    JSON.stringify({
      language: 'en',
      consent: { given: true, version: CONSENT_VERSION },
      needs: [NEEDS[n % NEEDS.length]],
      spo2: SYMPTOMS_SPO2[n % SYMPTOMS_SPO2.length],
      place: { area: DISTRICTS[n % DISTRICTS.length] },
    }),
    {
      headers: {
        'Content-Type': 'application/json',
        'Idempotency-Key': `k6-${exec.vu.idInTest}-${n}-${Date.now()}`,
      },
    },
  )
  tally.wrote(answer.status === 201)
  if (answer.status !== 201) console.log(JSON.stringify({ k: 'refused', status: answer.status, body: answer.body }))
  tally.say(0)
  sleep(PAUSE_SECONDS)
}
