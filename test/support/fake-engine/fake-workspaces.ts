import type { Input, Output } from '../../../src-shared/contract/index.ts'
import type { WorkspaceEntry } from '../../../src-shared/contract/workspace.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { FakeOptions } from './fake-options.ts'

/** The list of workspaces in the page: `?workspaces=4` says how many; by default the one alone. */

const idOf = (n: number): string => `01930000-0000-7000-8000-0000000e${String(n).padStart(4, '0')}`

const named = ['Nocturne', 'Kota Timur', 'Pelabuhan', 'Uji coba']

export const createFakeWorkspaces = (deps: {
  readonly options: FakeOptions
  readonly now: () => number
  readonly wait: (ms: number) => Promise<void>
  /** The windows stand at this one's door. */
  readonly entered: (entry: WorkspaceEntry) => void
}) => {
  const folder = '/home/nadia/.config/Nocturne'
  const day = 86_400_000
  let entries: WorkspaceEntry[] = Array.from({ length: deps.options.workspaces }, (_, n) => ({
    id: idOf(n),
    name: named[n] ?? `ISP ${n}`,
    folder: n === 0 ? `${folder}/workspace` : `${folder}/workspaces/isp-${n}`,
    lastOpenedAt: n === 3 ? null : deps.now() - n * 3 * day,
    isCurrent: n === 0,
    isNew: n === 3,
    problem:
      n === 2
        ? {
            code: 'workspace-folder-gone',
            params: { name: 'Pelabuhan', folder: '/media/nadia/usb/pelabuhan' },
          }
        : null,
  }))
  const wiped: Output<'workspace.list'>['wiped'] = []

  const byId = (id: string): WorkspaceEntry => {
    const entry = entries.find((each) => each.id === id)
    if (entry === undefined) throw new NocturneError('not-found', { what: 'workspace' })
    return entry
  }
  const refuseTaken = (name: string): void => {
    const same = entries.some((each) => each.name.toLowerCase() === name.toLowerCase())
    if (same) throw new NocturneError('workspace-name-taken', { name })
  }

  return {
    'workspace.list': () => ({ workspaces: entries, wiped }),
    'workspace.switch': async ({ id }: Input<'workspace.switch'>) => {
      const { problem } = byId(id)
      await deps.wait(500)
      if (problem !== null) throw new NocturneError(problem.code, problem.params)
      entries = entries.map((each) => ({ ...each, isCurrent: each.id === id }))
      deps.entered(byId(id))
      return {}
    },
    'workspace.add': ({ name }: Input<'workspace.add'>) => {
      refuseTaken(name)
      const id = idOf(100 + entries.length)
      const made = { folder: `${folder}/workspaces/${id}`, lastOpenedAt: null, problem: null }
      entries = [...entries, { id, name, ...made, isCurrent: false, isNew: true }]
      return { id }
    },
    'workspace.rename': ({ name }: Input<'workspace.rename'>) => {
      refuseTaken(name)
      entries = entries.map((each) => (each.isCurrent ? { ...each, name } : each))
      return {}
    },
    'workspace.wipe': async () => {
      await deps.wait(1_500)
      for (const { id, name } of entries.filter(({ isCurrent }) => isCurrent)) {
        wiped.unshift({ id, name, at: deps.now(), backupsFolder: '/home/nadia/cadangan' })
      }
      const [next, ...others] = entries.filter(({ isCurrent }) => !isCurrent)
      if (next === undefined) return {}
      entries = [{ ...next, isCurrent: true }, ...others]
      deps.entered(next)
      return {}
    },
    'workspace.forget': ({ id }: Input<'workspace.forget'>) => {
      entries = entries.filter((each) => each.id !== byId(id).id)
      return {}
    },
  }
}
