import type { OltCliAccess } from '../../src-shared/contract/olt-cli.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { QueryHandlers } from '../engine/handlers.ts'
import { reachesOlt } from '../engine/reach.ts'
import type { AccessBook } from './access-book.ts'
import type { CliOlt, Desks } from './desks.ts'
import type { Terminals } from './terminals.ts'
import type { createTranscriptReads } from './transcript-tables.ts'

export type OltCliQuery =
  | 'olt-cli.access'
  | 'olt-cli.overview'
  | 'olt-cli.transcripts'
  | 'olt-cli.transcript'

/** What the form shows of an OLT that nothing was entered for. */
const usual = {
  transport: 'ssh',
  host: null,
  port: 22,
  userName: '',
  allowTelnet: false,
  allowLegacySsh: false,
  maxReaders: 2,
} as const

export const createOltCliQueries = (deps: {
  readonly book: AccessBook
  readonly desks: Desks
  readonly terminals: Terminals
  readonly transcripts: ReturnType<typeof createTranscriptReads>
  readonly olts: () => readonly CliOlt[]
  readonly oltOf: (oltId: string) => CliOlt | null
}): QueryHandlers<OltCliQuery> => {
  const { book, desks, terminals, transcripts } = deps

  // SECURITY: of secrets only whether there is one.
  const shown = (oltId: string): OltCliAccess => {
    const row = book.access(oltId)
    const login = book.login(oltId)
    const state = desks.state(oltId)
    const family = desks.family(oltId)
    const { transport, host, port, userName, allowTelnet, allowLegacySsh, maxReaders } =
      row ?? usual
    return {
      oltId,
      configured: row !== null,
      version: row?.version ?? 0,
      transport,
      host,
      port,
      userName,
      allowTelnet,
      allowLegacySsh,
      maxReaders,
      hasPassword: row !== null,
      hasEnablePassword: row !== null && row.enableSealed !== null,
      hasWriteCommunity: row !== null && row.writeCommunitySealed !== null,
      hostKey: login.hostKey,
      offeredHostKey: login.offeredHostKey,
      failedLogins: login.failedLogins,
      obstacle: desks.obstacle(oltId),
      lastProblem: login.lastProblem,
      lastLoginAt: login.lastLoginAt,
      sessions: {
        writer: state?.writer ?? 'none',
        readers: state?.readers ?? 0,
        waiting: state?.waiting ?? 0,
        allowedReaders: state?.allowed.readers ?? maxReaders,
        peakWriters: state?.peak.writers ?? 0,
      },
      familyTransports: [...(family?.transports ?? [])],
      familyKnowsLegacySsh: family?.knowsLegacySsh ?? false,
    }
  }

  const hasSomethingToSay = (access: OltCliAccess): boolean =>
    access.obstacle !== null ||
    access.lastProblem !== null ||
    access.failedLogins > 0 ||
    access.offeredHostKey !== null ||
    (access.configured && (access.allowTelnet || access.allowLegacySsh))

  return {
    'olt-cli.access': ({ oltId }) => {
      if (deps.oltOf(oltId) === null) throw new NocturneError('not-found', { what: 'olt' })
      return { access: shown(oltId) }
    },
    'olt-cli.overview': (_input, { reach }) => ({
      olts: deps
        .olts()
        .filter(({ id }) => reachesOlt(reach, id))
        .map(({ id, name }) => ({ ...shown(id), oltName: name }))
        .filter(hasSomethingToSay),
    }),
    'olt-cli.transcripts': ({ oltId, offset, limit }, { reach }) => {
      const page = transcripts.page(oltId, offset, limit, terminals.isOpen, reach)
      return { total: page.total, transcripts: [...page.transcripts] }
    },
    'olt-cli.transcript': ({ transcriptId }) => {
      const found = transcripts.one(transcriptId, terminals.isOpen)
      if (found === null) throw new NocturneError('not-found', { what: 'transcript' })
      return found
    },
  }
}
