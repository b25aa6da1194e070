import type { OltBackupState } from '../../src-shared/contract/olt-backups.ts'
import type { Problem } from '../../src-shared/contract/common.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { Clock } from '../engine/clock.ts'
import type { Confirm } from '../engine/confirm.ts'
import type { CommandHandlers, Emit, QueryHandlers } from '../engine/handlers.ts'
import type { NetworkFacts } from '../engine/network-facts.ts'
import type { OltConfigs } from '../engine/olt-configs.ts'
import type { Belongs } from '../engine/reach.ts'
import type { StoreReader } from '../store/read-handle.ts'
import type { Transaction } from '../store/write-path.ts'
import { createBackupBook } from './backup-book.ts'
import { createOltBackupsCommands, type OltBackupsCommand } from './commands.ts'
import type { FamilyText } from './config-text.ts'
import {
  createMaker,
  makingObstacle,
  problemOf,
  type MakeBackup,
  type Made,
  type PlansBetween,
} from './make-backup.ts'
import { createOltBackupsQueries, type OltBackupsQuery } from './queries.ts'
import { isOverdue, nextBackupAt, systemZone, type ZoneOffset } from './schedule.ts'
import { startScheduler, type Scheduler } from './scheduler.ts'
import { createBackupReads, putState, type StateRow } from './tables.ts'

/** What alarms want to know of the configurations of one OLT. */
export interface OltBackupFacts {
  readonly oltId: string
  /** Hours since the last one, or since there could be one; null: not overdue. */
  readonly overdueH: number | null
  readonly never: boolean
  /** A change that nothing explains and nobody has accepted. */
  readonly unknown: { readonly at: number; readonly added: number; readonly removed: number } | null
}

/** The olt-backups capability: what OLTs are set to, read, kept, compared. */
export interface OltBackups {
  readonly queries: QueryHandlers<OltBackupsQuery>
  readonly commands: CommandHandlers<OltBackupsCommand>
  /** On which OLT a version lies. */
  readonly belongs: { readonly configuration: (versionId: string) => Belongs | null }
  /** Cheap: no SQL. */
  readonly facts: () => readonly OltBackupFacts[]
  /**
   * Around a change of the console: what the OLT was set to right before, and right after. Null: it is
   * kept (or was already); else why not. It never rejects: a change does not hang on it by itself.
   */
  readonly beforePlan: (oltId: string, signal: AbortSignal) => Promise<Problem | null>
  readonly afterPlan: (oltId: string, signal: AbortSignal) => Promise<Problem | null>
  start(): void
  /** The machine has slept, or its network has changed. */
  wake(): void
  stop(): Promise<void>
}

export interface OltBackupsDependencies {
  readonly clock: Clock
  readonly newId: () => string
  readonly emit: Emit
  readonly log: { error(event: string, details?: object): void }
  readonly reader: StoreReader
  readonly write: (name: string, input: object, apply: (tx: Transaction) => void) => void
  readonly facts: Pick<NetworkFacts, 'olts' | 'olt'>
  readonly configs: Pick<OltConfigs, 'of' | 'obstacle' | 'abilities' | 'listen'>
  readonly textOf: (familyId: string) => FamilyText | null
  readonly confirm: Confirm
  readonly exportsFolder: string
  readonly plansBetween?: PlansBetween
  readonly zone?: ZoneOffset
}

const hourMs = 3_600_000

export const createOltBackups = (deps: OltBackupsDependencies): OltBackups => {
  const { clock, configs, facts } = deps
  const zone = deps.zone ?? systemZone
  const reads = createBackupReads(deps.reader)
  const book = createBackupBook(reads, clock.now)
  const running = new Map<string, Promise<unknown>>()
  const stopping = new AbortController()

  const changed = (oltId: string): void =>
    deps.emit('olt-backups.changed', { oltId }, { key: oltId })

  const obstacleOf = (oltId: string): Problem | null => makingObstacle(configs, oltId)

  const read = createMaker({
    now: clock.now,
    newId: deps.newId,
    configs,
    textOf: deps.textOf,
    book,
    readText: reads.text,
    plansBetween: deps.plansBetween ?? (() => []),
  })

  /** One reading per OLT at a time. Errors: `cli-busy`, those of the reading. */
  const make = async (request: MakeBackup): Promise<Made> => {
    const { oltId } = request
    if (running.has(oltId)) throw new NocturneError('cli-busy')
    const work = read({ ...request, signal: AbortSignal.any([request.signal, stopping.signal]) })
    running.set(oltId, work)
    changed(oltId)
    try {
      return await work
    } catch (error) {
      if (problemOf(error).code !== 'cancelled') remember(oltId, error)
      throw error
    } finally {
      running.delete(oltId)
      changed(oltId)
    }
  }

  /** That it failed, and why: the same again is not written again. */
  const remember = (oltId: string, error: unknown): void => {
    const problem = problemOf(error)
    if (problem.code === 'internal') deps.log.error('a configuration was not kept', { error })
    const before = book.state(oltId)
    const next: StateRow = { ...before, lastProblem: { ...problem, at: clock.now() } }
    book.setState(next)
    if (before.lastProblem?.code === problem.code) return
    try {
      deps.write('olt-backups.failed', { oltId, code: problem.code }, (tx) => putState(tx, next))
    } catch (trouble) {
      deps.log.error('that a configuration was not read could not be written', { error: trouble })
    }
  }

  /** What the console makes by itself. Never rejects. */
  const makeByItself = async (
    oltId: string,
    by: MakeBackup['by'],
    signal: AbortSignal,
  ): Promise<Problem | null> => {
    try {
      const made = await make({ oltId, by, signal })
      deps.write('olt-backups.kept', made.summary, made.apply)
      made.taken()
      changed(oltId)
      return null
    } catch (error) {
      return problemOf(error)
    }
  }

  /** Around a plan: whoever reads already is waited for. */
  const around = async (
    oltId: string,
    by: 'before-change' | 'after-change',
    signal: AbortSignal,
  ): Promise<Problem | null> => {
    await running.get(oltId)?.catch(() => undefined)
    return makeByItself(oltId, by, signal)
  }

  /** Only where there is a way in at all: of other OLTs nobody expects a backup. */
  const isWanted = (oltId: string): boolean => {
    const code = obstacleOf(oltId)?.code
    return code !== 'cli-no-access' && code !== 'cli-family-cannot'
  }

  const overdue = (oltId: string, now: number): boolean => {
    const { lastAt, wantedSince } = book.state(oltId)
    return isWanted(oltId) && isOverdue(book.schedule(oltId), lastAt, wantedSince, now, zone)
  }

  const stateOf = (oltId: string): OltBackupState => {
    const { lastAt, wantedSince, lastProblem } = book.state(oltId)
    const schedule = book.schedule(oltId)
    return {
      oltId,
      oltName: facts.olt(oltId)?.name ?? '',
      schedule,
      lastAt,
      nextAt: isWanted(oltId) ? nextBackupAt(schedule, lastAt, wantedSince, zone) : null,
      overdue: overdue(oltId, clock.now()),
      unknownChangeAt: book.unknown(oltId)?.firstAt ?? null,
      versions: book.versions(oltId).length,
      lastProblem,
      running: running.has(oltId),
      obstacle: obstacleOf(oltId),
      exportsBy: [...(configs.abilities(oltId)?.exportsBy ?? [])],
    }
  }

  const ready = (): readonly string[] => {
    const olts = facts.olts()
    for (const { id } of olts) {
      const state = book.state(id)
      // Nobody owes a backup of an OLT that there was no way into.
      if (state.lastAt === null && !isWanted(id)) {
        book.setState({ ...state, wantedSince: clock.now() })
      }
    }
    return olts
      .filter(
        ({ id, quiet, reachability }) =>
          // One that does not answer SNMP either is not worth a login; it is late, and told as such.
          quiet === null && reachability !== 'unreachable' && obstacleOf(id) === null,
      )
      .map(({ id }) => id)
  }

  let scheduler: Scheduler | null = null
  let stopListening = (): void => undefined

  return {
    queries: createOltBackupsQueries({
      book,
      oltIds: () => facts.olts().map(({ id }) => id),
      isPresent: (oltId) => facts.olt(oltId) !== undefined,
      stateOf,
      readText: reads.text,
      textOf: deps.textOf,
    }),
    commands: createOltBackupsCommands({
      now: clock.now,
      book,
      nameOf: (oltId) => facts.olt(oltId)?.name ?? null,
      exportsFolder: deps.exportsFolder,
      readText: reads.text,
      confirm: deps.confirm,
      configs,
      make,
      onChange: changed,
    }),
    belongs: {
      configuration: (versionId) => {
        const version = book.version(versionId)
        return version === null ? null : { oltIds: [version.oltId] }
      },
    },
    facts: () => {
      const now = clock.now()
      return facts.olts().map(({ id }) => {
        const { lastAt, wantedSince } = book.state(id)
        const unknown = book.unknown(id)
        return {
          oltId: id,
          overdueH: overdue(id, now) ? Math.floor((now - (lastAt ?? wantedSince)) / hourMs) : null,
          never: lastAt === null,
          unknown:
            unknown === null
              ? null
              : { at: unknown.firstAt, added: unknown.added, removed: unknown.removed },
        }
      })
    },
    beforePlan: (oltId, signal) => around(oltId, 'before-change', signal),
    afterPlan: (oltId, signal) => around(oltId, 'after-change', signal),
    start: () => {
      // Whether one can be made hangs on the way in.
      stopListening = configs.listen(changed)
      scheduler = startScheduler({
        clock,
        zone,
        book,
        ready,
        isRunning: (oltId) => running.has(oltId),
        make: (oltId) => makeByItself(oltId, 'schedule', stopping.signal),
      })
    },
    wake: () => scheduler?.wake(),
    stop: async () => {
      stopListening()
      scheduler?.stop()
      stopping.abort()
      await Promise.allSettled(running.values())
    },
  }
}
