import type { Logger } from '../runtime/logger.ts'
import { maskPhone } from './mask.ts'
import type { Sender } from './sender.ts'

/** For drills: the message stands in the hub's log, where whoever runs the exercise reads the code. Never the whole phone. */
export function createLogSender(logger: Logger): Sender {
  return {
    name: 'log',
    async send({ phone, text }) {
      logger.info({ to: maskPhone(phone), text }, 'text message (drill: not sent)')
    },
  }
}
