import { config } from 'zod/v4'

// zod compiles schemas with `new Function` where it may. The policy of every page forbids that, and browsers report each try.
config({ jitless: true })

export * from 'zod/v4'
