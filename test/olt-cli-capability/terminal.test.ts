import { describe, expect, it } from 'vitest'
import type { CallContext } from '../../src-main/engine/handlers.ts'
import { settle, runFor } from '../support/settle.ts'
import { rejectionOf } from '../support/error-code.ts'
import { idOf } from '../support/store-workspace.ts'
import {
  accountId,
  createCliBench,
  oltId,
  setAccess,
  taskId,
  type CliBench,
} from './support/cli-bench.ts'
import { auditTrail } from '../support/audit-trail.ts'

const codeOf = async (work: Promise<unknown>): Promise<string> => (await rejectionOf(work)).code

const opened = async (write = false, more: Partial<CallContext> = {}) => {
  const bench = createCliBench()
  await setAccess(bench)
  const { terminalId, prompt } = await bench.run(
    'olt-cli.openTerminal',
    { oltId, taskId, write },
    more,
  )
  const fake = bench.fakeOf(oltId)
  const terminal = fake.terminals.at(-1)!
  const send = (line: string): Promise<object> =>
    bench.run('olt-cli.sendLine', { terminalId, line }, more)
  return { bench, terminalId, prompt, fake, terminal, send }
}

const person = (permissions: readonly string[]): Partial<CallContext> => ({
  session: {
    sessionId: 's1',
    accountId,
    name: 'Sari',
    role: 'owner',
    permissions: new Set(permissions),
  },
})

const transcriptOf = (bench: CliBench, transcriptId: string) =>
  bench.cli.queries['olt-cli.transcript']({ transcriptId }, bench.contextOf()) as {
    transcript: { lines: number; endedAt: number | null; by: string; mayWrite: boolean }
    text: string
  }

const lastAudit = (bench: CliBench, name: string): unknown =>
  auditTrail(bench.store, name).at(-1)?.told

describe('a terminal', () => {
  it('that may write is refused without the right, without a confirmation, and takes no session', async () => {
    const bench = createCliBench()
    await setAccess(bench)
    const open = (more: Partial<CallContext> = {}) =>
      bench.run('olt-cli.openTerminal', { oltId, taskId, write: true }, more)
    expect(await codeOf(open(person(['olt-cli.terminal.use'])))).toBe('permission-denied')
    expect(bench.asked).toHaveLength(0)
    bench.answers.confirm = false
    expect(await codeOf(open())).toBe('confirmation-refused')
    expect(bench.asked).toMatchObject([
      {
        action: 'open-writing-terminal',
        risk: 'destructive',
        how: 'type-name',
        expected: 'KARANG-01',
        by: 'Sari',
      },
    ])
    expect(bench.fakeOf(oltId).logins).toHaveLength(0)
    bench.answers.confirm = true
    await open()
    expect(bench.access().sessions.writer).toBe('busy')
    expect(await codeOf(open())).toBe('cli-too-many-sessions')
  })

  it('that reads needs neither, and takes a reader', async () => {
    const { bench, prompt } = await opened(false, person(['olt-cli.terminal.use']))
    expect(prompt).toBe('OLT>')
    expect(bench.asked).toHaveLength(0)
    expect(bench.access().sessions).toMatchObject({ writer: 'none', readers: 1 })
  })

  it('that reads sends only what the family lists as reading, and nothing that acts by itself', async () => {
    const { fake, send } = await opened()
    const refused = [
      'config',
      'undo ont 1',
      'display\tversion',
      'display version; reboot',
      'display version | reboot && echo',
      'display version > flash:',
      'display `reboot`',
      'display $x',
      'display \\n',
      'y',
      'show',
    ]
    for (const line of refused) {
      expect(['cli-not-read-only', 'cli-parameter-refused']).toContain(await codeOf(send(line)))
    }
    for (const line of [
      'display version\nreboot',
      'display\rreboot',
      'show \u0003',
      'show ?',
      'show \u001b[A',
    ]) {
      expect(await codeOf(send(line))).toBe('cli-parameter-refused')
    }
    expect(fake.got).toEqual([])
    await send('display version')
    expect(fake.got).toEqual(['display version'])
  })

  it('that reads answers no question, and gets out of it by an interrupt', async () => {
    const { bench, fake, terminal, terminalId, send } = await opened()
    await send('display x')
    await terminal.answer('', 'Are you sure? (y/n)', true)
    expect(await codeOf(send('display version'))).toBe('cli-not-read-only')
    expect(await codeOf(send(''))).toBe('cli-not-read-only')
    await bench.run('olt-cli.interrupt', { terminalId })
    await settle()
    expect(fake.interrupts).toBe(1)
    await send('display version')
    expect(fake.got).toEqual(['display x', 'display version'])
  })

  it('takes one line at a time', async () => {
    const { send, terminal, fake } = await opened(true)
    await send('save')
    expect(await codeOf(send('reboot'))).toBe('cli-busy')
    await terminal.answer('done')
    await send('quit')
    expect(fake.got).toEqual(['save', 'quit'])
  })

  it('tells its window alone what was answered, in order, control characters gone', async () => {
    const { bench, send, terminal, terminalId } = await opened()
    await send('display version')
    await terminal.answer('V8\u001b[31m00\u0007\nnext\u202eline', 'OLT#')
    await runFor(bench.clock, 200)
    const outputs = bench.outputs()
    expect(outputs).toEqual([
      { terminalId, seq: 0, text: 'V8[31m00\nnextline\n', prompt: 'OLT#', ended: null },
    ])
    await send('display a')
    await terminal.answer('b')
    await runFor(bench.clock, 200)
    expect(bench.outputs().map(({ seq }) => seq)).toEqual([0, 1])
    const to = bench.events.filter(({ name }) => name === 'olt-cli.terminalOutput')
    expect(to.every((event) => event.to === 1)).toBe(true)
  })

  it('shows of a flood no more than a window can follow', async () => {
    const { bench, send, terminal } = await opened()
    await send('display all')
    await terminal.answer('x'.repeat(500_000))
    await runFor(bench.clock, 200)
    const [{ text } = { text: '' }] = bench.outputs()
    expect(text.length).toBeLessThan(65_000)
    expect(text).toContain('[… 436001 …]')
  })

  it('belongs to the window and the session that opened it', async () => {
    const { bench, terminalId } = await opened()
    const send = (more: Partial<CallContext>) =>
      bench.run('olt-cli.sendLine', { terminalId, line: 'show a' }, more)
    const session = bench.contextOf().session!
    expect(await codeOf(send({ clientId: 2 }))).toBe('cli-terminal-gone')
    expect(await codeOf(send({ session: { ...session, sessionId: 's2' } }))).toBe(
      'cli-terminal-gone',
    )
    expect(await codeOf(send({ session: null }))).toBe('not-signed-in')
    expect(await codeOf(bench.run('olt-cli.closeTerminal', { terminalId }, { clientId: 2 }))).toBe(
      'cli-terminal-gone',
    )
  })

  it.each([
    ['its window goes', (bench: CliBench) => bench.cli.clientGone(1), 'cli-terminal-gone'],
    [
      'the screen is locked',
      (bench: CliBench) => bench.cli.sessionChanged(1, null),
      'cli-terminal-gone',
    ],
    [
      'somebody else signs in',
      (bench: CliBench) => bench.cli.sessionChanged(1, 's9'),
      'cli-terminal-gone',
    ],
    [
      'nobody types for five minutes',
      (bench: CliBench) => bench.clock.advance(300_000),
      'cli-terminal-gone',
    ],
    [
      'its OLT is removed',
      (bench: CliBench) => {
        bench.olts.delete(oltId)
        bench.oltsChanged()
      },
      'cli-terminal-gone',
    ],
    [
      'the access changes',
      (bench: CliBench) => setAccess(bench, { baseVersion: 1, userName: 'else' }),
      'cli-terminal-gone',
    ],
    ['the console stops', (bench: CliBench) => bench.cli.stop(), 'engine-stopped'],
  ] as const)('ends when %s, and gives its session back', async (_why, act, code) => {
    const { bench, terminalId, send } = await opened()
    await act(bench)
    await settle()
    expect(bench.outputs().at(-1)?.ended?.code).toBe(code)
    expect(await codeOf(send('show a'))).toBe('cli-terminal-gone')
    const readers = bench.olts.has(oltId) ? bench.access().sessions.readers : 0
    expect(readers).toBe(0)
    expect(transcriptOf(bench, terminalId).transcript.endedAt).toBe(bench.clock.now())
  })

  it('ends when the OLT hangs up, and says so', async () => {
    const { bench, send, terminal } = await opened()
    await send('show a')
    await terminal.lose()
    expect(bench.outputs().at(-1)).toMatchObject({ ended: { code: 'cli-session-lost' } })
    expect(bench.access().sessions.readers).toBe(0)
  })

  it('stays while somebody types, and its own session does not end it', async () => {
    const { bench, send, terminal } = await opened()
    for (let turn = 0; turn < 3; turn++) {
      await runFor(bench.clock, 240_000, 60_000)
      await send('show a')
      await terminal.answer('b')
    }
    bench.cli.sessionChanged(1, 's1')
    bench.cli.sessionChanged(2, null)
    await send('show a')
  })

  it('that nobody begins, because the call was refused or came twice, ends by itself', async () => {
    const bench = createCliBench()
    await setAccess(bench)
    const commandId = idOf(4_242)
    const input = { oltId, taskId, write: false }
    const first = await bench.run('olt-cli.openTerminal', input, {}, commandId)
    const again = await bench.run('olt-cli.openTerminal', input, {}, commandId)
    expect(again).toEqual(first)
    expect(bench.access().sessions.readers).toBe(2)
    bench.clock.advance(10_000)
    await settle()
    expect(bench.access().sessions.readers).toBe(1)
    await bench.run('olt-cli.sendLine', { terminalId: first.terminalId, line: 'show a' })
  })

  it('is not opened for a window that goes while the OLT lets us in', async () => {
    const bench = createCliBench()
    await setAccess(bench)
    const call = bench.run('olt-cli.openTerminal', { oltId, taskId })
    const code = codeOf(call)
    bench.cli.clientGone(1)
    expect(await code).toBe('cancelled')
    expect(bench.access().sessions.readers).toBe(0)
  })

  it('is one of six at most in a window', async () => {
    const { bench } = await opened()
    const open = () => bench.run('olt-cli.openTerminal', { oltId, taskId })
    for (let more = 0; more < 5; more++) await open()
    expect(await codeOf(open())).toBe('cli-too-many-sessions')
  })
})

describe('the transcript of a terminal', () => {
  it('holds what was typed and answered, secrets masked, and the audit the lines', async () => {
    const { bench, terminalId, terminal, send } = await opened(true)
    await send('set key cipher hunter22')
    await terminal.answer('ok key cipher hunter22')
    await send('set password correct horse')
    await terminal.answer('', 'New password:', true)
    await send('sup3rsecret')
    await terminal.answer('changed')
    await bench.run('olt-cli.closeTerminal', { terminalId })
    const { transcript, text } = transcriptOf(bench, terminalId)
    expect(text).toBe(
      [
        'OLT>set key cipher ••••',
        'ok key cipher ••••',
        'OLT>set password ••••',
        'New password:••••',
        'changed',
        '',
      ].join('\n'),
    )
    expect(transcript).toMatchObject({ lines: 3, by: 'Sari', mayWrite: true })
    expect(terminal.shown).toEqual(['set key cipher ••••', 'set password ••••', '••••'])
    expect(lastAudit(bench, 'olt-cli.terminalEnded')).toMatchObject({
      terminalId,
      oltId,
      by: 'Sari',
      mayWrite: true,
      why: 'closed',
      lines: 3,
      sent: ['set key cipher ••••', 'set password ••••', '••••'],
    })
    expect(lastAudit(bench, 'olt-cli.openTerminal')).toMatchObject({ oltId, write: true })
    const all = JSON.stringify([
      auditTrail(bench.store),
      bench.store.reader.prepare(`SELECT data FROM change_feed`).all(),
    ])
    for (const word of ['hunter22', 'sup3rsecret', 'correct horse']) expect(all).not.toContain(word)
  })

  it('is kept while the terminal goes on, so that a crash loses seconds', async () => {
    const { bench, terminalId, terminal, send } = await opened()
    await send('show a')
    await terminal.answer('b')
    await runFor(bench.clock, 20_000)
    expect(transcriptOf(bench, terminalId)).toMatchObject({
      transcript: { lines: 1, endedAt: null },
      text: 'OLT>show a\nb\n',
    })
    const later = createCliBench({ store: bench.store, clock: bench.clock })
    expect(transcriptOf(later, terminalId).transcript.endedAt).toBeGreaterThan(0)
  })

  it('lists the latest first, of one OLT or of all', async () => {
    const { bench } = await opened()
    bench.clock.advance(1_000)
    await bench.run('olt-cli.openTerminal', { oltId, taskId })
    const list = (more: object) =>
      bench.cli.queries['olt-cli.transcripts'](
        { oltId: null, offset: 0, limit: 50, ...more },
        bench.contextOf(),
      ) as { total: number; transcripts: { startedAt: number }[] }
    expect(list({}).total).toBe(2)
    const [first, second] = list({}).transcripts
    expect(first!.startedAt - second!.startedAt).toBe(1_000)
    expect(list({ oltId: idOf(501) })).toEqual({ total: 0, transcripts: [] })
    expect(list({ offset: 1 }).transcripts).toHaveLength(1)
    const missing = () =>
      bench.cli.queries['olt-cli.transcript']({ transcriptId: idOf(1) }, bench.contextOf())
    expect(missing).toThrow('not-found')
  })
})
