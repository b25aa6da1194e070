import type {
  CliAnswer,
  CliCommand,
  CliDesk,
  CliSession,
} from '../../src-main/olt/cli/cli-session.ts'

/** A session that answers as `answer` says, and keeps what it was sent. */
export const fakeSession = (
  answer: (command: CliCommand) => CliAnswer,
): CliSession & { readonly sent: readonly CliCommand[] } => {
  const sent: CliCommand[] = []
  return {
    sent,
    transport: 'ssh',
    prompt: 'OLT#',
    run: async (command) => {
      sent.push(command)
      return answer(command)
    },
    typeLine: () => Promise.reject(new Error('not here')),
    interrupt: () => Promise.reject(new Error('not here')),
    takeExchanges: () => [],
    usable: () => true,
    logOut: () => Promise.resolve(),
  }
}

export const fakeDesk = (session: CliSession): CliDesk => ({
  withWriter: (_signal, work) => work(session),
  withReader: (_signal, work) => work(session),
  state: () => ({
    writer: 'none',
    readers: 0,
    waiting: 0,
    allowed: { writers: 1, readers: 1 },
    peak: { writers: 0, readers: 0 },
  }),
  test: () => Promise.reject(new Error('not here')),
  close: () => Promise.resolve(),
})
