import { execFile, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSnmpSession } from '../../src-main/olt/snmp/session.ts'
import { createPlant, type Plant, type PlantAddress } from '../../src-main/simulator/plant.ts'
import { checkScenario } from '../../src-main/simulator/scenario-load.ts'
import { rejectionOf } from '../support/error-code.ts'
import { seededRandom } from '../support/seeded-random.ts'
import { manualClock, smallScenario } from '../support/simulated-plant.ts'

const run = promisify(execFile)
const missing = spawnSync('snmpbulkwalk', ['-V']).error
const why = missing ? ' (skipped: snmpbulkwalk is not installed)' : ''
const sysName = '1.3.6.1.2.1.1.5.0'

const user = (authAlgorithm: 'sha1' | 'sha256') => ({
  userName: 'noc',
  authAlgorithm,
  authPassword: 'lab-auth-word',
  privPassword: 'lab-priv-word',
})

/** Both OLTs of the small plant, with such a user. */
const plantWith = (authAlgorithm: 'sha1' | 'sha256', now: () => number): Plant =>
  createPlant({
    scenario: checkScenario(smallScenario({ v3: user(authAlgorithm) })),
    clock: { now },
  })

describe.each([
  { auth: 'sha1', spelt: 'SHA' },
  { auth: 'sha256', spelt: 'SHA-256' },
] as const)('a simulated OLT of SNMP version 3 with $auth', ({ auth, spelt }) => {
  let plant: Plant
  let olts: readonly PlantAddress[] = []

  beforeAll(async () => {
    plant = plantWith(auth, Date.now)
    olts = await plant.start()
  })
  afterAll(() => plant.stop())

  const session = (change: { name?: string; authSecret?: string; privSecret?: string } = {}) =>
    openSnmpSession({
      host: '127.0.0.1',
      port: olts[0]!.port,
      version: '3',
      user: {
        name: change.name ?? 'noc',
        auth: { protocol: auth, secret: Buffer.from(change.authSecret ?? 'lab-auth-word') },
        priv: { protocol: 'aes128', secret: Buffer.from(change.privSecret ?? 'lab-priv-word') },
      },
      timeoutMs: 1000,
      retries: 0,
    })
  const refusal = async (change: Parameters<typeof session>[0]): Promise<unknown> => {
    const opened = await session(change)
    try {
      return (await rejectionOf(opened.get([sysName]))).code
    } finally {
      opened.close()
    }
  }

  it('tells our reader why it refuses', async () => {
    expect(await refusal({ name: 'nobody' })).toMatch(/^olt-v3-.*user/)
    expect(await refusal({ authSecret: 'another-word' })).toMatch(/^olt-v3-/)
    expect(await refusal({ privSecret: 'another-word' })).toMatch(/^olt-/)
  })

  it('is read by our reader, and beside it by its community', async () => {
    const opened = await session()
    const [name] = await opened.get([sysName]).finally(() => opened.close())
    expect(name).toMatchObject({ kind: 'octets', value: Buffer.from('HW') })
    const plain = await openSnmpSession({
      host: '127.0.0.1',
      port: olts[0]!.port,
      version: '2c',
      community: Buffer.from('lab-read'),
      timeoutMs: 1000,
      retries: 0,
    })
    const [same] = await plain.get([sysName]).finally(() => plain.close())
    expect(same).toEqual(name)
  })

  describe.skipIf(missing)(`with Debian's tools${why}`, () => {
    const walk = (level: string, authWord: string, n: number) =>
      run(
        'snmpbulkwalk',
        ['-v3', '-u', 'noc', '-l', level, '-a', spelt, '-A', authWord].concat(
          ['-x', 'AES', '-X', 'lab-priv-word', '-t', '2', '-r', '0', '-On', '-Cr40'],
          [`127.0.0.1:${olts[n]!.port}`, '.1'],
        ),
        { maxBuffer: 64 * 2 ** 20, timeout: 25_000 },
      )

    it('refuses a wrong password and a lower level', async () => {
      await expect(walk('authPriv', 'another-word', 0)).rejects.toMatchObject({
        stderr: expect.stringContaining('Authentication failure'),
      })
      await expect(walk('authNoPriv', 'lab-auth-word', 0)).rejects.toMatchObject({
        stderr: expect.stringMatching(/[Uu]nsupported security level/),
      })
    })

    it.each([0, 1])('walks the whole of OLT %i as version 2c does', async (n) => {
      const secure = await walk('authPriv', 'lab-auth-word', n)
      const plain = await run(
        'snmpbulkwalk',
        ['-v2c', '-c', 'lab-read', '-On', '-Cr40', `127.0.0.1:${olts[n]!.port}`, '.1'],
        { maxBuffer: 64 * 2 ** 20, timeout: 25_000 },
      )
      const oids = (text: string): readonly string[] =>
        text.split('\n').map((line) => line.split(' = ')[0]!)
      expect(oids(secure.stdout)).toEqual(oids(plain.stdout))
      expect(secure.stdout.length).toBeGreaterThan(5000)
    })
  })
})

describe('a simulated OLT of SNMP version 3', () => {
  it('stays silent or answers, whatever octets come', () => {
    const clock = manualClock()
    const plant = plantWith('sha256', clock.now)
    const random = seededRandom(3)
    // A discovery: no engine id, no user (RFC 3414 section 4).
    const discovery = Buffer.from(
      '303a020103300f02020b0b020300ffe304010402010304103 00e0400020100020100040004000400'.replaceAll(
        ' ',
        '',
      ) + '301204000400a00c02020b0b0201000201003000',
      'hex',
    )
    expect(plant.answer('HW', discovery)).toBeDefined()
    for (let turn = 0; turn < 20_000; turn++) {
      const octets = Buffer.from(discovery)
      for (let change = 0; change < 1 + (turn % 4); change++) {
        octets[Math.floor(random() * octets.length)] = Math.floor(random() * 256)
      }
      const cut = turn % 5 === 0 ? Math.floor(random() * octets.length) : octets.length
      expect(() => plant.answer('HW', octets.subarray(0, cut))).not.toThrow()
    }
  })

  it('asks for the time anew once it has been started anew', async () => {
    const plant = plantWith('sha1', Date.now)
    const [olt] = await plant.start()
    const opened = await openSnmpSession({
      host: '127.0.0.1',
      port: olt!.port,
      version: '3',
      user: {
        name: 'noc',
        auth: { protocol: 'sha1', secret: Buffer.from('lab-auth-word') },
        priv: { protocol: 'aes128', secret: Buffer.from('lab-priv-word') },
      },
      timeoutMs: 1000,
      retries: 1,
    })
    try {
      await opened.get([sysName])
      plant.control({ kind: 'reboot-olt', olt: 'HW' })
      expect(await opened.get([sysName])).toHaveLength(1)
    } finally {
      opened.close()
      await plant.stop()
    }
  })
})
