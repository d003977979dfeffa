import { describe, expect, it } from 'vitest'
import type { Delta } from '../contract/live/messages.ts'
import type { Scope } from '../contract/live/scopes.ts'
import { ANSWERS_PER_SCOPE_MAX, Answers, SCOPES_KEPT_MAX } from './answers.ts'
import { Questions } from './questions.ts'
import { CLOSED, READING, Session } from './session.ts'

const sessionAt = (address: string): Session =>
  new Session({
    viewer: { address, pass: null },
    send: () => undefined,
    join: () => undefined,
    leave: () => undefined,
    close: () => undefined,
  })

/** Answers all that can be answered. @returns `[session, scope, position]` in the order of the answers */
function answerAll(questions: Questions): (readonly [Session, Scope, number])[] {
  const out: (readonly [Session, Scope, number])[] = []
  for (let next = questions.next(); next !== undefined; next = questions.next()) {
    next.session.state.answered(next.scope)
    out.push([next.session, next.scope, next.question.at])
  }
  return out
}

describe('[F4] questions', () => {
  it('that are asked again and again wait once, and reach back as far as any of them', () => {
    const questions = new Questions()
    const session = sessionAt('a')
    for (const at of [700, 500, 900]) questions.ask(session, 'nation', at, 0)
    questions.ask(session, 'province:50', 600, 0)
    for (let i = 0; i < 100_000; i++) questions.ask(session, 'nation', 800 + (i % 7), 0)
    expect(answerAll(questions)).toEqual([
      [session, 'nation', 500],
      [session, 'province:50', 600],
    ])
  })

  it('of one address that asks over many sockets hold nobody else up', () => {
    const questions = new Questions()
    const greedy = Array.from({ length: 2000 }, () => sessionAt('greedy'))
    for (const session of greedy) for (const s of ['nation', 'province:50'] as const) questions.ask(session, s, 5, 0)
    const honest = ['b', 'c', 'd'].map(sessionAt)
    for (const session of honest) questions.ask(session, 'nation', 5, 0)
    const order = answerAll(questions)
    expect(order).toHaveLength(4003)
    expect(honest.map((session) => order.findIndex(([who]) => who === session))).toEqual([1, 2, 3])
  })

  it('of one address are answered in the order of its sessions', () => {
    const questions = new Questions()
    const sessions = Array.from({ length: 3000 }, () => sessionAt('a'))
    for (const session of sessions) questions.ask(session, 'nation', 5, 0)
    expect(answerAll(questions).map(([who]) => who)).toEqual(sessions)
  })

  it('of who has gone are forgotten, of who is behind wait until it has drained', () => {
    const questions = new Questions()
    const [gone, behind] = [sessionAt('a'), sessionAt('b')]
    for (const session of [gone, behind]) questions.ask(session, 'nation', 5, 0)
    gone.flow = CLOSED
    behind.flow = { kind: 'behind', helloPending: false }
    expect(answerAll(questions)).toEqual([])
    behind.flow = READING
    questions.enqueue(behind)
    expect(answerAll(questions)).toEqual([[behind, 'nation', 5]])
    expect(questions.any).toBe(false)
  })

  it('that are ahead wait apart until the hub is there, or too long', () => {
    const questions = new Questions()
    const [soon, never] = [sessionAt('a'), sessionAt('b')]
    questions.ask(soon, 'nation', 200, 0)
    questions.ask(never, 'nation', 900, 0)
    for (let next = questions.next(); next !== undefined; next = questions.next()) {
      questions.wait(next.session, next.scope, next.question)
    }
    questions.reached(100, -5000)
    expect(questions.any).toBe(false)
    questions.reached(200, -4000)
    expect(answerAll(questions)).toEqual([[soon, 'nation', 200]])
    questions.reached(300, 0)
    expect(answerAll(questions)).toEqual([[never, 'nation', 900]])
  })
})

it('whoever asks from arbitrary positions costs a bounded number of looks at the scope between two flushes', () => {
  let looks = 0
  const answers = new Answers((s, from): Delta => {
    looks += 1
    return { t: 'delta', s, from, to: 5000, sum: 0, at: 0, c: [], r: [], x: [] }
  })
  for (let at = 1; at <= 3000; at++) answers.get('nation', at)
  expect(looks).toBe(ANSWERS_PER_SCOPE_MAX + 1)
  expect(answers.get('nation', 7).message).toMatchObject({ from: 7 })
  expect(answers.get('nation', 2999).message).toMatchObject({ from: 0 })
  answers.clear()
  expect(answers.get('nation', 2999).message).toMatchObject({ from: 2999 })
})

it('answers are kept of a bounded number of scopes, also while nothing is flushed', () => {
  const asked: Scope[] = []
  const answers = new Answers((s, from): Delta => {
    asked.push(s)
    return { t: 'delta', s, from, to: 5000, sum: 0, at: 0, c: [], r: [], x: [] }
  })
  for (let i = 0; i <= SCOPES_KEPT_MAX; i++) answers.get(`presence:${i}`, 7)
  for (const s of ['presence:0', `presence:${SCOPES_KEPT_MAX}`] as const) answers.get(s, 7)
  expect(asked.slice(SCOPES_KEPT_MAX)).toEqual([`presence:${SCOPES_KEPT_MAX}`, 'presence:0'])
})
