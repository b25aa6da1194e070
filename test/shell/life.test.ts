import { existsSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { launchFixture } from './fixture-console.ts'
import type { FixtureConsole } from './fixture-console.ts'

let fixture: FixtureConsole | undefined
afterEach(async () => {
  await fixture?.stop()
  fixture = undefined
})

const isAlive = (pid: number): boolean => existsSync(`/proc/${String(pid)}`)
const profilesOf = (pid: number | undefined): string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith(`nocturne-chromium-${String(pid)}-`))
const waitUntil = (condition: () => boolean): Promise<void> =>
  vi.waitFor(
    () => {
      expect(condition()).toBe(true)
    },
    { timeout: 15_000 },
  )

describe('Chromium does not outlive its host', () => {
  it('which is killed; the profile that stays is swept by the next start', async () => {
    fixture = await launchFixture()
    const { chromiumPid } = await fixture.state()
    const hostPid = fixture.child.pid
    expect(isAlive(chromiumPid)).toBe(true)
    fixture.child.kill('SIGKILL')
    await fixture.exited
    await waitUntil(() => !isAlive(chromiumPid))
    fixture = await launchFixture()
    expect(profilesOf(hostPid)).toEqual([])
  })

  it('which is asked to end, and leaves nothing behind', async () => {
    fixture = await launchFixture()
    const { chromiumPid } = await fixture.state()
    fixture.child.kill('SIGTERM')
    expect(await fixture.exited).toBe(0)
    expect(isAlive(chromiumPid)).toBe(false)
    expect(profilesOf(fixture.child.pid)).toEqual([])
  })

  it('whose window a person closes: the engine is ended first, then the process', async () => {
    fixture = await launchFixture()
    fixture.child.send({ fixture: 'close' })
    expect(await fixture.exited).toBe(0)
    expect(profilesOf(fixture.child.pid)).toEqual([])
  })
})

it('a page that dies is told to the engine and loaded anew', async () => {
  fixture = await launchFixture()
  const { tell, state, ask } = fixture
  const loads = async () =>
    (await state()).journal.filter(
      ({ kind, subject }) => kind === 'navigation-allowed' && subject === 'app://console/',
    ).length
  expect(await loads()).toBe(1)
  await ask('crash-renderer')
  await vi.waitFor(
    async () => {
      expect(await loads()).toBe(2)
    },
    { timeout: 15_000 },
  )
  expect(await tell('seen')).toEqual(expect.arrayContaining([{ gone: 1 }]))
})
