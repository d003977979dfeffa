import { z } from 'zod'
import { position } from '../live/messages.ts'

export const receiptQuery = z
  .strictObject({
    scope: z
      .string()
      .max(40)
      .meta({ description: 'board:NN, alerts, alerts:NN, command:TH, command:NN, province:NN or nation' }),
    row: z
      .string()
      .regex(/^(?:need|alert|message)\/\d{1,18}$/, 'wrong')
      .optional()
      .meta({ description: 'what is to be seen, as the scope has it: need/17' }),
    position: z.coerce.number().pipe(position).optional().meta({ description: 'or a position of the change feed' }),
  })
  .refine(({ row, position }) => (row === undefined) !== (position === undefined), {
    path: ['row'],
    message: 'required',
  })

const painted = z.object({
  of: z.number(),
  painted: z.number(),
  lastMs: z.number().nullable().meta({ description: 'the longest from commit to paint; null: not known' }),
})

/** Times: ms since 1970. */
export const receiptAnswer = z
  .object({
    scope: z.string(),
    position: z.number(),
    screens: painted.meta({ description: 'with an account of their own: those that are on, and those that should be' }),
    missing: z
      .array(
        z.object({
          name: z.string().nullable().meta({ description: 'for those who administer or command there' }),
          since: z.number().nullable().meta({ description: 'dark, or showing nothing new; null: never on' }),
          isDark: z.boolean().meta({ description: 'it has no link; otherwise its page stands still' }),
        }),
      )
      .meta({ description: 'the screens that have not painted it, at most 20' }),
    others: painted.meta({ description: 'walls without an account of their own' }),
    silent: z.array(z.string().nullable()).meta({
      description: 'hubs of the fleet that did not answer, by name for those who administer or command there',
    }),
  })
  .meta({ id: 'Receipt' })
