import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { NocturneError } from '../../src-shared/errors.ts'
import { isRefused, readFamilyFolder } from '../../src-main/olt/family/user-families.ts'
import { openSnmpSession } from '../../src-main/olt/snmp/session.ts'
import { openRecordingSession } from '../../src-main/replay/recording-session.ts'
import { readSnmprec } from '../../src-main/replay/snmprec.ts'
import {
  checkFolder,
  checkJson,
  checkLines,
  refusalLines,
} from '../../src-main/terminal/family-commands.ts'
import { withDevice } from '../../src-main/terminal/device-session.ts'
import { withoutAbsent } from '../../src-main/terminal/device-json.ts'
import {
  deviceExitCode,
  deviceJson,
  deviceLines,
  failedReading,
  familyNamed,
  readDevice,
} from '../../src-main/terminal/read-device.ts'
import { replay, replayLine, type ReplayStarted } from '../../src-main/terminal/replay-command.ts'
import { shippedFamilies, shippedFamily } from '../olt/support/shipped-families.ts'
import { temporaryFolder } from '../support/store-workspace.ts'

const shared = fileURLToPath(new URL('../../../shared/captures/snmp', import.meta.url))
const vsol = join(shared, 'vsolution_v1600d.snmprec')
const families = fileURLToPath(new URL('../../assets/olt-families', import.meta.url))

const fromFacts = (family: string): string =>
  join(families, family, 'captures', 'from-facts.snmprec')

/** Serves a recording on loopback while `work` goes on with its address. */
const served = async <Result>(
  file: string,
  work: (started: ReplayStarted) => Promise<Result>,
): Promise<Result> => {
  const stop = new AbortController()
  let result: Promise<Result> | null = null
  await replay({
    file,
    port: 0,
    community: 'public',
    signal: stop.signal,
    onServing: (started) => {
      result = work(started).finally(() => stop.abort())
      // Told below, once the agent has ended.
      result.catch(() => undefined)
    },
  })
  if (result === null) throw new Error('was not served')
  return result
}

const readServed = (file: string, family?: string) =>
  served(file, ({ host, port }) =>
    withDevice(
      { host, port, access: { version: '2c', community: Buffer.from('public') } },
      (session) =>
        readDevice({
          session,
          families: shippedFamilies,
          ...(family === undefined ? {} : { family: shippedFamily(family) }),
        }),
    ),
  )

describe('reading a device is refused or fails', () => {
  it('with a family that there is not, and says which there are', () => {
    expect(() => familyNamed(shippedFamilies, 'acme')).toThrow(/no family acme.*vsol-v1600d-epon/u)
    expect(familyNamed(shippedFamilies, 'vsol-v1600d-epon').title).toContain('VSOL')
  })

  it('with code and step, when it is broken off: 130, as a shell says of Ctrl+C', async () => {
    const stop = new AbortController()
    const session = await openRecordingSession(readSnmprec('1.3.6.1.2.1.1.1.0|4|V1600D'))
    const reading = await readDevice({
      session,
      families: shippedFamilies,
      signal: stop.signal,
      onStep: () => stop.abort(),
    })
    expect(reading).toMatchObject({ kind: 'failed', code: 'cancelled', step: 'recognising' })
    expect(deviceExitCode(reading)).toBe(130)
  })

  it('for a host that is no OLT', async () => {
    const lines = ['1.3.6.1.2.1.1.1.0|4|Linux', '1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.8072.3.2.10']
    const session = await openRecordingSession(readSnmprec(lines.join('\n')))
    const reading = await readDevice({ session, families: shippedFamilies })
    expect(reading.kind).toBe('not-an-olt')
    expect(deviceExitCode(reading)).toBe(1)
    expect(deviceLines(reading).join()).toContain('no OLT')
  })

  it('only for reasons that are expected: a bug stays a bug', () => {
    expect(() => failedReading(new TypeError('bug'), 'connecting')).toThrow('bug')
    const failed = failedReading(new NocturneError('olt-port-closed', { port: 9 }), 'connecting')
    expect(deviceJson(failed)).toEqual({
      kind: 'failed',
      code: 'olt-port-closed',
      params: { port: 9 },
      step: 'connecting',
    })
  })

  it('and the way in is forgotten all the same', async () => {
    const community = Buffer.from('lab-read')
    await expect(
      withDevice(
        { host: 'nowhere', port: 1, access: { version: '2c', community } },
        readNothing,
        () => Promise.reject(new Error('no session')),
      ),
    ).rejects.toThrow('no session')
    expect(community.every((octet) => octet === 0)).toBe(true)
  })
})

const readNothing = (): Promise<never> => Promise.reject(new Error('was read'))

describe('replaying is refused', () => {
  it('when the file is not there, holds nothing, or the port is taken', async () => {
    const signal = new AbortController().signal
    const never = { community: 'public', signal, onServing: () => expect.unreachable() }
    const missing = join(temporaryFolder(), 'none.snmprec')
    await expect(replay({ ...never, file: missing, port: 0 })).rejects.toThrow('ENOENT')
    const empty = join(temporaryFolder(), 'empty.snmprec')
    writeFileSync(empty, '# nothing\n')
    await expect(replay({ ...never, file: empty, port: 0 })).rejects.toThrow('no SNMP objects')
    const file = fromFacts('vsol-v1600d-epon')
    await served(file, async ({ port }) => {
      await expect(replay({ ...never, file, port })).rejects.toThrow('EADDRINUSE')
    })
  })
})

describe('a recording that is served and read', () => {
  it('is on loopback, and gone when it is stopped', async () => {
    const started = await served(fromFacts('vsol-v1600d-epon'), async (agent) => agent)
    expect(started.host).toBe('127.0.0.1')
    expect(replayLine(started)).toContain(`127.0.0.1:${started.port}`)
    const session = await openSnmpSession({
      host: started.host,
      port: started.port,
      version: '2c',
      community: Buffer.from('public'),
      timeoutMs: 1000,
      retries: 0,
    })
    await expect(session.get(['1.3.6.1.2.1.1.1.0'])).rejects.toThrow()
    session.close()
  })

  it('is told with absent fields absent, and with what each table has cost', async () => {
    const reading = await readServed(fromFacts('zte-c300-gpon'))
    expect(reading.kind).toBe('recognised')
    expect(deviceExitCode(reading)).toBe(0)
    const told = deviceJson(reading) as Record<string, unknown>
    expect(JSON.stringify(told)).not.toContain('null')
    expect(told).toMatchObject({ family: 'zte-c300-gpon', reason: expect.stringContaining('→') })
    const [first] = told['onus'] as unknown[]
    expect(first).toMatchObject({ pon: { slot: expect.any(Number), port: expect.any(Number) } })
    const tables = told['tables'] as Record<string, unknown>[]
    expect(tables.map(({ table }) => table)).toContain('onus.status')
    for (const table of tables) {
      expect(Object.keys(table)).toEqual(
        expect.arrayContaining(['ms', 'pdus', 'varbinds', 'retries', 'rows']),
      )
    }
  })

  it('is read with another family when that is asked for, and says whose it is', async () => {
    const reading = await readServed(fromFacts('zte-c300-gpon'), 'vsol-v1600d-epon')
    expect(reading).toMatchObject({ kind: 'forced', reason: null })
    expect(deviceLines(reading)[1]).toContain('does not take this device for its own')
  })

  const missing = existsSync(vsol) ? '' : ` (skipped: ${vsol} is not here)`
  it.skipIf(missing !== '')(
    `is the VSOL with 16 ONUs from −28.24 to −14.08 dBm${missing}`,
    async () => {
      const reading = await readServed(vsol)
      if (reading.kind !== 'recognised') throw new Error(reading.kind)
      const powers = reading.survey.onus.map(({ onuRxDbm }) => onuRxDbm ?? Number.NaN)
      expect(powers).toHaveLength(16)
      expect([Math.min(...powers), Math.max(...powers)]).toEqual([-28.24, -14.08])
      expect(deviceLines(reading).join('\n')).toContain('-28.24')
    },
  )
})

describe('a family of one’s own', () => {
  it('is refused with file, line and column', async () => {
    const folder = join(temporaryFolder(), 'acme-gpon')
    mkdirSync(folder)
    const check = () => checkFolder({ folder, families: shippedFamilies, captureFolders: [] })
    expect(checkLines(await check()).join()).toContain('there is no profile.yaml')
    writeFileSync(join(folder, 'profile.yaml'), 'schema: 1\nfamily: acme-gpon\nvendor: 5\n')
    const refused = await check()
    expect(refused.ok).toBe(false)
    expect(checkLines(refused).join('\n')).toContain(`${folder}/profile.yaml:3:1 vendor:`)
    expect(checkJson(refused)).toMatchObject({
      ok: false,
      issues: expect.arrayContaining([expect.objectContaining({ line: 3, column: 1 })]),
    })
    const found = readFamilyFolder(folder)
    expect(isRefused(found) && refusalLines(found)[0]).toBe('acme-gpon is refused')
  })

  it('is run against its recordings', async () => {
    const folder = join(families, 'vsol-v1600d-epon')
    const check = await checkFolder({ folder, families: shippedFamilies, captureFolders: [] })
    expect(check.ok).toBe(true)
    const lines = checkLines(check).join('\n')
    expect(lines).toMatch(/passed {2}from-facts\.snmprec: \d+ PON ports, \d+ ONUs/u)
    expect(lines).toMatch(/skipped .*no recording vsolution_v1600d\.snmprec/u)
    expect(lines).toContain('is in order; 1 of 2 recordings run')
    expect(checkJson(check)).toMatchObject({ ok: true, captures: expect.any(Array) })
  })
})

it('leaves out what is absent at every depth', () => {
  expect(withoutAbsent({ a: null, b: [{ c: undefined, d: 0 }], e: { f: null } })).toEqual({
    b: [{ d: 0 }],
    e: {},
  })
})
