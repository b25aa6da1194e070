import { isSecret } from '../../src-shared/contract/confirm-text.ts'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { startEngineHost } from '../../src-main/engine/engine-host.ts'
import type { EngineWorkerData } from '../../src-main/engine/worker-messages.ts'

const start = (mode: 'own' | 'simulated' = 'own') => {
  const failures: string[] = []
  const chosen: string[] = []
  let switched = Promise.withResolvers<string>()
  const host = startEngineHost({
    workerPath: join(import.meta.dirname, 'host-worker-child.ts'),
    dataFor: (wanted) =>
      ({ mode: wanted, workspaceDir: chosen.at(-1) ?? 'first' }) as EngineWorkerData,
    mode,
    choose: (workspaceDir) => chosen.push(workspaceDir),
    onSwitched: (to) => {
      switched.resolve(to)
      switched = Promise.withResolvers()
    },
    onFirstFullPoll: () => {},
    onFailed: (message) => failures.push(message),
  })
  onTestFinished(() => host.stop())
  const call = (channel: string, clientId = 1) => host.call({ clientId, channel, input: {} })
  return { host, call, failures, chosen, nextSwitch: () => switched.promise }
}

it('answers what was under way when the engine crashes, begins anew, and says why', async () => {
  const { call, failures, nextSwitch } = start()
  const again = nextSwitch()
  const waiting = call('never')
  const crashing = call('crash')
  expect(await waiting).toMatchObject({ ok: false, error: { code: 'engine-stopped' } })
  expect(await crashing).toMatchObject({ ok: false, error: { code: 'engine-stopped' } })
  expect(await again).toBe('own')
  expect(failures).toEqual(['crash on purpose'])
  expect(await call('hello')).toMatchObject({ ok: true, value: { mode: 'own' } })
})

it('gives up after three crashes instead of crashing for ever', async () => {
  const { call, failures, nextSwitch } = start()
  for (let i = 0; i < 3; i++) {
    const again = nextSwitch()
    await call('crash')
    await again
  }
  await call('crash')
  expect(failures.length).toBe(4)
  expect(await call('hello')).toMatchObject({ ok: false, error: { code: 'engine-stopped' } })
})

it('changes the workspace under the windows when the engine asks for it', async () => {
  const { call, nextSwitch } = start()
  const done = nextSwitch()
  expect(await call('look-around')).toMatchObject({ value: { mode: 'own' } })
  expect(await done).toBe('simulated')
  expect(await call('hello')).toMatchObject({ value: { mode: 'simulated' } })
})

it('leaves one workspace before it begins another, and that is no crash', async () => {
  const { call, chosen, failures, nextSwitch } = start()
  const done = nextSwitch()
  expect(await call('switch-to:other')).toMatchObject({ value: { workspaceDir: 'first' } })
  expect(await done).toBe('own')
  expect(chosen).toEqual(['other'])
  expect(await call('hello')).toMatchObject({ value: { workspaceDir: 'other' } })
  // A crash begins the one anew that was chosen.
  const again = nextSwitch()
  await call('crash')
  await again
  expect(await call('hello')).toMatchObject({ value: { workspaceDir: 'other' } })
  expect(failures).toEqual(['crash on purpose'])
})

it('hands events to the window they are for, until nobody listens', async () => {
  const { host, call } = start()
  const seen: (number | null)[] = []
  const end = host.onEvent(({ clientId, channel }) => {
    if (channel === '$events') seen.push(clientId)
  })
  await call('event', 7)
  end()
  await call('event', 7)
  expect(seen).toEqual([7])
})

it('has a secret shown, and says when nothing of it may stay about, until nobody listens', async () => {
  const { host, call } = start()
  const shown: unknown[] = []
  host.onConfirm(({ clientId, text }) => {
    shown.push([clientId, isSecret(text) ? text.lines : null])
    return Promise.resolve('')
  })
  const turnedAway = Promise.withResolvers<void>()
  let others = 0
  host.onTurnedAway(() => {
    others++
  })()
  host.onTurnedAway(turnedAway.resolve)
  await call('secret', 3)
  await turnedAway.promise
  expect(shown).toEqual([[3, ['AAAAA-BBBBB']]])
  expect(others).toBe(0)
})

it('has an address opened by who listens, http to this machine in a simulated workspace alone', async () => {
  for (const mode of ['own', 'simulated'] as const) {
    const { host, call } = start(mode)
    expect(await call('browse')).toMatchObject({ value: false })
    const seen: unknown[] = []
    const end = host.onOpenInBrowser((wanted) => {
      seen.push(wanted)
      return Promise.resolve(true)
    })
    expect(await call('browse')).toMatchObject({ value: true })
    end()
    expect(await call('browse')).toMatchObject({ value: false })
    const address = 'https://login.company.example/'
    expect(seen).toEqual([{ address, loopback: mode === 'simulated' }])
  }
})
