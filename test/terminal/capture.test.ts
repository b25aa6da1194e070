import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openSnmpSession, type SnmpSession } from '../../src-main/olt/snmp/session.ts'
import { readRecording } from '../../src-main/replay/read-recording.ts'
import { openRecordingSession } from '../../src-main/replay/recording-session.ts'
import { readSnmprec } from '../../src-main/replay/snmprec.ts'
import { capture, captureLines } from '../../src-main/terminal/capture-command.ts'
import { captureDevice, checkRoots } from '../../src-main/terminal/capture-device.ts'
import { refuseExisting, writeCapture } from '../../src-main/terminal/capture-file.ts'
import { readDevice } from '../../src-main/terminal/read-device.ts'
import { shippedFamilies } from '../olt/support/shipped-families.ts'
import { manualClock, smallPlant } from '../support/simulated-plant.ts'
import { temporaryFolder } from '../support/store-workspace.ts'

const session = (lines: readonly string[]): Promise<SnmpSession> =>
  openRecordingSession(readSnmprec(lines.join('\n')))

const box = [
  '1.3.6.1.2.1.1.1.0|4|box',
  '1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.99999.1',
  '1.3.6.1.2.1.1.5.0|4|olt-jakarta',
  '1.3.6.1.2.1.4.1.0|2|1',
  '1.3.6.1.4.1.99998.1.0|2|1',
  '1.3.6.1.4.1.99999.1.0|4|Budi Santoso',
  '1.3.6.1.4.1.99999.2.0|70|18446744073709551615',
  '1.3.6.1.4.1.99999.3.0|68x|9f780442280000',
  '1.3.6.1.4.1.99999.4.0|4x|00ff',
  '1.3.6.1.4.1.99999.5.0|2|-2147483648',
]

const settings = {
  roots: [],
  keep: [],
  families: shippedFamilies,
  force: false,
  now: () => new Date('2026-11-22T17:00:00Z'),
}

describe('a capture is refused', () => {
  it('into a file that is there, unless it is to be replaced', () => {
    const file = join(temporaryFolder(), 'box.snmprec')
    writeFileSync(file, 'precious')
    expect(() => refuseExisting(file, false)).toThrow('--force')
    expect(() => refuseExisting(file, true)).not.toThrow()
  })

  it('into a file that came to be meanwhile, and leaves no part of it', async () => {
    const folder = temporaryFolder()
    const file = join(folder, 'box.snmprec')
    writeFileSync(file, 'precious')
    await expect(writeCapture({ file, force: false, header: [], objects: [] })).rejects.toThrow(
      '--force',
    )
    expect(readdirSync(folder)).toEqual(['box.snmprec'])
    expect(readFileSync(file, 'utf8')).toBe('precious')
  })

  it('below what is no object identifier', () => {
    expect(() => checkRoots(['1.3.6', 'ifTable'])).toThrow('ifTable')
    expect(checkRoots(['.1.3.6.1'])).toEqual(['1.3.6.1'])
  })

  it('of a device that names no enterprise, unless it is told what to record', async () => {
    const nameless = ['1.3.6.1.2.1.1.1.0|4|box']
    await expect(captureDevice({ session: await session(nameless), roots: [] })).rejects.toThrow(
      '--root',
    )
    const { objects } = await captureDevice({
      session: await session(nameless),
      roots: ['1.3.6.1.2.1.1'],
    })
    expect(objects).toHaveLength(1)
  })

  it('when it is broken off: nothing is written', async () => {
    const folder = temporaryFolder()
    const stop = new AbortController()
    await expect(
      capture({
        ...settings,
        session: await session(box),
        plain: true,
        file: join(folder, 'box.snmprec'),
        signal: stop.signal,
        onProgress: () => stop.abort(),
      }),
    ).rejects.toThrow('cancelled')
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('a capture', () => {
  it('holds the system, interface and entity groups and the own enterprise, value for value', async () => {
    const file = join(temporaryFolder(), 'box.snmprec')
    const result = await capture({ ...settings, session: await session(box), plain: true, file })
    const { objects, problems } = await readRecording(file)
    const wanted = box.filter((line) => !/^1\.3\.6\.1\.(?:2\.1\.4|4\.1\.99998)\./u.test(line))
    expect(objects).toEqual(readSnmprec(wanted.join('\n')).objects)
    expect(problems).toEqual([])
    expect(readFileSync(file, 'utf8')).toMatch(/^# recorded 2026-11-22T17:00:00.000Z\n# PLAIN/u)
    expect(captureLines(result).join('\n')).toContain('Hand it to nobody')
    // SECURITY: nobody else on the machine reads along.
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('is redacted unless it is told not to be', async () => {
    const file = join(temporaryFolder(), 'box.snmprec')
    await capture({ ...settings, session: await session(box), plain: false, file })
    const text = readFileSync(file, 'utf8')
    expect(text).not.toMatch(/Budi|Santoso|jakarta/u)
    expect((await readRecording(file)).objects).toHaveLength(8)
  })

  it('keeps what came before an agent went astray, and says where', async () => {
    const real = await session(box)
    let asked = 0
    const astray: SnmpSession = {
      ...real,
      get: real.get,
      getBulk: async (oids, nonRepeaters, _repetitions, options) => {
        // From the third question on it says the first row again.
        const next = ++asked < 3 ? oids : [Buffer.from([0x2b, 6, 1, 4, 1, 0x86, 0x8d, 0x1f])]
        return real.getBulk(next, nonRepeaters, 1, options)
      },
    }
    const { objects, roots } = await captureDevice({
      session: astray,
      roots: ['1.3.6.1.4.1.99999'],
    })
    expect(roots).toEqual([
      { root: '1.3.6.1.4.1.99999', objects: objects.length, broken: 'olt-walk-looped' },
    ])
    expect(objects.length).toBeGreaterThan(0)
  })
})

describe.each(['HW', 'ZT'])('a capture of the simulated OLT %s, replayed', (name) => {
  const recorded = async (plain: boolean) => {
    const plant = smallPlant(manualClock())
    onTestFinished(() => plant.stop())
    const address = (await plant.start()).find(({ oltName }) => oltName === name)!
    const device = await openSnmpSession({
      host: address.host,
      port: address.port,
      version: '2c',
      community: Buffer.from(address.community),
      timeoutMs: 2000,
      retries: 2,
    })
    onTestFinished(() => device.close())
    const file = join(temporaryFolder(), `${name}.snmprec`)
    await capture({ ...settings, session: device, plain, file })
    const replayed = await openRecordingSession(await readRecording(file))
    const before = await readDevice({ session: device, families: shippedFamilies })
    const after = await readDevice({ session: replayed, families: shippedFamilies })
    if (before.kind !== 'recognised' || after.kind !== 'recognised') {
      throw new Error(`read as ${before.kind} and ${after.kind}`)
    }
    return { file, truth: plant.truth(name), before, after }
  }

  it('gives the same ONUs when it is plain', async () => {
    const { before, after } = await recorded(true)
    expect(after.reason).toBe(before.reason)
    expect(after.survey.onus).toEqual(before.survey.onus)
    expect(after.survey.ponPorts).toEqual(before.survey.ponPorts)
    expect(after.survey.unconfigured).toEqual(before.survey.unconfigured)
    expect(after.survey.onus).toHaveLength(11)
  })

  it('gives the same ONUs but for their names when it is redacted, and the truth is nowhere', async () => {
    const { file, truth, before, after } = await recorded(false)
    const nameless = (survey: typeof after.survey) =>
      survey.onus.map(({ serial: _serial, name: _name, description: _text, ...onu }) => onu)
    expect(nameless(after.survey)).toEqual(nameless(before.survey))
    expect(after.survey.problems).toEqual(before.survey.problems)
    const serials = after.survey.onus.map(({ serial }) => serial)
    expect(new Set(serials).size).toBe(11)
    expect(serials.every((serial) => /^[A-Z]{4}[0-9A-F]{8}$/u.test(serial ?? ''))).toBe(true)

    const text = readFileSync(file, 'utf8').toLowerCase()
    const told = [...truth.onus, ...truth.unconfigured].flatMap((onu) => {
      const octets = Buffer.concat([
        Buffer.from(onu.serial.slice(0, 4)),
        Buffer.from(onu.serial.slice(4), 'hex'),
      ])
      const spelled = [onu.serial, octets.toString('hex'), octets.join('.'), onu.serial.slice(4)]
      return 'code' in onu ? [...spelled, onu.code, onu.address] : spelled
    })
    const hex = told.map((secret) => Buffer.from(secret).toString('hex'))
    for (const secret of [...told, ...hex]) expect(text).not.toContain(secret.toLowerCase())
    expect(existsSync(file)).toBe(true)
  })
})
