import type { CliDialect } from './cli-dialect.ts'
import { asks, lastWords, lineEndOf, octetsOf } from './command-look.ts'
import { readPrompt } from './mode-paths.ts'
import type { Talk } from './prompt-machine.ts'

const mostLines = 8
const mostQuestions = 4

/**
 * Says the logout line, at each prompt again (on most it leads up one mode only), until the OLT
 * hangs up: that is the error `cli-session-lost` that the caller waits for.
 */
export const logOutTalk = (dialect: CliDialect, host: string | null): Talk<null> => {
  const { logout } = dialect
  const line = logout.line + lineEndOf(dialect)
  let lines = 1
  let questions = 0
  let linesSeen = 0
  return {
    send: line,
    maxAnswer: 100_000,
    silenceMs: logout.timeoutMs,
    timeoutMs: logout.timeoutMs,
    look(view) {
      const open = view.open ?? ''
      const question =
        open === ''
          ? undefined
          : [
              ...logout.questions,
              ...dialect.pagers.map(({ match, quit }) => ({ match, reply: quit })),
            ].find((one) => asks(one.match, open) >= 0)
      if (question !== undefined && questions++ < mostQuestions) {
        const octets = octetsOf(dialect, question.reply)
        return { kind: 'reply', from: 0, octets, secret: false }
      }
      // the OLT is back at its login: out
      if (open !== '' && dialect.login.userName.some((one) => asks(one, open) >= 0)) {
        return { kind: 'done', out: null }
      }
      const words = lastWords(dialect, view)
      const isPrompt = words !== null && readPrompt(dialect, words.text, host) !== null
      if (!isPrompt || view.lines.length === linesSeen) return { kind: 'wait', untilMs: null }
      if (lines++ >= mostLines) return { kind: 'done', out: null }
      linesSeen = view.lines.length
      return { kind: 'send', octets: line }
    },
  }
}
