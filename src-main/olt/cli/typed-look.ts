import { answerOf } from './answer-text.ts'
import type { CliDialect } from './cli-dialect.ts'
import type { CliTypedAnswer } from './cli-session.ts'
import { asks, octetsOf } from './command-look.ts'
import { readPrompt } from './mode-paths.ts'
import type { TalkStep, TalkView } from './prompt-machine.ts'

/** An open line that nobody knows counts as a question after so much silence, ms. */
const questionAfterMs = 3_000

/** How the machine looks at the answer to a line that a person typed in a terminal. */
export const createTypedLook = (options: {
  readonly dialect: CliDialect
  readonly host: string | null
  readonly line: string
}): ((view: TalkView) => TalkStep<CliTypedAnswer>) => {
  const { dialect, host, line } = options
  const careful = dialect.limits.settleMs * 5
  return (view) => {
    const { open } = view
    if (open === null || open === '') return { kind: 'wait', untilMs: null }
    const automatic = [
      ...dialect.pagers.map(({ match, next }) => ({ match, reply: next })),
      ...dialect.parameterPrompts,
    ].find((one) => asks(one.match, open) >= 0)
    if (automatic !== undefined) {
      const octets = octetsOf(dialect, automatic.reply)
      return { kind: 'reply', from: asks(automatic.match, open), octets, secret: false }
    }
    const isPrompt = readPrompt(dialect, open, host) !== null
    const asksUs = dialect.confirmations.some((one) => asks(one.match, open) >= 0)
    const needed = isPrompt || asksUs ? careful : questionAfterMs
    if (view.quietMs < needed) return { kind: 'wait', untilMs: needed }
    const text = answerOf(dialect, view.lines, line, open)
    return { kind: 'done', out: { text, prompt: open, asks: !isPrompt } }
  }
}
