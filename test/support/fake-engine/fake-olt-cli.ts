import type { Input, Output, Payload, ProcedureName } from '../../../src-shared/contract/index.ts'
import type { OltCliAccess } from '../../../src-shared/contract/olt-cli.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import { fakeCliAnswer, fakeCliIsRead } from './fake-cli-answers.ts'
import type { FakePlant } from './fake-plant.ts'

/**
 * CLI accesses of the generated plant: the first OLT is well, the second speaks Telnet, the third
 * shows another key, the fourth's logins are paused, the fifth has nothing entered yet.
 */

type Names = Extract<ProcedureName, `olt-cli.${string}`>
export type FakeOltCli = {
  readonly [Name in Names]: (input: Input<Name>) => Output<Name> | Promise<Output<Name>>
}

type Emit = <Name extends 'olt-cli.changed' | 'olt-cli.terminalOutput' | 'workspace.progress'>(
  name: Name,
  payload: Payload<Name>,
) => void

interface Terminal {
  readonly id: string
  readonly oltId: string
  readonly write: boolean
  seq: number
  prompt: string
  paging: boolean
}

const hour = 3_600_000
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

const keyOf = (index: number): string =>
  `SHA256:${['nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8', 'p2QAMXNIC1TJYWeIOttrVc98/R1BUFWu3/LiyKgUfQM', 'uNiVztksCsDhcc0u9e8BgrJXVGDI6Cnb1tBMFgPLSM4'][index % 3]!}`

export const createFakeOltCli = (options: {
  readonly plant: FakePlant
  readonly now: () => number
  readonly emit: Emit
}): FakeOltCli & { readonly cancel: (taskId: string) => void } => {
  const { plant, now, emit } = options
  const cancelled = new Set<string>()
  const terminals = new Map<string, Terminal>()
  const accesses = new Map<string, OltCliAccess>(
    plant.olts.map((olt, index) => [
      olt.id,
      accessOf(olt.id, index, now(), olt.family === 'huawei-smartax' ? 'ssh' : 'ssh'),
    ]),
  )
  const of = (oltId: string): OltCliAccess => {
    const access = accesses.get(oltId)
    if (access === undefined) throw new NocturneError('not-found')
    return access
  }
  const change = (oltId: string, part: Partial<OltCliAccess>): OltCliAccess => {
    const next = { ...of(oltId), ...part }
    accesses.set(oltId, next)
    emit('olt-cli.changed', { oltId })
    return next
  }
  const nameOf = (oltId: string): string => plant.olts.find(({ id }) => id === oltId)?.name ?? ''
  const promptOf = (terminal: { readonly oltId: string; readonly write: boolean }): string =>
    `${nameOf(terminal.oltId).replaceAll(' ', '-')}${terminal.write ? '#' : '>'}`
  const transcripts = transcriptsOf(plant, now())
  const terminalOf = (id: string): Terminal => {
    const terminal = terminals.get(id)
    if (terminal === undefined) throw new NocturneError('cli-terminal-gone')
    return terminal
  }
  const say = (
    terminal: Terminal,
    text: string,
    prompt: string | null,
    ended: Payload<'olt-cli.terminalOutput'>['ended'] = null,
  ): void =>
    emit('olt-cli.terminalOutput', {
      terminalId: terminal.id,
      seq: terminal.seq++,
      text,
      prompt,
      ended,
    })

  return {
    cancel: (taskId) => void cancelled.add(taskId),
    'olt-cli.access': ({ oltId }) => ({ access: of(oltId) }),
    'olt-cli.overview': () => ({
      olts: plant.olts
        .filter(({ removed }) => !removed)
        .map((olt) => ({ ...of(olt.id), oltName: olt.name }))
        .filter(
          (access) =>
            !access.configured ||
            access.allowTelnet ||
            access.allowLegacySsh ||
            access.obstacle !== null ||
            access.lastProblem !== null,
        ),
    }),
    'olt-cli.transcripts': ({ oltId, offset, limit }) => {
      const rows = transcripts.filter((row) => oltId === null || row.oltId === oltId)
      return { total: rows.length, transcripts: rows.slice(offset, offset + limit) }
    },
    'olt-cli.transcript': ({ transcriptId }) => {
      const transcript = transcripts.find(({ id }) => id === transcriptId)
      if (transcript === undefined) throw new NocturneError('not-found')
      const name = transcript.oltName.replaceAll(' ', '-')
      const text = [
        `${name}>enable`,
        'Password: ••••',
        ...['display version', 'display board 0', 'display ont info summary 0/1/0'].flatMap(
          (line) => [`${name}#${line}`, ...fakeCliAnswer(line).split('\n')],
        ),
      ].join('\n')
      return { transcript, text }
    },
    'olt-cli.setAccess': ({
      oltId,
      baseVersion,
      password,
      enablePassword,
      writeCommunity,
      ...rest
    }) => {
      const before = of(oltId)
      if (before.version !== baseVersion) throw new NocturneError('conflict')
      const { version } = change(oltId, {
        ...rest,
        configured: true,
        version: baseVersion + 1,
        hasPassword: before.hasPassword || password !== undefined,
        hasEnablePassword:
          enablePassword === undefined ? before.hasEnablePassword : enablePassword !== null,
        hasWriteCommunity:
          writeCommunity === undefined ? before.hasWriteCommunity : writeCommunity !== null,
        failedLogins: 0,
        obstacle: before.obstacle?.code === 'cli-host-key-changed' ? before.obstacle : null,
        sessions: { ...before.sessions, allowedReaders: rest.maxReaders },
      })
      return { version }
    },
    'olt-cli.removeAccess': ({ oltId }) => {
      change(oltId, { ...accessOf(oltId, 4, now(), 'ssh'), version: of(oltId).version + 1 })
      return {}
    },
    'olt-cli.test': async ({ oltId, taskId }) => {
      for (let tenth = 0; tenth < 16; tenth += 1) {
        if (cancelled.has(taskId)) throw new NocturneError('cancelled')
        emit('workspace.progress', { taskId, step: 'log-in', done: 0, total: null })
        await wait(100)
      }
      const access = of(oltId)
      if (access.obstacle !== null) return { problem: access.obstacle, prompt: null, ms: 412 }
      change(oltId, {
        lastLoginAt: now(),
        lastProblem: null,
        ...(access.transport === 'ssh' && access.hostKey === null
          ? { hostKey: { algorithm: 'ssh-ed25519', fingerprint: keyOf(0), at: now() } }
          : {}),
      })
      return { problem: null, prompt: promptOf({ oltId, write: false }), ms: 1240 }
    },
    'olt-cli.trustHostKey': ({ oltId, fingerprint }) => {
      const { offeredHostKey } = of(oltId)
      if (offeredHostKey?.fingerprint !== fingerprint) throw new NocturneError('conflict')
      change(oltId, { hostKey: offeredHostKey, offeredHostKey: null, obstacle: null })
      return {}
    },
    'olt-cli.resumeLogins': ({ oltId }) => {
      change(oltId, { failedLogins: 0, obstacle: null })
      return {}
    },
    'olt-cli.openTerminal': async ({ oltId, taskId, write }) => {
      const access = of(oltId)
      if (access.obstacle !== null) {
        throw new NocturneError(access.obstacle.code, access.obstacle.params)
      }
      emit('workspace.progress', { taskId, step: 'log-in', done: 0, total: null })
      await wait(500)
      if (cancelled.has(taskId)) throw new NocturneError('cancelled')
      const terminal: Terminal = {
        id: crypto.randomUUID(),
        oltId,
        write,
        seq: 0,
        prompt: '',
        paging: false,
      }
      terminal.prompt = promptOf(terminal)
      terminals.set(terminal.id, terminal)
      change(oltId, { sessions: { ...access.sessions, readers: access.sessions.readers + 1 } })
      return { terminalId: terminal.id, prompt: terminal.prompt }
    },
    'olt-cli.sendLine': async ({ terminalId, line }) => {
      const terminal = terminalOf(terminalId)
      const typed = line.trim()
      if (!terminal.write && !fakeCliIsRead(typed)) throw new NocturneError('cli-not-read-only')
      if (typed === 'quit' || typed === 'exit') {
        terminals.delete(terminalId)
        say(terminal, 'Bye\n', null, { code: 'cli-session-lost', params: {} })
        return {}
      }
      void (async () => {
        const answer = typed === '' ? '' : `${fakeCliAnswer(typed)}\n`
        for (let from = 0; from < answer.length; from += 2000) {
          say(terminal, answer.slice(from, from + 2000), null)
          await wait(15)
        }
        say(terminal, '', terminal.prompt)
      })()
      return {}
    },
    'olt-cli.interrupt': ({ terminalId }) => {
      const terminal = terminalOf(terminalId)
      say(terminal, '^C\n', terminal.prompt)
      return {}
    },
    'olt-cli.closeTerminal': ({ terminalId }) => {
      const terminal = terminals.get(terminalId)
      if (terminal !== undefined) {
        terminals.delete(terminalId)
        const { sessions } = of(terminal.oltId)
        change(terminal.oltId, {
          sessions: { ...sessions, readers: Math.max(0, sessions.readers - 1) },
        })
      }
      return {}
    },
  }
}

const accessOf = (
  oltId: string,
  index: number,
  now: number,
  transport: 'ssh' | 'telnet',
): OltCliAccess => {
  const plain: OltCliAccess = {
    oltId,
    configured: true,
    version: 1,
    transport,
    host: null,
    port: 22,
    userName: 'nocturne',
    allowTelnet: false,
    allowLegacySsh: false,
    maxReaders: 2,
    hasPassword: true,
    hasEnablePassword: true,
    hasWriteCommunity: false,
    hostKey: { algorithm: 'ssh-ed25519', fingerprint: keyOf(index), at: now - 900 * hour },
    offeredHostKey: null,
    failedLogins: 0,
    obstacle: null,
    lastProblem: null,
    lastLoginAt: now - (index + 1) * 0.4 * hour,
    sessions: { writer: 'none', readers: 0, waiting: 0, allowedReaders: 2, peakWriters: 0 },
    familyTransports: ['ssh', 'telnet'],
    familyKnowsLegacySsh: true,
  }
  if (index === 1) {
    return {
      ...plain,
      transport: 'telnet',
      port: 23,
      allowTelnet: true,
      allowLegacySsh: true,
      hostKey: null,
      sessions: { writer: 'idle', readers: 2, waiting: 1, allowedReaders: 2, peakWriters: 1 },
    }
  }
  if (index === 2) {
    return {
      ...plain,
      offeredHostKey: { algorithm: 'ssh-rsa', fingerprint: keyOf(index + 1), at: now - 2 * hour },
      obstacle: { code: 'cli-host-key-changed', params: {} },
      lastProblem: { code: 'cli-host-key-changed', params: {}, at: now - 2 * hour },
    }
  }
  if (index === 3) {
    return {
      ...plain,
      failedLogins: 2,
      obstacle: { code: 'cli-logins-paused', params: {} },
      lastProblem: { code: 'cli-login-refused', params: {}, at: now - 5 * hour },
    }
  }
  if (index === 4) {
    return {
      ...plain,
      configured: false,
      version: 0,
      userName: '',
      hasPassword: false,
      hasEnablePassword: false,
      hostKey: null,
      lastLoginAt: null,
      obstacle: { code: 'cli-no-access', params: {} },
    }
  }
  return plain
}

type TranscriptRow = Output<'olt-cli.transcripts'>['transcripts'][number]

const transcriptsOf = (plant: FakePlant, now: number): readonly TranscriptRow[] =>
  plant.olts
    .slice(0, 6)
    .flatMap((olt, position) =>
      Array.from({ length: 9 }, (_, each): TranscriptRow => {
        const startedAt = now - (position * 3 + each * 31 + 1) * hour
        return {
          id: `01930000-0000-7000-8001-${(position * 100 + each + 1).toString(16).padStart(12, '0')}`,
          oltId: olt.id,
          oltName: olt.name,
          by: ['Sari Wijaya', 'Budi Hartono', 'Dewi Lestari'][each % 3]!,
          startedAt,
          endedAt: startedAt + (each + 2) * 240_000,
          lines: 3 + each * 7,
          mayWrite: each % 4 === 1,
        }
      }),
    )
    .toSorted((a, b) => b.startedAt - a.startedAt)
