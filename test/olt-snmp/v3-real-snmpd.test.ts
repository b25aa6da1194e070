import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { encodeOid, parseOid } from '../../src-main/olt/snmp/oid.ts'
import { createWalkPace } from '../../src-main/olt/snmp/pace.ts'
import {
  openSnmpSession,
  type SnmpCredentials,
  type SnmpSession,
} from '../../src-main/olt/snmp/session.ts'
import { snmpAuthAlgorithms, snmpPrivAlgorithms } from '../../src-shared/contract/snmp-access.ts'
import type { SnmpUser } from '../../src-main/olt/snmp/usm/user.ts'
import { walk } from '../../src-main/olt/snmp/walker.ts'
import { snmpdMissing, startV3Snmpd, userOf, type V3Snmpd } from './support/v3-snmpd.ts'

const sysName = '1.3.6.1.2.1.1.5.0'
const system = encodeOid(parseOid('1.3.6.1.2.1.1'))
/** Where snmpd's tree ends. */
const lastSubtree = encodeOid(parseOid('1.3.6.1.6.3.16'))

const combinations: readonly SnmpUser[] = [
  userOf(),
  ...snmpAuthAlgorithms.map((auth) => userOf(auth)),
  ...snmpAuthAlgorithms.flatMap((auth) => snmpPrivAlgorithms.map((priv) => userOf(auth, priv))),
]
const noView: SnmpUser = {
  name: 'u-no-view',
  auth: { protocol: 'sha256', secret: Buffer.from('signing nothing') },
}
const full = userOf('sha256', 'aes128')

const title = "SNMPv3 with Debian's snmpd"
describe.skipIf(snmpdMissing !== null)(
  snmpdMissing === null ? title : `${title} (skipped: ${snmpdMissing})`,
  () => {
    let snmpd: V3Snmpd
    const open: SnmpSession[] = []
    beforeAll(async () => {
      snmpd = await startV3Snmpd(combinations, ['createUser u-no-view SHA-256 "signing nothing"'])
    })
    afterEach(() => {
      for (const session of open.splice(0)) session.close()
    })
    afterAll(() => snmpd.stop())

    const connect = async (
      credentials: SnmpCredentials,
      retries = 0,
      timeoutMs = 500,
    ): Promise<SnmpSession> => {
      const session = await openSnmpSession({
        host: '127.0.0.1',
        port: snmpd.port,
        timeoutMs,
        retries,
        ...credentials,
      })
      open.push(session)
      return session
    }
    const as = (user: SnmpUser) => connect({ version: '3', user })

    const refusals: readonly (readonly [string, SnmpUser, object])[] = [
      [
        'a user that it does not know',
        { ...full, name: 'nobody' },
        { code: 'olt-v3-unknown-user', params: { user: 'nobody' } },
      ],
      [
        'a wrong authentication password',
        { ...full, auth: { protocol: 'sha256', secret: Buffer.from('not the one') } },
        { code: 'olt-v3-wrong-auth', params: { auth: 'sha256' } },
      ],
      [
        'the right password with another hash',
        { ...full, auth: { protocol: 'sha512', secret: full.auth?.secret ?? Buffer.alloc(0) } },
        { code: 'olt-v3-wrong-auth', params: { auth: 'sha512' } },
      ],
      [
        'a wrong privacy password, though it says nothing at all',
        { ...full, priv: { protocol: 'aes128', secret: Buffer.from('not the one') } },
        { code: 'olt-v3-wrong-priv', params: { priv: 'aes128' } },
      ],
      [
        'the right privacy password with another cipher',
        { ...full, priv: { protocol: 'des', secret: full.priv?.secret ?? Buffer.alloc(0) } },
        { code: 'olt-v3-wrong-priv', params: { priv: 'des' } },
      ],
      [
        'the other spelling of AES-256',
        {
          ...userOf('sha1', 'aes256'),
          priv: {
            protocol: 'aes256-reeder',
            secret: userOf('sha1', 'aes256').priv?.secret ?? Buffer.alloc(0),
          },
        },
        { code: 'olt-v3-wrong-priv', params: { priv: 'aes256-reeder' } },
      ],
      [
        'privacy for a user that was made without',
        { ...userOf('md5'), priv: { protocol: 'aes128', secret: Buffer.from('not known') } },
        { code: 'olt-v3-level-refused', params: { level: 'authPriv' } },
      ],
      [
        'a user that asks below its own level',
        { name: full.name, auth: full.auth },
        { code: 'olt-access-denied' },
      ],
      ['a user without a view', noView, { code: 'olt-access-denied' }],
    ]

    it.each(refusals)('refuses %s, and says what to check', async (_what, user, expected) => {
      const session = await as(user)
      const failure: unknown = await session.get([sysName]).catch((error: unknown) => error)
      expect(failure).toMatchObject(expected)
      const said = JSON.stringify(failure) + String(failure) + String((failure as Error).stack)
      for (const secret of [user.auth?.secret, user.priv?.secret]) {
        if (secret !== undefined) expect(said).not.toContain(secret.toString())
      }
    })

    it('refuses a walk for the same reasons', async () => {
      const session = await as({ ...full, name: 'nobody' })
      await expect(
        walk({ session, pace: createWalkPace(), columns: [{ oid: system }], onVarbind: () => {} }),
      ).rejects.toMatchObject({ code: 'olt-v3-unknown-user' })
    })

    it('is not asked at all with a secret that is empty, or with privacy and no authentication', async () => {
      await expect(
        as({ name: 'x', auth: { protocol: 'md5', secret: Buffer.alloc(0) } }),
      ).rejects.toThrow(RangeError)
      await expect(
        as({ name: 'x', priv: { protocol: 'aes128', secret: Buffer.from('long enough') } }),
      ).rejects.toThrow(RangeError)
      await expect(
        openSnmpSession({ host: '127.0.0.1', port: 1, version: '3', timeoutMs: 1, retries: 0 }),
      ).rejects.toThrow(TypeError)
    })

    it.each(combinations.map((user) => [user.name, user] as const))(
      'is read by %s: GET, and a table walked with GETBULK',
      async (_name, user) => {
        const session = await as(user)
        expect(await session.get([sysName, '1.3.6.1.2.1.1.99.0'])).toEqual([
          { kind: 'octets', value: Buffer.from('plain-server') },
          { kind: 'absent' },
        ])
        let values = 0
        const { rows } = await walk({
          session,
          pace: createWalkPace(),
          columns: [{ oid: system }],
          onVarbind: () => values++,
        })
        expect(values).toBe(rows[0])
        expect(values).toBeGreaterThan(10)
        expect(session.stats).toMatchObject({ undecodable: 0, timeouts: 0 })
      },
    )

    it('gives the same tree over v1, v2c and v3', async () => {
      const treeOf = async (credentials: SnmpCredentials): Promise<string[]> => {
        const session = await connect(credentials, 1)
        const names: string[] = []
        await walk({
          session,
          pace: createWalkPace({ limit: 48 }),
          columns: [{ oid: system }, { oid: encodeOid(parseOid('1.3.6.1.2.1.2.2.1')) }],
          onVarbind: (column, arcs, count) =>
            void names.push(`${column} ${arcs.subarray(0, count).join('.')}`),
        })
        return names.toSorted()
      }
      const community = Buffer.from('public')
      const v3 = await treeOf({ version: '3', user: full })
      expect(v3.length).toBeGreaterThan(30)
      expect(await treeOf({ version: '2c', community })).toEqual(v3)
      expect(await treeOf({ version: '1', community })).toEqual(v3)
    })

    it('is read over v1 to the end of its tree, and object by object where it lacks some', async () => {
      const session = await connect({ version: '1', community: Buffer.from('public') })
      expect(
        await session.get(['1.3.6.1.2.1.1.98.0', sysName, '1.3.6.1.2.1.1.99.0']),
      ).toMatchObject([{ kind: 'absent' }, { kind: 'octets' }, { kind: 'absent' }])
      let values = 0
      const { failed } = await walk({
        session,
        pace: createWalkPace(),
        columns: [{ oid: lastSubtree }],
        onVarbind: () => values++,
      })
      expect(failed).toEqual([])
      expect(values).toBeGreaterThan(20)
    })

    it('does not answer a wrong community over v1', async () => {
      const session = await connect({ version: '1', community: Buffer.from('wrong') }, 0, 150)
      await expect(session.get([sysName])).rejects.toMatchObject({
        code: 'olt-no-snmp-answer-community',
      })
    })

    it('is followed when it restarts: its boots rise, and the session goes on', async () => {
      const session = await connect({ version: '3', user: full }, 3)
      await session.get([sysName])
      await snmpd.restart()
      expect(await session.get([sysName])).toMatchObject([{ kind: 'octets' }])
    })
  },
)

describe('SNMPv3 with a host', () => {
  it('that has no SNMP at all is told from a wrong user', async () => {
    const { createSocket } = await import('node:dgram')
    const deaf = createSocket('udp4')
    await new Promise<void>((bound) => deaf.bind(0, '127.0.0.1', bound))
    const session = await openSnmpSession({
      host: '127.0.0.1',
      port: deaf.address().port,
      version: '3',
      user: full,
      timeoutMs: 60,
      retries: 0,
    })
    await expect(session.get([sysName])).rejects.toMatchObject({ code: 'olt-no-snmp-answer-v3' })
    session.close()
    deaf.close()
  })
})
