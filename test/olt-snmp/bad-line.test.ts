import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { SnmpClock } from '../../src-main/olt/snmp/clock.ts'
import { encodeOid, parseOid } from '../../src-main/olt/snmp/oid.ts'
import { createWalkPace } from '../../src-main/olt/snmp/pace.ts'
import {
  openSnmpSession,
  type SnmpCredentials,
  type SnmpSession,
} from '../../src-main/olt/snmp/session.ts'
import { walk } from '../../src-main/olt/snmp/walker.ts'
import { startFaultyRelay, type FaultyRelay } from './support/faulty-relay.ts'
import { snmpdMissing, startV3Snmpd, userOf, type V3Snmpd } from './support/v3-snmpd.ts'

const sysName = '1.3.6.1.2.1.1.5.0'
const columns = [2, 3, 4].map((column) => ({
  oid: encodeOid(parseOid(`1.3.6.1.2.1.1.9.1.${column}`)),
}))
const community = Buffer.from('public')
const versions: readonly (readonly [string, SnmpCredentials])[] = [
  ['v1', { version: '1', community }],
  ['v2c', { version: '2c', community }],
  ['v3 authPriv', { version: '3', user: userOf('sha256', 'aes128') }],
]

/** The walker's rests after trouble are cut short; the waits for answers are not. */
const hasty: SnmpClock = {
  monotonicMs: () => performance.now(),
  after: (delayMs, action) => {
    const timer = setTimeout(action, delayMs > 100 ? 1 : delayMs)
    return () => clearTimeout(timer)
  },
}

const title = "A bad line to Debian's snmpd"
describe.skipIf(snmpdMissing !== null)(
  snmpdMissing === null ? title : `${title} (skipped: ${snmpdMissing})`,
  () => {
    let snmpd: V3Snmpd
    const closers: (() => Promise<void> | void)[] = []
    beforeAll(async () => {
      snmpd = await startV3Snmpd([userOf('sha256', 'aes128')])
    })
    afterEach(async () => {
      for (const close of closers.splice(0)) await close()
    })
    afterAll(() => snmpd.stop())

    const connect = async (
      credentials: SnmpCredentials,
      retries = 3,
    ): Promise<{ session: SnmpSession; relay: FaultyRelay }> => {
      const relay = await startFaultyRelay(snmpd.port, 7)
      closers.push(relay.close)
      const session = await openSnmpSession({
        host: '127.0.0.1',
        port: relay.port,
        timeoutMs: 80,
        retries,
        clock: hasty,
        ...credentials,
      })
      closers.push(session.close)
      return { session, relay }
    }

    const read = async (session: SnmpSession): Promise<readonly string[]> => {
      const rows: string[] = []
      await walk({
        session,
        pace: createWalkPace({ start: 3, limit: 3 }),
        columns,
        limits: { attempts: 8 },
        onVarbind: (column, arcs, count) =>
          void rows.push(`${column}.${arcs.subarray(0, count).join('.')}`),
      })
      return rows.toSorted()
    }

    /** On a machine that stands still an answer is late, and a late one is none: asked again. */
    const isGarbage = async (ask: () => Promise<unknown>): Promise<void> => {
      const codes: unknown[] = []
      for (let turn = 0; turn < 5 && codes.at(-1) !== 'olt-answer-garbage'; turn++) {
        codes.push(
          await ask().then(
            () => 'answered',
            ({ code }: { code: string }) => code,
          ),
        )
      }
      expect(codes.at(-1)).toBe('olt-answer-garbage')
      expect(codes).not.toContain('answered')
    }

    const whole = Array.from({ length: 3 }, (_, column) =>
      Array.from({ length: 10 }, (_row, row) => `${column}.${row + 1}`),
    )
      .flat()
      .toSorted()

    describe.each(versions)('over %s', (_name, credentials) => {
      it('is read whole when a fifth of the datagrams is lost each way', async () => {
        const { session, relay } = await connect(credentials, 8)
        relay.faults.loss = 0.2
        expect(await read(session)).toEqual(whole)
      })

      it('is read whole when every answer comes twice, with garbage before and after', async () => {
        const { session, relay } = await connect(credentials)
        relay.faults.onAnswer = (answer) => [
          Buffer.from([1, 2, 3]),
          answer,
          answer,
          Buffer.alloc(9),
        ]
        expect(await read(session)).toEqual(whole)
        expect(session.stats.undecodable).toBeGreaterThan(0)
      })

      it('takes no late answer for another question', async () => {
        const { session, relay } = await connect(credentials, 0)
        await session.get([sysName])
        relay.faults.hold = true
        await expect(session.get([sysName])).rejects.toThrow()
        relay.faults.hold = false
        relay.release()
        expect(await read(session)).toEqual(whole)
      })

      it('refuses answers from another port', async () => {
        const { session, relay } = await connect(credentials, 0)
        relay.faults.fromOtherPort = true
        await expect(session.get([sysName])).rejects.toMatchObject({
          code:
            credentials.version === '3' ? 'olt-no-snmp-answer-v3' : 'olt-no-snmp-answer-community',
        })
        expect(session.stats.octetsIn).toBe(0)
      })

      it('says so when answers are cut off on the way', async () => {
        const { session, relay } = await connect(credentials, 0)
        await session.get([sysName])
        relay.faults.onAnswer = (answer) => [answer.subarray(0, answer.length - 5)]
        await isGarbage(() => session.get([sysName]))
        await isGarbage(() => read(session))
        relay.faults.onAnswer = null
        expect(await read(session)).toEqual(whole)
      })

      it('takes no answer of an earlier question that is played back', async () => {
        const { session, relay } = await connect(credentials, 0)
        let recorded: Buffer | null = null
        relay.faults.onAnswer = (answer) => {
          recorded ??= answer
          return [answer]
        }
        await session.get([sysName])
        relay.faults.onAnswer = () => (recorded === null ? [] : [recorded])
        await expect(session.get([sysName])).rejects.toThrow()
      })
    })

    it('a v3 answer of which one octet was changed is not believed', async () => {
      const { session, relay } = await connect(versions[2]?.[1] ?? never(), 0)
      await session.get([sysName])
      let position = 0
      relay.faults.onAnswer = (answer) => {
        const changed = Buffer.from(answer)
        position = (position + 7) % changed.length
        changed[position] = (changed[position] as number) ^ 0x01
        return [changed]
      }
      for (let turn = 0; turn < 12; turn++) {
        await expect(session.get([sysName])).rejects.toThrow()
      }
    })
  },
)

const never = (): never => {
  throw new Error('never here')
}
