import { simulate } from './simulate.ts'

/** `node run.ts FROM TO`: prints the seeds that end wrong, as JSON. */
const [from = 1, to = 1] = process.argv.slice(2).map(Number)
const failing: number[] = []
for (let seed = from; seed <= to; seed++)
  if (simulate(seed, { turns: seed % 3 === 0 ? 'instant' : 'slow' }).defects.length > 0) failing.push(seed)
process.stdout.write(JSON.stringify(failing))
