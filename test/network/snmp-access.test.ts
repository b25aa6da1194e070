import { describe, expect, onTestFinished, test } from 'vitest'
import { commands, queries } from '../../src-shared/contract/index.ts'
import { snmpAuthAlgorithms, snmpPrivAlgorithms } from '../../src-shared/contract/snmp-access.ts'
import { createOltPorts } from '../../src-main/olt/poller/driver-port.ts'
import { seal } from '../../src-main/vault/seal.ts'
import { snmpdMissing, startV3Snmpd, userOf } from '../olt-snmp/support/v3-snmpd.ts'
import { rejectionOf } from '../support/error-code.ts'
import { idOf, keyOf, rawConnection } from '../support/store-workspace.ts'
import { createNetworkBench } from './network-bench.ts'

const taskId = idOf(1)
const user = {
  snmpVersion: '3',
  userName: 'noc',
  authAlgorithm: 'sha256',
  authPassword: 's3cret-signing',
  privAlgorithm: 'aes128',
  privPassword: 's3cret-hiding',
}
const withUser = { ...user, community: undefined }
const signing = Buffer.from('s3cret-signing')
const hiding = Buffer.from('s3cret-hiding')

const probeRefusal = (access: object): unknown =>
  queries['network.probe'].input.safeParse({ taskId, host: '192.0.2.1', ...access }).error
    ?.issues[0]?.path[0]

describe('the contract refuses', () => {
  const { authPassword: _a, ...noAuthPassword } = user
  const { privPassword: _p, ...noPrivPassword } = user
  const { privAlgorithm: _q, ...noPrivAlgorithm } = user
  const { authAlgorithm: _b, ...noAuthAlgorithm } = user
  const { userName: _u, ...noUser } = user
  test.each([
    ['no community', {}, 'community'],
    ['v1 without a community', { snmpVersion: '1' }, 'community'],
    ['a user with v2c', { ...user, snmpVersion: '2c', community: 'x' }, 'userName'],
    ['a community with v3', { ...user, community: 'x' }, 'community'],
    ['v3 without a user', noUser, 'userName'],
    ['v3 without authentication', noAuthAlgorithm, 'authAlgorithm'],
    ['v3 without its password', noAuthPassword, 'authPassword'],
    ['privacy without its password', noPrivPassword, 'privPassword'],
    ['a privacy password without privacy', noPrivAlgorithm, 'privPassword'],
    ['an algorithm that there is not', { ...user, authAlgorithm: 'rot13' }, 'authAlgorithm'],
    ['a version that there is not', { ...user, snmpVersion: '4' }, 'snmpVersion'],
    ['a password with control characters', { ...user, authPassword: 'a\u0000b' }, 'authPassword'],
  ])('%s', (_what, access, field) => {
    expect(probeRefusal(access)).toBe(field)
  })

  test('nothing that is whole', () => {
    const { privAlgorithm: _, privPassword: __, ...authNoPriv } = user
    for (const access of [{ community: 'x' }, { snmpVersion: '1', community: 'x' }, user]) {
      expect(probeRefusal(access)).toBeUndefined()
    }
    expect(probeRefusal(authNoPriv)).toBeUndefined()
    expect(probeRefusal({ ...user, contextName: 'ring' })).toBeUndefined()
  })

  test('a change that mixes versions', () => {
    const refusal = (access: object): unknown =>
      commands['network.updateOlt'].input.safeParse({ oltId: taskId, baseVersion: 1, ...access })
        .error?.issues[0]?.path[0]
    expect(refusal({ community: 'x', userName: 'noc' })).toBe('userName')
    expect(refusal({ snmpVersion: '3', community: 'x' })).toBe('community')
    expect(refusal({ privAlgorithm: null, privPassword: 'x' })).toBe('privPassword')
    expect(refusal({ authPassword: 'x' })).toBeUndefined()
  })
})

describe('an OLT read with SNMPv3', () => {
  test('is polled with its user, shown without secrets, and lets none of them out', async () => {
    const bench = createNetworkBench()
    bench.network.start()
    const oltId = await bench.addOlt('North', '192.0.2.1', withUser)
    await bench.run('network.updateOlt', {
      oltId,
      baseVersion: 1,
      authPassword: 's3cret-signing-2',
      privPassword: 's3cret-hiding-2',
    })
    await bench.runFor(2_000)
    expect(bench.olt(oltId)).toMatchObject({
      snmpVersion: '3',
      userName: 'noc',
      authAlgorithm: 'sha256',
      privAlgorithm: 'aes128',
      contextName: null,
    })
    expect(bench.targets.at(-1)?.access).toEqual({
      version: '3',
      user: {
        name: 'noc',
        auth: { protocol: 'sha256', secret: Buffer.from('s3cret-signing-2') },
        priv: { protocol: 'aes128', secret: Buffer.from('s3cret-hiding-2') },
      },
    })
    const everything = JSON.stringify([
      bench.queries['network.olts']({}, bench.context),
      bench.queries['network.olt']({ oltId }, bench.context),
      bench.events.map(({ make }) => make()),
      bench.logged,
      bench.store.reader.prepare('SELECT * FROM change_feed').all(),
      bench.store.reader.prepare('SELECT * FROM olt').all(),
    ])
    expect(everything).toContain('noc')
    expect(everything).not.toContain('s3cret')
    expect(commands['network.addOlt'].secrets).toEqual([
      'community',
      'authPassword',
      'privPassword',
    ])
    expect(commands['network.updateOlt'].secrets).toEqual(commands['network.addOlt'].secrets)
  })

  test('keeps what a change leaves out, and goes from privacy to none and back', async () => {
    const bench = createNetworkBench()
    bench.network.start()
    const oltId = await bench.addOlt('North', '192.0.2.1', withUser)
    let baseVersion = 1
    const change = async (access: object): Promise<unknown> => {
      await bench.run('network.updateOlt', { oltId, baseVersion: baseVersion++, ...access })
      await bench.runFor(2_000)
      return bench.targets.at(-1)?.access
    }
    const auth = { protocol: 'sha256', secret: signing }
    const priv = { protocol: 'aes256', secret: hiding }
    expect(await change({ userName: 'ops', privAlgorithm: 'aes256', contextName: 'ring' })).toEqual(
      {
        version: '3',
        user: { name: 'ops', auth, priv, context: 'ring' },
      },
    )
    expect(await change({ privAlgorithm: null, contextName: null })).toEqual({
      version: '3',
      user: { name: 'ops', auth },
    })
    expect(bench.olt(oltId)).toMatchObject({ privAlgorithm: null, contextName: null })
    const bare = bench.run('network.updateOlt', {
      oltId,
      baseVersion,
      privAlgorithm: 'aes128',
    })
    expect(await rejectionOf(bare)).toMatchObject({
      code: 'invalid-input',
      params: { field: 'privPassword' },
    })
    expect(await change({ privAlgorithm: 'des', privPassword: 'other' })).toMatchObject({
      user: { priv: { protocol: 'des', secret: Buffer.from('other') } },
    })
    expect(await change({ snmpVersion: '1', community: 'public' })).toEqual({
      version: '1',
      community: Buffer.from('public'),
    })
    expect(await change({ snmpVersion: '2c' })).toEqual({
      version: '2c',
      community: Buffer.from('public'),
    })
    expect(bench.olt(oltId)).toMatchObject({ snmpVersion: '2c', userName: null })
  })

  test('takes no secret of another version over, and none that does not belong to it', async () => {
    const bench = createNetworkBench()
    const north = await bench.addOlt('North', '192.0.2.1', withUser)
    const south = await bench.addOlt('South', '192.0.2.2')
    const refusal = async (oltId: string, access: object) =>
      (await rejectionOf(bench.run('network.updateOlt', { oltId, baseVersion: 1, ...access })))
        .params
    expect(await refusal(north, { snmpVersion: '2c' })).toEqual({
      field: 'community',
      rule: 'needed',
    })
    expect(await refusal(north, { community: 'public' })).toMatchObject({ field: 'community' })
    expect(await refusal(south, { authPassword: 'x' })).toMatchObject({ field: 'authPassword' })
    expect(await refusal(south, { snmpVersion: '3' })).toMatchObject({ field: 'userName' })
    await bench.run('network.updateOlt', { oltId: north, baseVersion: 1, privAlgorithm: null })
    expect(
      (
        await rejectionOf(
          bench.run('network.updateOlt', { oltId: north, baseVersion: 2, privPassword: 'x' }),
        )
      ).params,
    ).toEqual({ field: 'privPassword', rule: 'without-privacy' })
  })

  test('whose secrets cannot be opened is read again once they are entered anew', async () => {
    const first = createNetworkBench()
    const oltId = await first.addOlt('North', '192.0.2.1', withUser)
    const bench = createNetworkBench({ store: first.store, vaultKey: new Uint8Array(32) })
    bench.network.start()
    await bench.runFor(5_000)
    expect(bench.targets).toHaveLength(0)
    expect(bench.olt(oltId)).toMatchObject({
      userName: 'noc',
      problem: { code: 'secret-unreadable' },
    })
    const half = bench.run('network.updateOlt', { oltId, baseVersion: 1, authPassword: 'x' })
    expect((await rejectionOf(half)).code).toBe('secret-unreadable')
    await bench.run('network.updateOlt', {
      oltId,
      baseVersion: 1,
      authPassword: 'entered anew',
      privPassword: 'this too',
    })
    await bench.runFor(5_000)
    expect(bench.olt(oltId)).toMatchObject({ problem: null, reachability: 'reachable' })
  })
})

describe('an OLT from before SNMPv3', () => {
  test('is read with its community, and keeps it when it is renamed', async () => {
    const vaultKey = keyOf('vault key of the tests')
    const before = createNetworkBench()
    const oltId = await before.addOlt('North', '192.0.2.1')
    const sealed = seal(Buffer.from('lab-read'), vaultKey, {
      purpose: 'olt.community',
      rowId: oltId,
    })
    const raw = rawConnection(before.store.path)
    raw.prepare(`UPDATE olt SET sealed_as = 'community', community_sealed = ?`).run(sealed)
    raw.close()
    const bench = createNetworkBench({ store: before.store })
    bench.network.start()
    await bench.runFor(2_000)
    const access = { version: '2c', community: Buffer.from('lab-read') }
    expect(bench.targets.at(-1)?.access).toEqual(access)
    await bench.run('network.updateOlt', { oltId, baseVersion: 1, name: 'North 2' })
    const again = createNetworkBench({ store: before.store })
    again.network.start()
    await again.runFor(2_000)
    expect(again.targets.at(-1)?.access).toEqual(access)
    await again.run('network.updateOlt', { oltId, baseVersion: 2, snmpVersion: '1' })
    await again.runFor(2_000)
    expect(again.targets.at(-1)?.access).toEqual({ ...access, version: '1' })
  })
})

test('the form is told which algorithms this build computes', () => {
  const bench = createNetworkBench()
  const said = queries['network.snmpAlgorithms'].output.parse(
    bench.queries['network.snmpAlgorithms']({}, bench.context),
  )
  expect([...said.auth, ...said.priv, ...said.missing].toSorted()).toEqual(
    [...snmpAuthAlgorithms, ...snmpPrivAlgorithms].toSorted(),
  )
  expect(said.auth).toContain('sha256')
  expect(said.priv).toContain('aes128')
})

const title = "a probe over SNMPv3 of Debian's snmpd"
describe.skipIf(snmpdMissing !== null)(
  snmpdMissing === null ? title : `${title} (skipped: ${snmpdMissing})`,
  () => {
    test('says that it is no OLT, and which part of the way in does not fit', async () => {
      const known = userOf('sha256', 'aes128')
      const snmpd = await startV3Snmpd([known])
      onTestFinished(() => snmpd.stop())
      const bench = createNetworkBench({
        openOltPort: createOltPorts({ families: [], timeoutMs: 500, retries: 0 }),
      })
      const right = {
        snmpVersion: '3',
        userName: known.name,
        authAlgorithm: 'sha256',
        authPassword: known.auth?.secret.toString(),
        privAlgorithm: 'aes128',
        privPassword: known.priv?.secret.toString(),
      }
      const probe = async (change: object) =>
        queries['network.probe'].output.parse(
          await bench.queries['network.probe'](
            queries['network.probe'].input.parse({
              taskId,
              host: '127.0.0.1',
              port: snmpd.port,
              ...right,
              ...change,
            }),
            bench.context,
          ),
        )
      expect(await probe({})).toMatchObject({ kind: 'not-an-olt', sysName: 'plain-server' })
      const codes: string[] = []
      for (const change of [
        { userName: 'nobody' },
        { authPassword: 'not this one' },
        { authAlgorithm: 'sha512' },
        { privPassword: 'not this one' },
      ]) {
        const failed = await probe(change)
        if (failed.kind !== 'failed') throw new Error(failed.kind)
        codes.push(failed.problem.code)
        expect(JSON.stringify(failed)).not.toContain('not this one')
      }
      expect(codes).toEqual([
        'olt-v3-unknown-user',
        'olt-v3-wrong-auth',
        'olt-v3-wrong-auth',
        'olt-v3-wrong-priv',
      ])
    })
  },
)
