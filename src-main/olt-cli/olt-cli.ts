import type { Clock } from '../engine/clock.ts'
import type { Confirm } from '../engine/confirm.ts'
import type { CommandHandlers, Emit, QueryHandlers } from '../engine/handlers.ts'
import type { NetworkFacts } from '../engine/network-facts.ts'
import type { OltConfigs } from '../engine/olt-configs.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { Belongs } from '../engine/reach.ts'
import type { StoreReader } from '../store/read-handle.ts'
import type { Transaction } from '../store/write-path.ts'
import { createAccessBook } from './access-book.ts'
import { createOltCliCommands, type OltCliCommand } from './commands.ts'
import { createDesks, type CliOlt } from './desks.ts'
import type { CliEngine, CliFamily } from './ports.ts'
import { createOltCliQueries, type OltCliQuery } from './queries.ts'
import { createAccessReads } from './tables.ts'
import { createTerminalCommands, type TerminalCommand } from './terminal-commands.ts'
import { createTerminals } from './terminals.ts'
import { createTranscriptReads } from './transcript-tables.ts'

/** The olt-cli capability: how OLTs let us in over their CLI, and what goes in that way. */
export interface OltCli {
  readonly queries: QueryHandlers<OltCliQuery>
  readonly commands: CommandHandlers<OltCliCommand | TerminalCommand>
  /** On which OLT a transcript lies, and whose it is. */
  readonly belongs: { readonly transcript: (id: string) => Belongs | null }
  /** For whoever configures OLTs. */
  readonly configs: OltConfigs
  /** How a family's text is masked and steadied; null: it has no CLI profile. */
  readonly textOf: (familyId: string) => Pick<CliFamily, 'mask' | 'steady'> | null
  /** The session at this client that may use terminals now; null: none. */
  /** Whether OLTs may be logged in to has changed for all of them. */
  lookAnew(): void
  sessionChanged(clientId: number, sessionId: string | null): void
  clientGone(clientId: number): void
  /** Looks after OLTs and families from now on. Once. */
  start(): void
  /** Ends terminals, logs out everywhere. */
  stop(): Promise<void>
}

export interface OltCliDependencies {
  readonly clock: Clock
  readonly newId: () => string
  readonly emit: Emit
  readonly log: { error(event: string, details?: object): void }
  readonly reader: StoreReader
  readonly vaultKey: Uint8Array
  /** Writes what the console does by itself: one audited transaction. Errors: those of the store. */
  readonly write: (name: string, input: object, apply: (tx: Transaction) => void) => void
  readonly facts: Pick<NetworkFacts, 'olts' | 'olt' | 'listen'>
  readonly familyMayWrite: (familyId: string) => boolean
  /** Nothing logs in to a device: another copy of the workspace may be at work on it. */
  readonly isQuiet: () => boolean
  readonly engine: CliEngine
  readonly confirm: Confirm
}

export const createOltCli = (deps: OltCliDependencies): OltCli => {
  const { clock, facts, log } = deps
  const reads = createAccessReads(deps.reader)
  const listeners = new Set<(oltId: string) => void>()

  const oltOf = (oltId: string): CliOlt | null => facts.olt(oltId) ?? null
  const onTrouble = (error: unknown): void =>
    log.error('the CLI of an OLT could not be looked after', { error })

  const changed = (oltId: string): void => {
    deps.emit('olt-cli.changed', { oltId }, { key: oltId })
    for (const listener of listeners) {
      try {
        listener(oltId)
      } catch (error) {
        onTrouble(error)
      }
    }
  }

  const book = createAccessBook({
    now: clock.now,
    stored: { access: reads.access(), logins: reads.logins() },
    write: deps.write,
    onChange: changed,
    onTrouble,
  })
  const desks = createDesks({
    engine: deps.engine,
    book,
    vaultKey: deps.vaultKey,
    oltOf,
    familyMayWrite: deps.familyMayWrite,
    isQuiet: deps.isQuiet,
    onChange: changed,
    onClose: (oltId) =>
      terminals.endAllOf(oltId, { code: 'cli-terminal-gone', params: { why: 'access' } }),
    onTrouble,
  })
  const terminals = createTerminals({
    clock,
    newId: deps.newId,
    emit: deps.emit,
    write: deps.write,
    cliOf: (oltId) => {
      const { opened, family } = desks.of(oltId)
      return { opened, family, mask: (text) => desks.maskOwn(oltId, family.mask(text)) }
    },
    onTrouble,
  })

  const configs: OltConfigs = {
    obstacle: desks.obstacle,
    abilities: (oltId) => desks.family(oltId)?.abilities ?? null,
    of: (oltId) => {
      if (oltOf(oltId) === null) throw new NocturneError('not-found', { what: 'olt' })
      return desks.of(oltId).opened.config
    },
    listen: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }

  let stopListening = (): void => undefined
  const transcripts = createTranscriptReads(deps.reader)

  return {
    lookAnew: () => {
      for (const { id } of facts.olts()) changed(id)
    },
    queries: createOltCliQueries({
      book,
      desks,
      terminals,
      transcripts,
      olts: facts.olts,
      oltOf,
    }),
    commands: {
      ...createOltCliCommands({ now: clock.now, vaultKey: deps.vaultKey, book, desks, oltOf }),
      ...createTerminalCommands({ desks, terminals, oltOf, confirm: deps.confirm }),
    },
    configs,
    belongs: {
      transcript: (id) => {
        const found = transcripts.one(id, () => false)?.transcript
        if (found === undefined) return null
        return {
          oltIds: [found.oltId],
          accountIds: found.accountId === null ? [] : [found.accountId],
        }
      },
    },
    textOf: deps.engine.familyOf,
    sessionChanged: terminals.sessionChanged,
    clientGone: (clientId) => terminals.sessionChanged(clientId, null),
    start: () => {
      // OLTs that were removed, moved or recognised as another family; a walk is soon enough.
      stopListening = facts.listen({
        olts: desks.bringUpToDate,
        chassis: desks.bringUpToDate,
      })
    },
    stop: async () => {
      stopListening()
      terminals.stop()
      await desks.stop()
    },
  }
}
