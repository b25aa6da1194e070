import { maskedIn } from './answer-text.ts'
import type { CliCommand } from './cli-session.ts'
import type { Exchange } from './config-port.ts'

const longestKept = 200
const longestAnswer = 4_000

/** The last exchanges of a session, without secrets. */
export const createSessionRecord = () => {
  let exchanges: Exchange[] = []
  return {
    add(command: Pick<CliCommand, 'line' | 'shown'>, answer: string): void {
      const masked = maskedIn(answer, command)
      exchanges.push({
        sent: command.shown,
        answer: masked.length > longestAnswer ? `${masked.slice(0, longestAnswer)}…` : masked,
      })
      if (exchanges.length > longestKept) exchanges.shift()
    },
    take(): readonly Exchange[] {
      const taken = exchanges
      exchanges = []
      return taken
    },
  }
}
