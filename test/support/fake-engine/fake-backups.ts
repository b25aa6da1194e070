import type { Output } from '../../../src-shared/contract/index.ts'

interface FakeBackups {
  readonly 'workspace.backups': () => Output<'workspace.backups'>
  readonly 'workspace.backUp': () => Promise<Output<'workspace.backUp'>>
}

const day = 86_400_000

const nameOf = (at: number): string =>
  `nocturne-${new Date(at).toISOString().slice(0, 19).replace('T', '-').replaceAll(':', '')}.backup`

/** Four backups of the last weeks; a small network has none so far. */
export const createFakeBackups = (onus: number, now: () => number): FakeBackups => {
  const made = (at: number, bytes: number) => ({ name: nameOf(at), at, bytes })
  const backups =
    onus < 10
      ? []
      : [3, 10, 17, 24].map((days) => made(now() - days * day, 2_400_000 + onus * (300 - days)))
  return {
    'workspace.backups': () => ({
      folder: '/home/nadia/.config/Nocturne/workspace/backups',
      lastAt: backups[0]?.at ?? null,
      backups,
    }),
    'workspace.backUp': async () => {
      await new Promise((resolve) => setTimeout(resolve, 400))
      const one = made(now(), 2_400_000 + onus * 301)
      backups.unshift(one)
      backups.splice(10)
      return { name: one.name, bytes: one.bytes }
    },
  }
}
