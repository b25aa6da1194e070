import type { Problem } from '../../src-shared/contract/common.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { CliDeskState } from '../olt/cli/cli-session.ts'
import type { AccessBook } from './access-book.ts'
import { openSecret } from './access-secrets.ts'
import type { CliEngine, CliFamily, CliSecrets, OpenedCli } from './ports.ts'
import { obstacleOf } from './rules.ts'
import type { AccessRow } from './tables.ts'

/** An OLT, as far as its CLI is concerned. */
export interface CliOlt {
  readonly id: string
  readonly name: string
  /** Where SNMP asks. */
  readonly host: string
  readonly snmpPort: number
  readonly familyId: string | null
}

export interface UsableCli {
  readonly opened: OpenedCli
  readonly family: CliFamily
}

/** The open ways in, one per OLT: made when first asked for, closed when anything about it changes. */
export interface Desks {
  readonly obstacle: (oltId: string) => Problem | null
  readonly family: (oltId: string) => CliFamily | null
  /** Errors: `not-found`, the obstacle. */
  readonly of: (oltId: string) => UsableCli
  /** To find out whether a changed key has gone: nothing secret goes to another key. */
  readonly toTry: (oltId: string) => UsableCli
  /** Null: no session since it was closed last. */
  readonly state: (oltId: string) => CliDeskState | null
  /** The text without what the console itself logs in with. */
  readonly maskOwn: (oltId: string, text: string) => string
  /** Closes what stands on something that has changed since. */
  readonly bringUpToDate: () => void
  readonly close: (oltId: string) => void
  /** Waits until every session has logged out, or its time is over. */
  readonly stop: () => Promise<void>
}

interface Open extends UsableCli {
  readonly access: AccessRow
  readonly host: string
  readonly familyId: string
}

/** Shorter ones are words of the trade (`admin`, `zte`): masking them would hide what is read. */
const leastMasked = 6
const masked = '••••'

export const createDesks = (deps: {
  readonly engine: CliEngine
  readonly book: AccessBook
  readonly vaultKey: Uint8Array
  readonly oltOf: (oltId: string) => CliOlt | null
  readonly familyMayWrite: (familyId: string) => boolean
  readonly isQuiet: () => boolean
  readonly onChange: (oltId: string) => void
  /** A desk is about to close: whoever sits there ends. */
  readonly onClose: (oltId: string) => void
  readonly onTrouble: (error: unknown) => void
}): Desks => {
  const { engine, book, vaultKey } = deps
  const open = new Map<string, Open>()
  const closing = new Set<Promise<void>>()
  let stopped = false

  const familyOf = (familyId: string | null): CliFamily | null =>
    familyId === null ? null : engine.familyOf(familyId)

  const obstacle = (oltId: string): Problem | null => {
    const familyId = deps.oltOf(oltId)?.familyId ?? null
    return obstacleOf({
      access: book.access(oltId),
      login: book.login(oltId),
      familyId,
      family: familyOf(familyId),
      familyMayWrite: familyId !== null && deps.familyMayWrite(familyId),
      isQuiet: deps.isQuiet(),
    })
  }

  /** Errors: `secret-unreadable`. */
  const secretsOf = (access: AccessRow): CliSecrets => ({
    password: openSecret(access.passwordSealed, 'password', vaultKey, access.oltId),
    enablePassword:
      access.enableSealed === null
        ? null
        : openSecret(access.enableSealed, 'enablePassword', vaultKey, access.oltId),
  })

  const communityOf = ({ writeCommunitySealed, oltId }: AccessRow): Buffer | null =>
    writeCommunitySealed === null
      ? null
      : openSecret(writeCommunitySealed, 'writeCommunity', vaultKey, oltId)

  const close = (oltId: string): void => {
    const one = open.get(oltId)
    if (one === undefined) return
    open.delete(oltId)
    deps.onClose(oltId)
    const over = async (): Promise<void> => {
      try {
        await one.opened.desk.close()
      } catch (error) {
        deps.onTrouble(error)
      }
      closing.delete(done)
      deps.onChange(oltId)
    }
    const done: Promise<void> = over()
    closing.add(done)
  }

  const isCurrent = (oltId: string, one: Open): boolean => {
    const olt = deps.oltOf(oltId)
    const access = book.access(oltId)
    return (
      olt !== null &&
      access === one.access &&
      (access.host ?? olt.host) === one.host &&
      olt.familyId === one.familyId &&
      engine.familyOf(one.familyId) === one.family &&
      obstacle(oltId)?.code !== 'cli-family-untrusted'
    )
  }

  const ofUnless = (oltId: string, mayBe: Problem['code'] | null): UsableCli => {
    if (stopped) throw new NocturneError('engine-stopped')
    const olt = deps.oltOf(oltId)
    if (olt === null) throw new NocturneError('not-found', { what: 'olt' })
    const problem = obstacle(oltId)
    // SECURITY: asked each time, so that what was allowed once does not go on by itself.
    if (problem !== null && problem.code !== mayBe) {
      throw new NocturneError(problem.code, problem.params)
    }
    const before = open.get(oltId)
    if (before !== undefined) {
      if (isCurrent(oltId, before)) return before
      close(oltId)
    }
    const access = book.access(oltId)
    const { familyId } = olt
    const family = familyOf(familyId)
    if (access === null || familyId === null || family === null) {
      throw new Error('an OLT without obstacle has access and a family')
    }
    const host = access.host ?? olt.host
    const opened = engine.open({
      oltId,
      familyId,
      snmp: { host: olt.host, port: olt.snmpPort },
      login: {
        transport: access.transport,
        host,
        port: access.port,
        userName: access.userName,
        allowTelnet: access.allowTelnet,
        // SECURITY: old algorithms only where the person and the family both know of them.
        allowLegacySsh: access.allowLegacySsh && family.knowsLegacySsh,
        maxReaders: access.maxReaders,
        secrets: () => secretsOf(access),
      },
      gate: book.gate(oltId),
      writeCommunity: () => communityOf(access),
      onChange: () => deps.onChange(oltId),
    })
    const made = { opened, family, access, host, familyId }
    open.set(oltId, made)
    return made
  }

  return {
    obstacle,
    family: (oltId) => familyOf(deps.oltOf(oltId)?.familyId ?? null),
    of: (oltId) => ofUnless(oltId, null),
    toTry: (oltId) => ofUnless(oltId, 'cli-host-key-changed'),
    state: (oltId) => open.get(oltId)?.opened.desk.state() ?? null,
    maskOwn: (oltId, text) => {
      const access = book.access(oltId)
      if (access === null) return text
      const { password, enablePassword } = secretsOf(access)
      const all = [password, enablePassword, communityOf(access)].filter((one) => one !== null)
      try {
        return all
          .map((secret) => secret.toString('utf8'))
          .filter((secret) => secret.length >= leastMasked)
          .reduce((left, secret) => left.replaceAll(secret, masked), text)
      } finally {
        for (const secret of all) secret.fill(0)
      }
    },
    bringUpToDate: () => {
      for (const [oltId, one] of open) if (!isCurrent(oltId, one)) close(oltId)
    },
    close,
    stop: async () => {
      stopped = true
      for (const oltId of open.keys()) close(oltId)
      await Promise.all(closing)
    },
  }
}
