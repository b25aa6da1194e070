import type { CliDialect } from './cli-dialect.ts'
import { asks, lastWords, octetsOf } from './command-look.ts'
import { readPrompt, type PromptSeen } from './mode-paths.ts'
import type { Talk, TalkView } from './prompt-machine.ts'

const mostTries = 4
const longestRest = 1_000_000

/** What ends whatever the OLT is at: its pager by the pager's key, all else by the interrupt. */
export const interruptOctets = (dialect: CliDialect, view: TalkView): string => {
  const open = view.open ?? ''
  const pager = open === '' ? undefined : dialect.pagers.find((one) => asks(one.match, open) >= 0)
  return pager === undefined ? dialect.interrupt : octetsOf(dialect, pager.quit)
}

/** After an interrupt: back to any prompt, every question answered with no. */
export const recoverTalk = (
  dialect: CliDialect,
  host: string | null,
  interrupt: string,
): Talk<PromptSeen> => {
  let tries = 0
  return {
    send: interrupt,
    maxAnswer: longestRest,
    silenceMs: dialect.limits.recoverMs,
    timeoutMs: dialect.limits.recoverMs,
    look(view) {
      const open = view.open ?? ''
      const confirmation =
        open === '' ? undefined : dialect.confirmations.find((one) => asks(one.match, open) >= 0)
      const parameters = dialect.parameterPrompts.some((one) => asks(one.match, open) >= 0)
      const pager = dialect.pagers.some((one) => asks(one.match, open) >= 0)
      if (open !== '' && (confirmation !== undefined || parameters || pager)) {
        if (tries++ >= mostTries) return { kind: 'wait', untilMs: null }
        const octets =
          confirmation === undefined
            ? interruptOctets(dialect, view)
            : octetsOf(dialect, confirmation.no)
        return { kind: 'reply', from: 0, octets, secret: false }
      }
      const words = lastWords(dialect, view)
      const prompt = words === null ? null : readPrompt(dialect, words.text, host)
      if (prompt === null) return { kind: 'wait', untilMs: null }
      // the rest of what was interrupted may still be on its way
      const needed = dialect.limits.settleMs * 5
      if (view.quietMs < needed) return { kind: 'wait', untilMs: needed }
      return { kind: 'done', out: prompt }
    },
  }
}
