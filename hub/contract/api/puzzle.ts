import { z } from 'zod'

/** What the hub wants to see before it takes one more request, when many come at once. Stands in the refusal's details. */
export const puzzle = z.object({
  challenge: z.string().meta({ description: 'of this route and this Idempotency-Key alone' }),
  bits: z.number().int().min(0).max(32).meta({
    description:
      'For each part p of 0 to 7 find a count c, so that SHA-256 of 37 bytes begins with so many zero bits: SHA-256 of the challenge (32 bytes), p (1), c (4, big-endian)',
  }),
  seconds: z.number().meta({ description: 'how long it holds' }),
})

export type Puzzle = z.output<typeof puzzle>

export const puzzleHeader = z.object({
  'puzzle-solution': z.string().max(300).optional().meta({
    description: 'After 428 `puzzle_needed`: its challenge, a colon, and the eight counts with points between them.',
  }),
})
