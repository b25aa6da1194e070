import { describe, expect, it } from 'vitest'
import { rejectionOf } from '../support/error-code.ts'
import { createCliBench, oltId, setAccess, taskId, type CliBench } from './support/cli-bench.ts'

const codeOf = async (work: Promise<unknown>): Promise<string> => (await rejectionOf(work)).code

const tryOnce = async (bench: CliBench): Promise<string | null> =>
  (await bench.run('olt-cli.test', { oltId, taskId })).problem?.code ?? null

describe('logins that are refused', () => {
  it('are tried twice and never a third time, also after a restart', async () => {
    const bench = createCliBench()
    await setAccess(bench, { password: 'wrong' })
    expect(await tryOnce(bench)).toBe('cli-login-refused')
    expect(bench.access()).toMatchObject({
      failedLogins: 1,
      obstacle: null,
      lastProblem: { code: 'cli-login-refused' },
    })
    expect(await tryOnce(bench)).toBe('cli-login-refused')
    expect(await tryOnce(bench)).toBe('cli-logins-paused')
    expect(() => bench.cli.configs.of(oltId)).toThrow('cli-logins-paused')
    expect(bench.fakeOf(oltId).logins).toHaveLength(2)
    const later = createCliBench({ store: bench.store, clock: bench.clock })
    expect(later.access()).toMatchObject({
      failedLogins: 2,
      obstacle: { code: 'cli-logins-paused' },
    })
    expect(await tryOnce(later)).toBe('cli-logins-paused')
    expect(later.fakeOf(oltId).logins).toHaveLength(0)
  })

  it('are forgotten with other credentials, by a person, and by a login that succeeds', async () => {
    const bench = createCliBench()
    await setAccess(bench, { password: 'wrong' })
    await tryOnce(bench)
    await tryOnce(bench)
    await setAccess(bench, { baseVersion: 1, password: undefined, maxReaders: 1 })
    expect(bench.access().failedLogins).toBe(2)
    await bench.run('olt-cli.resumeLogins', { oltId })
    expect(bench.access()).toMatchObject({ failedLogins: 0, obstacle: null })
    await tryOnce(bench)
    await tryOnce(bench)
    expect(await tryOnce(bench)).toBe('cli-logins-paused')
    await setAccess(bench, { baseVersion: 2 })
    expect(bench.access().failedLogins).toBe(0)
    await bench.fakeOf(oltId).opened.at(-1)!.gate.failures.add()
    expect(bench.access().failedLogins).toBe(1)
    expect(await tryOnce(bench)).toBeNull()
    expect(bench.access()).toMatchObject({
      failedLogins: 0,
      lastProblem: null,
      lastLoginAt: bench.clock.now(),
    })
  })

  it('are counted for refusals only: an OLT that is away is not', async () => {
    const bench = createCliBench()
    await setAccess(bench)
    bench.fakeOf(oltId).down = true
    for (let turn = 0; turn < 5; turn++) expect(await tryOnce(bench)).toBe('cli-unreachable')
    expect(bench.access()).toMatchObject({
      failedLogins: 0,
      lastProblem: { code: 'cli-unreachable' },
    })
    const failures = bench.auditNames().filter((name) => name === 'olt-cli.loginFailed')
    expect(failures).toHaveLength(1)
  })
})

describe('the key of an OLT', () => {
  it('is pinned at first use and a changed one refused before any password', async () => {
    const bench = createCliBench()
    await setAccess(bench)
    expect(await tryOnce(bench)).toBeNull()
    expect(bench.access().hostKey).toEqual({
      algorithm: 'ssh-ed25519',
      fingerprint: 'SHA256:first',
      at: bench.clock.now(),
    })
    const fake = bench.fakeOf(oltId)
    fake.fingerprint = 'SHA256:second'
    expect(await tryOnce(bench)).toBe('cli-host-key-changed')
    expect(fake.logins).toHaveLength(1)
    expect(bench.access()).toMatchObject({
      obstacle: { code: 'cli-host-key-changed' },
      hostKey: { fingerprint: 'SHA256:first' },
      offeredHostKey: { fingerprint: 'SHA256:second' },
      failedLogins: 0,
    })
    const later = createCliBench({ store: bench.store, clock: bench.clock })
    later.fakeOf(oltId).fingerprint = 'SHA256:second'
    expect(await tryOnce(later)).toBe('cli-host-key-changed')
    expect(later.fakeOf(oltId).logins).toHaveLength(0)
  })

  it('that is trusted is the one that was compared, and no other', async () => {
    const bench = createCliBench()
    await setAccess(bench)
    await tryOnce(bench)
    const trust = (fingerprint: string) => bench.run('olt-cli.trustHostKey', { oltId, fingerprint })
    expect(await codeOf(trust('SHA256:first'))).toBe('conflict')
    const fake = bench.fakeOf(oltId)
    fake.fingerprint = 'SHA256:second'
    await tryOnce(bench)
    expect(await codeOf(trust('SHA256:third'))).toBe('conflict')
    await trust('SHA256:second')
    expect(bench.access()).toMatchObject({
      hostKey: { fingerprint: 'SHA256:second' },
      offeredHostKey: null,
      obstacle: null,
    })
    expect(await tryOnce(bench)).toBeNull()
    fake.fingerprint = 'SHA256:first'
    expect(await tryOnce(bench)).toBe('cli-host-key-changed')
  })

  it('stays pinned when user, password, address or the whole access change', async () => {
    const bench = createCliBench()
    await setAccess(bench)
    await tryOnce(bench)
    bench.fakeOf(oltId).fingerprint = 'SHA256:second'
    await setAccess(bench, { baseVersion: 1, host: '10.9.9.9', userName: 'else' })
    expect(await tryOnce(bench)).toBe('cli-host-key-changed')
    await bench.run('olt-cli.removeAccess', { oltId, baseVersion: 2 })
    await setAccess(bench)
    expect(await tryOnce(bench)).toBe('cli-host-key-changed')
  })

  it('that is the pinned one again is found out by a test, and nothing was trusted', async () => {
    const bench = createCliBench()
    await setAccess(bench)
    await tryOnce(bench)
    const fake = bench.fakeOf(oltId)
    fake.fingerprint = 'SHA256:second'
    await tryOnce(bench)
    expect(await tryOnce(bench)).toBe('cli-host-key-changed')
    expect(() => bench.cli.configs.of(oltId)).toThrow('cli-host-key-changed')
    fake.fingerprint = 'SHA256:first'
    expect(await tryOnce(bench)).toBeNull()
    expect(bench.access()).toMatchObject({ obstacle: null, offeredHostKey: null })
  })
})
