import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encodeOid, parseOid } from '../../src-main/olt/snmp/oid.ts'
import { createWalkPace } from '../../src-main/olt/snmp/pace.ts'
import { openSnmpSession } from '../../src-main/olt/snmp/session.ts'
import { walk } from '../../src-main/olt/snmp/walker.ts'
import { testOlt } from '../../src-main/olt/test-olt.ts'
import { snmpdMissing, startSnmpd, type RealSnmpd } from './support/real-snmpd.ts'
import { shippedFamilies } from './support/shipped-families.ts'

const title = "Debian's snmpd, a plain server"

describe.skipIf(snmpdMissing !== null)(
  snmpdMissing === null ? title : `${title} (skipped: ${snmpdMissing})`,
  () => {
    let snmpd: RealSnmpd
    beforeAll(async () => {
      snmpd = await startSnmpd('public')
    })
    afterAll(() => snmpd.stop())

    const options = (community: string) => ({
      host: 'localhost',
      port: snmpd.port,
      version: '2c' as const,
      community: Buffer.from(community),
      timeoutMs: 400,
      retries: 0,
    })
    const onIpv4 = (community: string) => ({ ...options(community), host: '127.0.0.1' })

    it('is no OLT, and the answer says what it is', async () => {
      const result = await testOlt({ ...onIpv4('public'), families: shippedFamilies })
      expect(result).toMatchObject({
        kind: 'not-an-olt',
        code: 'olt-not-an-olt',
        system: { sysName: 'plain-server' },
      })
    })

    it('does not answer a wrong community', async () => {
      const result = await testOlt({ ...onIpv4('wrong'), families: shippedFamilies })
      expect(result).toMatchObject({ kind: 'failed', code: 'olt-no-snmp-answer-community' })
    })

    it('is walked to the end of its tree', async () => {
      const session = await openSnmpSession(onIpv4('public'))
      let values = 0
      const { rows } = await walk({
        session,
        pace: createWalkPace(),
        columns: [{ oid: encodeOid(parseOid('1.3.6.1')) }],
        onVarbind: () => values++,
      })
      session.close()
      expect(values).toBe(rows[0])
      expect(values).toBeGreaterThan(100)
    })
  },
)
