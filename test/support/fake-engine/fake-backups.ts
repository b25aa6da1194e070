import type { EventName, Input, Output, Payload } from '../../../src-shared/contract/index.ts'
import type { FakeOptions } from './fake-options.ts'
import { NocturneError } from '../../../src-shared/errors.ts'

type Names =
  | 'workspace.backups'
  | 'backups.settings'
  | 'workspace.backUp'
  | 'backups.configure'
  | 'backups.setPassphrase'
  | 'backups.makeRecoveryKey'
  | 'backups.removeWay'
  | 'backups.verify'
  | 'backups.choose'
  | 'backups.preview'
  | 'backups.restore'
  | 'restore.choose'
  | 'restore.preview'
  | 'restore.run'
  | 'workspace.standing'
  | 'workspace.resume'
  | 'workspace.takeBack'
  | 'transfer.make'

type Standing = FakeOptions['standing']

type FakeBackups = {
  readonly [Name in Names]: (input: Input<Name>) => Output<Name> | Promise<Output<Name>>
}

const day = 86_400_000

const nameOf = (at: number): string =>
  `nocturne-${new Date(at).toISOString().slice(0, 19).replace('T', '-').replaceAll(':', '')}.backup`

/** Four backups of the last weeks, one of them damaged; a small network has none so far. */
export const createFakeBackups = ({
  onus,
  now,
  emit,
  wait,
  restored,
  packing,
  transfer,
  standing,
}: {
  readonly onus: number
  readonly now: () => number
  readonly emit: <Name extends EventName>(name: Name, payload: Payload<Name>) => void
  readonly wait: (ms: number) => Promise<void>
  /** The restored workspace stands at its door. */
  readonly restored: () => void
  /** It is closed for its transfer file, and open again. */
  readonly packing: (isOn: boolean) => void
  /** What is chosen in the system's dialog is a transfer file. */
  readonly transfer: boolean
  readonly standing: Standing
}): FakeBackups => {
  const stood = { since: now() - day / 8, path: '/media/nadia/stick/nocturne-rumah.transfer' }
  let stands: Output<'workspace.standing'>['standing'] =
    standing === null
      ? null
      : standing === 'restored'
        ? { kind: 'restored', since: stood.since }
        : { kind: 'moved', ...stood, sure: standing === 'moved' }
  const chosen = {
    id: '01900000-0000-7000-8000-00000000f11e',
    ...(transfer
      ? {
          kind: 'transfer' as const,
          name: 'nocturne-rumah-2026-11-22-161200.transfer',
          bytes: 4_812_000_000,
          createdAt: null,
          schemaVersion: null,
          ways: ['recovery-key' as const],
        }
      : {
          kind: 'backup' as const,
          name: 'nocturne-2026-11-22-030000.backup',
          bytes: 2_400_000,
          createdAt: now() - day,
          schemaVersion: 190,
          ways: ['passphrase' as const, 'recovery-key' as const],
        }),
  }
  /** Anything opens it but what begins with "wrong"; as the engine tells its steps. */
  const restore = async (secret: string | null, taskId: string | undefined): Promise<void> => {
    refuseWrong(secret)
    for (const [done, step] of ['unpack', 'settle', 'keys'].entries()) {
      if (taskId !== undefined) emit('workspace.progress', { taskId, step, done, total: 3 })
      await wait(500)
    }
    restored()
  }
  const view = (createdAt: number): Output<'backups.preview'> => ({
    createdAt,
    bytes: 2_400_000,
    workspaceId: '01900000-0000-7000-8000-000000000001',
    schemaVersion: 180,
    ownSchemaVersion: 190,
    ways: [...ways],
    contents,
    transfer: transfer
      ? {
          act: 'move',
          name: 'Rumah',
          appVersion: '1.4.0',
          history: { from: now() - 61 * day, to: now(), days: 61 },
          historyBytes: 4_310_000_000,
          mapBytes: 480_000_000,
          families: 2,
        }
      : null,
  })
  const refuseWrong = (secret: string | null): void => {
    if (secret?.startsWith('wrong') === true) throw new NocturneError('wrong-passphrase')
  }

  type Way = Output<'backups.settings'>['ways'][number]
  let ways: Way[] = onus < 10 ? [] : ['passphrase']
  const contents = {
    olts: onus < 10 ? 1 : 64,
    onus,
    accounts: 6,
    auditRows: 48_210,
    rows: 192_004,
    owner: 'Nadia Putri',
    lastAt: now(),
  }
  const made = (at: number, bytes: number, problem: string | null = null) => ({
    name: nameOf(at),
    at,
    bytes,
    proof: { at, problem, ways: [...ways] },
    contents: { ...contents, lastAt: at },
  })
  const backups =
    onus < 10
      ? []
      : [3, 10, 17, 24].map((days) =>
          made(
            now() - days * day,
            2_400_000 + onus * (300 - days),
            days === 24 ? 'backup-damaged' : null,
          ),
        )
  const usualFolder = '/home/nadia/.config/Nocturne/workspace/backups'
  let settings: Input<'backups.configure'> = {
    folder: null,
    schedule: { every: onus < 10 ? 'off' : 'day', hour: 3 },
    keep: { last: 10, daily: 7, weekly: 4 },
  }
  return {
    'workspace.backups': () => ({
      folder: settings.folder ?? usualFolder,
      lastAt: backups[0]?.at ?? null,
      backups,
    }),
    'backups.settings': () => ({
      ...settings,
      usualFolder,
      ways: [...ways],
      nextAt: settings.schedule.every === 'off' ? null : now() + day / 3,
      failure: null,
      running: false,
    }),
    'workspace.backUp': async () => {
      await new Promise((resolve) => setTimeout(resolve, 400))
      const one = made(now(), 2_400_000 + onus * 301)
      backups.unshift(one)
      backups.splice(10)
      return { name: one.name, bytes: one.bytes }
    },
    'backups.configure': (next) => {
      settings = next
      return {}
    },
    'backups.setPassphrase': () => {
      ways = [...new Set<Way>([...ways, 'passphrase'])]
      return {}
    },
    'backups.makeRecoveryKey': () => {
      ways = [...new Set<Way>([...ways, 'recovery-key'])]
      return {}
    },
    'backups.removeWay': ({ way }) => {
      ways = ways.filter((one) => one !== way)
      return {}
    },
    'backups.verify': ({ name }) => ({
      problem: backups.find((one) => one.name === name)?.proof.problem ?? null,
    }),
    'backups.choose': () => ({ file: chosen }),
    'backups.preview': ({ source, secret }) => {
      refuseWrong(secret)
      const kept = backups.find((one) => source.kind === 'kept' && one.name === source.name)
      return view(kept?.at ?? now())
    },
    'backups.restore': async ({ secret, taskId }) => {
      await restore(secret, taskId)
      return { folder: '/home/nadia/.config/Nocturne/workspace' }
    },
    'restore.choose': () => ({ file: chosen }),
    'restore.preview': ({ secret }) => {
      refuseWrong(secret)
      return view(chosen.createdAt ?? now() - day)
    },
    'restore.run': async ({ secret, taskId }) => {
      await restore(secret, taskId)
      return { keptAs: null }
    },
    'workspace.standing': () => ({ standing: stands }),
    'transfer.make': async ({ act, taskId, folder }) => {
      packing(true)
      const total = 4_800_000_000
      for (const step of ['gather', 'pack', 'proof'] as const) {
        for (const part of step === 'gather' ? [0] : [0.3, 0.9]) {
          if (taskId !== undefined) {
            const [done, of] = step === 'gather' ? [0, null] : [part * total, total]
            emit('workspace.progress', { taskId, step, done, total: of })
          }
          await wait(700)
        }
      }
      packing(false)
      const path = `${folder}/nocturne-rumah-2026-11-23-161200.transfer`
      if (act === 'move') {
        stands = { kind: 'moved', since: now(), path, sure: true }
        emit('workspace.standingChanged', { standing: stands })
      }
      return { path }
    },
    'workspace.takeBack': () => {
      stands = null
      emit('workspace.standingChanged', { standing: null })
      return {}
    },
    'workspace.resume': () => {
      stands = null
      emit('workspace.standingChanged', { standing: null })
      return {}
    },
  }
}
