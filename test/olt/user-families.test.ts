import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  findFamilies,
  isRefused,
  readFamilyFolder,
} from '../../src-main/olt/family/user-families.ts'
import { checkFamily, type FamilyCheck } from '../../src-main/olt/family-check.ts'
import { surveyLines, tryFamily } from '../../src-main/olt/family-try.ts'
import { readRecording } from '../../src-main/replay/read-recording.ts'
import { openRecordingSession } from '../../src-main/replay/recording-session.ts'
import { shippedFamilies, shippedFamily } from './support/shipped-families.ts'

const shipped = fileURLToPath(new URL('../../assets/olt-families', import.meta.url))
const taken = new Set(shippedFamilies.map(({ family }) => family))
const openCapture = async (file: string) => openRecordingSession(await readRecording(file))

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nocturne-families-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** A copy of a shipped family under another name, with its own captures. */
const copy = (name: string, from = 'vsol-v1600d-epon', change = (yaml: string) => yaml): string => {
  const to = join(folder, name)
  cpSync(join(shipped, from), to, { recursive: true })
  const file = join(to, 'profile.yaml')
  const yaml = readFileSync(file, 'utf8').replace(`family: ${from}`, `family: ${name}`)
  writeFileSync(file, change(yaml))
  return to
}

const write = (name: string, file: string, text: string): void => {
  mkdirSync(join(folder, name), { recursive: true })
  writeFileSync(join(folder, name, file), text)
}

describe("a family of one's own is refused, and the others are not, when", () => {
  const issueOf = (name: string) =>
    findFamilies(folder, taken).refused.find((entry) => entry.name === name)?.issues[0]

  beforeEach(() => void copy('mine-good'))
  afterEach(() => {
    expect(findFamilies(folder, taken).families.map(({ family }) => family.family)).toEqual([
      'mine-good',
    ])
  })

  it('it has the name of one that comes with the console', () => {
    cpSync(join(shipped, 'hsgq-gpon'), join(folder, 'hsgq-gpon'), { recursive: true })
    expect(issueOf('hsgq-gpon')).toMatchObject({
      path: 'family',
      message: expect.stringMatching(/is there already/u),
    })
  })

  it('a key is not known: with line and column', () => {
    copy('mine-bad', 'hsgq-gpon', (yaml) => yaml.replace('    serial:', '    serail:'))
    expect(issueOf('mine-bad')).toMatchObject({
      path: 'onus.fields.serail',
      message: 'unknown key',
      column: 5,
    })
    expect(issueOf('mine-bad')?.line).toBeGreaterThan(10)
  })

  it('the folder has another name', () => {
    copy('mine-other', 'hsgq-gpon', (yaml) => yaml.replace('mine-other', 'somebody-else'))
    expect(issueOf('mine-other')?.message).toMatch(/named mine-other/u)
  })

  it('there is no profile, or it is no YAML, or far too large', () => {
    write('empty', 'notes.txt', 'to do')
    write('broken', 'profile.yaml', 'family: [')
    write('huge', 'profile.yaml', `# ${'x'.repeat(1_000_001)}`)
    expect(issueOf('empty')?.message).toMatch(/no profile.yaml/u)
    expect(issueOf('broken')).toMatchObject({ line: 1 })
    expect(issueOf('huge')?.message).toMatch(/larger than 1 MB/u)
  })

  it('it calls itself the last resort', () => {
    copy('mine-last', 'generic-olt')
    expect(issueOf('mine-last')?.path).toBe('lastResort')
  })

  it('it has rules of recognition and is a last resort, or neither', () => {
    copy('mine-none', 'hsgq-gpon', (yaml) =>
      yaml.replace(/^recognise:\n(?: {2}.*\n)+/mu, 'recognise: []\n'),
    )
    expect(issueOf('mine-none')).toMatchObject({ path: 'recognise' })
  })

  it('ONUs are numbered by interfaces whose names it does not tell', () => {
    copy('mine-names', 'bdcom-gp3600-gpon', (yaml) => yaml.replace(/^ {2}ifName: .*:\(.*\n/mu, ''))
    expect(issueOf('mine-names')?.message).toMatch(/needs onus.ifName/u)
  })

  it('a PON table is numbered by ONUs', () => {
    copy('mine-pons', 'hsgq-gpon', (yaml) => yaml.replace('index: interface', 'index: octets-onu'))
    expect(issueOf('mine-pons')?.path).toBe('ponPorts.index')
  })
})

describe("a family of one's own", () => {
  it('is found with a hash of its content, which changes with the content', () => {
    copy('mine')
    const [first] = findFamilies(folder, taken).families
    copy('mine', 'vsol-v1600d-epon', (yaml) => `${yaml}\n# one more remark\n`)
    const [second] = findFamilies(folder, taken).families
    expect(first?.contentHash).toMatch(/^[0-9a-f]{64}$/u)
    expect(second?.contentHash).not.toBe(first?.contentHash)
    expect(second?.family).toEqual(first?.family)
  })

  it('need not be there at all', () => {
    expect(findFamilies(join(folder, 'none'), taken)).toEqual({ families: [], refused: [] })
  })

  it('is one of two things, and the caller can tell', () => {
    expect(isRefused(readFamilyFolder(copy('mine')))).toBe(false)
    expect(isRefused(readFamilyFolder(join(folder, 'none')))).toBe(true)
  })
})

describe('checking a family', () => {
  const check = (name: string): Promise<FamilyCheck> =>
    checkFamily({
      folder: join(folder, name),
      others: shippedFamilies.filter(({ family }) => family !== 'vsol-v1600d-epon'),
      captureFolders: [join(folder, 'recordings')],
      openCapture,
    })

  it('says line and column of a mistake in the profile', async () => {
    copy('mine', 'hsgq-gpon', (yaml) => yaml.replace('proven', 'certain'))
    expect(await check('mine')).toMatchObject({
      ok: false,
      family: null,
      captures: [],
      issues: [{ column: expect.any(Number) }],
    })
  })

  it('says what is wrong with a file of expectations', async () => {
    copy('mine')
    write('mine/expected', 'bad.yaml', 'capture: a.snmprec\nonu: 3\n')
    const { ok, issues } = await check('mine')
    expect(ok).toBe(false)
    expect(issues[0]?.message).toMatch(/bad\.yaml/u)
  })

  it('says what was read and not expected, in words', async () => {
    copy('mine', 'vsol-v1600d-epon', (yaml) => yaml.replace("'0': offline", "'0': online"))
    const { ok, captures } = await check('mine')
    const made = captures.find(({ capture }) => capture === 'from-facts.snmprec')
    expect(ok).toBe(false)
    expect(made?.differences).toContain('states: {"online":2}, expected {"offline":1,"online":1}')
    expect(made?.differences).toContain('state of 0/0/1:2: "online", expected "offline"')
  })

  it('says when another family takes the device', async () => {
    copy('mine', 'vsol-v1600d-epon', (yaml) =>
      yaml.replace("sysDescr: '^V1600D'", "sysDescr: '^V'"),
    )
    const { captures } = await checkFamily({
      folder: join(folder, 'mine'),
      others: shippedFamilies.map((family) =>
        family.family === 'vsol-v1600g-gpon'
          ? {
              ...family,
              recognise: [
                {
                  sysObjectId: '1.3.6.1.4.1.37950.1',
                  model: 'longer',
                  certainty: 'proven' as const,
                },
              ],
            }
          : family,
      ),
      captureFolders: [],
      openCapture,
    })
    expect(captures[0]?.differences[0]).toMatch(/taken for vsol-v1600g-gpon/u)
  })

  it('says what is skipped and where it was looked for, and runs what has no expectations', async () => {
    copy('mine')
    rmSync(join(folder, 'mine', 'expected', 'from-facts.yaml'))
    const { ok, captures } = await check('mine')
    expect(ok).toBe(true)
    expect(captures.map(({ capture, result }) => [capture, result])).toEqual([
      ['vsolution_v1600d.snmprec', 'skipped'],
      ['from-facts.snmprec', 'passed'],
    ])
    expect(captures[0]?.reason).toContain(join(folder, 'recordings'))
    expect(captures[1]?.survey?.onus).toHaveLength(2)
  })

  it('fails, and goes on, where a recording cannot be read', async () => {
    copy('mine')
    write('mine/captures', 'bad.snmprec', 'this is no recording\n')
    const { ok, captures } = await check('mine')
    expect(ok).toBe(false)
    expect(captures.find(({ capture }) => capture === 'bad.snmprec')).toMatchObject({
      result: 'failed',
      reason: expect.stringMatching(/holds no SNMP objects/u),
    })
  })
})

describe('trying a family on a device', () => {
  const recording = () =>
    openCapture(join(shipped, 'vsol-v1600d-epon', 'captures', 'from-facts.snmprec'))

  it('reads it, says whether it is taken for its own, and what each table has cost', async () => {
    const tables: string[] = []
    const session = await recording()
    const result = await tryFamily({
      session,
      family: shippedFamily('vsol-v1600d-epon'),
      onTable: ({ table }) => void tables.push(table),
    })
    session.close()
    expect(result.recognised).toBe('sysDescr "V1600D" → V-Solution V1600D')
    expect(result.survey.onus).toHaveLength(2)
    expect(tables).toEqual([
      'boards',
      'ponPorts',
      'onus.identity',
      'onus.status',
      'onus.optics',
      'onus.counters',
      'unconfigured',
    ])
    const optics = result.survey.tables.find(({ table }) => table === 'onus.optics')
    expect(optics).toMatchObject({ rows: 2, retries: 0 })
    expect(optics?.varbinds).toBeGreaterThan(0)
    const lines = surveyLines(result.survey)
    expect(lines.find((line) => line.startsWith('0/0/1:1'))).toMatch(/00:6D:61:EE:0B:01.*-14\.61/u)
  })

  it('reads it with a family that does not know it, too', async () => {
    const session = await recording()
    const result = await tryFamily({ session, family: shippedFamily('hsgq-gpon') })
    session.close()
    expect(result.recognised).toBeNull()
    expect(result.survey.onus).toEqual([])
  })
})
