import type { Input, Output, Payload, ProcedureName } from '../../../src-shared/contract/index.ts'
import type { OltBackupState, OltBackupVersion } from '../../../src-shared/contract/olt-backups.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import { fakeConfig, fakeDiff } from './fake-config-texts.ts'
import type { FakePlant } from './fake-plant.ts'

/**
 * Configurations of the generated plant: the first OLT is well, of the second somebody changed
 * something, the third's backup is overdue with a problem, the fourth has none yet.
 */

type Names = Extract<ProcedureName, `olt-backups.${string}`>
export type FakeOltBackups = {
  readonly [Name in Names]: (input: Input<Name>) => Output<Name> | Promise<Output<Name>>
}

type Emit = <Name extends 'olt-backups.changed' | 'workspace.progress'>(
  name: Name,
  payload: Payload<Name>,
) => void

const hour = 3_600_000
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
const idOf = (olt: number, version: number): string =>
  `01930000-0000-7000-8002-${(olt * 1000 + version).toString(16).padStart(12, '0')}`

export const createFakeOltBackups = (options: {
  readonly plant: FakePlant
  readonly now: () => number
  readonly emit: Emit
}): FakeOltBackups & { readonly cancel: (taskId: string) => void } => {
  const { plant, now, emit } = options
  const cancelled = new Set<string>()
  const states = new Map<string, OltBackupState>()
  const versions = new Map<string, OltBackupVersion[]>()
  const texts = new Map<string, readonly string[]>()
  const lines = plant.size >= 100_000 ? 100_000 : 3000
  const textOf = (id: string): readonly string[] => {
    const known = texts.get(id)
    if (known !== undefined) return known
    const at = Number.parseInt(id.slice(-12), 16)
    const made = fakeConfig(Math.floor(at / 1000), at % 1000, lines)
    texts.set(id, made)
    return made
  }
  plant.olts.forEach((olt, index) => {
    const made = index === 3 ? [] : versionsOf(olt.id, index, now(), lines)
    versions.set(olt.id, made)
    states.set(olt.id, stateOf(olt.id, olt.name, index, made, now()))
  })
  const stateFor = (oltId: string): OltBackupState => {
    const state = states.get(oltId)
    if (state === undefined) throw new NocturneError('not-found')
    return state
  }
  const change = (oltId: string, part: Partial<OltBackupState>): void => {
    states.set(oltId, { ...stateFor(oltId), ...part })
    emit('olt-backups.changed', { oltId })
  }
  const versionFor = (id: string): OltBackupVersion => {
    const found = [...versions.values()].flat().find((version) => version.id === id)
    if (found === undefined) throw new NocturneError('not-found')
    return found
  }
  return {
    cancel: (taskId) => void cancelled.add(taskId),
    'olt-backups.overview': () => ({
      olts: plant.olts.filter(({ removed }) => !removed).map(({ id }) => stateFor(id)),
    }),
    'olt-backups.versions': ({ oltId }) => ({
      state: stateFor(oltId),
      versions: versions.get(oltId) ?? [],
    }),
    'olt-backups.text': ({ versionId }) => ({
      version: versionFor(versionId),
      text: textOf(versionId).join('\n'),
    }),
    'olt-backups.diff': ({ beforeId, afterId, context }) => ({
      before: versionFor(beforeId),
      after: versionFor(afterId),
      ...fakeDiff(textOf(beforeId), textOf(afterId), context),
    }),
    'olt-backups.restoreGuide': ({ versionId }) => {
      versionFor(versionId)
      const steps = ['export', 'compare', 'console', 'upload', 'restart', 'readBack']
      return { steps: steps.map((key) => ({ key, params: {} })) }
    },
    'olt-backups.make': async ({ oltId, taskId }) => {
      const { obstacle } = stateFor(oltId)
      if (obstacle !== null) throw new NocturneError(obstacle.code, obstacle.params)
      change(oltId, { running: true })
      try {
        for (let done = 0; done < 12; done += 1) {
          emit('workspace.progress', { taskId, step: 'read', done: done * 9200, total: null })
          await wait(120)
          if (cancelled.has(taskId)) throw new NocturneError('cancelled')
        }
      } finally {
        change(oltId, { running: false })
      }
      const of = versions.get(oltId) ?? []
      const index = plant.olts.findIndex(({ id }) => id === oltId)
      if (of.length === 0) {
        const [first] = versionsOf(oltId, index, now(), lines).slice(-1)
        of.unshift({ ...first!, firstAt: now(), lastAt: now(), by: 'person' })
        versions.set(oltId, of)
      } else of[0] = { ...of[0]!, lastAt: now() }
      change(oltId, {
        lastAt: now(),
        nextAt: now() + 24 * hour,
        overdue: false,
        lastProblem: null,
        versions: of.length,
      })
      return { versionId: of[0]!.id, changed: of.length === 1 }
    },
    'olt-backups.setSchedule': ({ oltId, schedule }) => {
      change(oltId, {
        schedule,
        nextAt: schedule.everyHours === null ? null : now() + schedule.everyHours * hour,
      })
      return {}
    },
    'olt-backups.accept': ({ versionId, note }) => {
      const version = versionFor(versionId)
      const of = versions.get(version.oltId) ?? []
      of[of.indexOf(version)] = { ...version, explained: true, note }
      change(version.oltId, { unknownChangeAt: null })
      return {}
    },
    'olt-backups.exportUnmasked': async ({ versionId }) => {
      await wait(800)
      return {
        folder: '/home/noc/nocturne/exports',
        fileName: `config-${versionFor(versionId).sha256.slice(0, 8)}.txt`,
      }
    },
    'olt-backups.exportByOlt': async ({ oltId, taskId, host }) => {
      const { obstacle } = stateFor(oltId)
      if (obstacle !== null) throw new NocturneError(obstacle.code, obstacle.params)
      if (!/^[0-9A-Fa-f.:]+$/u.test(host)) {
        throw new NocturneError('cli-parameter-refused', { parameter: 'host' })
      }
      emit('workspace.progress', { taskId, step: 'send', done: 0, total: null })
      await wait(1500)
      if (cancelled.has(taskId)) throw new NocturneError('cancelled')
      // Nobody listens there.
      if (host.endsWith('.99'))
        throw new NocturneError('cli-refused', { line: 'Failure: no answer' })
      return {}
    },
  }
}

const versionsOf = (oltId: string, olt: number, now: number, lines: number): OltBackupVersion[] =>
  Array.from({ length: 9 }, (_, each): OltBackupVersion => {
    const version = 8 - each
    const lastAt = now - (olt === 2 ? 80 : 5) * hour - each * 73 * hour
    const unknown = olt === 1 && each === 0
    return {
      id: idOf(olt, version),
      oltId,
      firstAt: lastAt - (each === 0 ? 30 : 70) * hour,
      lastAt,
      sha256: (version * 7919 + olt * 104_729 + 15_485_863)
        .toString(16)
        .padStart(8, '0')
        .repeat(8)
        .slice(0, 64),
      lines: lines + version * 2,
      bytes: lines * 61 + version * 97,
      by: (['schedule', 'after-change', 'before-change', 'person'] as const)[each % 4]!,
      added: version === 0 ? lines : 2 + (version % 3) * 3,
      removed: version === 0 ? 0 : 1 + (version % 2) * 2,
      explained: !unknown,
      planIds: each % 4 === 1 ? ['01930000-0000-7000-8003-000000000001'] : [],
      note: each === 5 ? 'Work of the vendor on site, ticket 4711' : '',
    }
  })

const stateOf = (
  oltId: string,
  oltName: string,
  index: number,
  versions: readonly OltBackupVersion[],
  now: number,
): OltBackupState => {
  const lastAt = versions[0]?.lastAt ?? null
  return {
    oltId,
    oltName,
    schedule: { everyHours: index === 3 ? null : 24, keep: 60, atHour: 3 },
    lastAt,
    nextAt: index === 3 || lastAt === null ? null : lastAt + (index === 2 ? 24 : 29) * hour,
    overdue: index === 2,
    unknownChangeAt: index === 1 ? now - 35 * hour : null,
    versions: versions.length,
    lastProblem: index === 2 ? { code: 'cli-timeout', params: {}, at: now - 8 * hour } : null,
    running: false,
    obstacle:
      index === 2
        ? { code: 'cli-host-key-changed', params: {} }
        : index === 3
          ? { code: 'cli-logins-paused', params: {} }
          : null,
    exportsBy: index < 2 ? ['tftp'] : [],
  }
}
