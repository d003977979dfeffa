import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'

/** How a command speaks with the person at the terminal. */
export type Io = {
  out(line: string): void
  err(line: string): void
  /** @returns `undefined` when nobody is there to answer: a script, a pipe */
  ask(question: string, hidden?: boolean): Promise<string | undefined>
}

export const terminal: Io = {
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
  async ask(question, hidden = false) {
    if (!process.stdin.isTTY) return undefined
    process.stderr.write(question)
    // What is typed is echoed by readline, not by the terminal: into nothing, for a password.
    const echo = hidden ? new Writable({ write: (_chunk, _encoding, done) => done() }) : process.stderr
    const reader = createInterface({ input: process.stdin, output: echo, terminal: true })
    // Its raw mode makes Ctrl-C a key; the process hears it as the signal it is.
    reader.on('SIGINT', () => process.kill(process.pid, 'SIGINT'))
    try {
      return await reader.question('')
    } finally {
      reader.close()
      if (hidden) process.stderr.write('\n')
    }
  },
}
