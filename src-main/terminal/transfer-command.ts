import type { ConfirmText, SecretText } from '../../src-shared/contract/confirm-text.ts'
import type { AskPerson } from '../engine/confirm.ts'
import type { TerminalSession } from './session.ts'

/** `transfer`: the whole workspace in one file, asked about and shown at the terminal itself. */

interface TransferMade {
  /** An absolute path. */
  readonly file: string
  readonly act: 'move' | 'copy'
  /** Null: it opens with the passphrase that was given. */
  readonly oneTimeKey: string | null
}

type AskSecret = (variable: string, question: string) => Promise<string>

const questionLines = ({ title, warning, facts }: ConfirmText): string =>
  [title, warning, ...facts.map(({ label, value }) => `  ${label}: ${value}`)].join('\n')

/**
 * What stands in for a window outside the page: a question is answered by `--yes` or by the word;
 * a secret is kept for what is printed at the end.
 */
export const askAtTerminal = (deps: {
  readonly isAnswered: boolean
  readonly askSecret: AskSecret
  readonly tell: (text: string) => void
}): { readonly ask: AskPerson; readonly shown: () => readonly string[] } => {
  let shown: readonly string[] = []
  const isSecretText = (text: ConfirmText | SecretText): text is SecretText =>
    'kind' in text && text.kind === 'secret'
  return {
    shown: () => shown,
    ask: async (_, text) => {
      if (isSecretText(text)) {
        shown = text.lines
        return ''
      }
      if (deps.isAnswered) return text.expected
      deps.tell(questionLines(text))
      return (await deps.askSecret('NOCTURNE_YES', 'yes, or anything else')) === 'yes'
        ? text.expected
        : null
    },
  }
}

/** `passphrase` null: a one-time key. Errors: those of `transfer.make`. */
export const makeTransferFile = async (
  session: TerminalSession,
  input: {
    readonly folder: string
    readonly act: 'move' | 'copy'
    readonly passphrase: string | null
  },
  shown: () => readonly string[],
): Promise<TransferMade> => {
  const { path } = await session.command('transfer.make', input)
  return {
    file: path,
    act: input.act,
    oneTimeKey: input.passphrase === null ? (shown()[0] ?? null) : null,
  }
}

export const transferLines = ({ file, act, oneTimeKey }: TransferMade): readonly string[] => [
  file,
  ...(oneTimeKey === null ? [] : [`one-time key, shown this once: ${oneTimeKey}`]),
  act === 'move'
    ? 'this workspace is marked as moved: it does nothing until its owner takes it back'
    : 'this workspace goes on; the other keeps quiet until its owner has answered',
]
