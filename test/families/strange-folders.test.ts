import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { checkFamily } from '../../src-main/olt/family-check.ts'
import { parseFamily, ProfileRefused } from '../../src-main/olt/family/load-families.ts'
import { findFamilies, fingerprintOf } from '../../src-main/olt/family/user-families.ts'
import { readRecording } from '../../src-main/replay/read-recording.ts'
import { openRecordingSession } from '../../src-main/replay/recording-session.ts'
import { temporaryFolder } from '../support/store-workspace.ts'
import { copyFamily, shippedFolder } from './support/family-engine.ts'

const own = (workspace: string): string => join(workspace, 'olt-families')

/** A workspace with one family in order, and what is refused beside it. */
const refusedBeside = (make: (folder: string, elsewhere: string) => void) => {
  const workspace = temporaryFolder()
  const elsewhere = temporaryFolder()
  copyFamily(workspace, 'in-order')
  make(own(workspace), elsewhere)
  const { families, refused } = findFamilies(own(workspace))
  expect(families.map(({ family }) => family.family)).toEqual(['in-order'])
  return refused
}

const profile = (folder: string, name: string, text: string): void => {
  mkdirSync(join(folder, name), { recursive: true })
  writeFileSync(join(folder, name, 'profile.yaml'), text)
}

describe('a folder of a stranger is refused, and its neighbours are not, when', () => {
  it('it is a link to another folder of this machine', () => {
    const [refused] = refusedBeside((folder, elsewhere) => {
      cpSync(join(shippedFolder, 'hsgq-gpon'), join(elsewhere, 'hsgq-gpon'), { recursive: true })
      symlinkSync(join(elsewhere, 'hsgq-gpon'), join(folder, 'linked'))
    })
    expect(refused).toMatchObject({
      name: 'linked',
      issues: [{ message: 'is a link that leads out of the folder' }],
    })
  })

  it('its profile is a link to another file of this machine, of which nothing is told', () => {
    const [refused] = refusedBeside((folder, elsewhere) => {
      writeFileSync(join(elsewhere, 'secret'), 'very: [secret words')
      mkdirSync(join(folder, 'linked'))
      symlinkSync(join(elsewhere, 'secret'), join(folder, 'linked', 'profile.yaml'))
    })
    expect(refused?.issues).toEqual([
      { line: 1, column: 1, path: '', message: 'is a link that leads out of the folder' },
    ])
  })

  it('its profile is a pipe, on which a reader would wait for ever', () => {
    const [refused] = refusedBeside((folder) => {
      mkdirSync(join(folder, 'pipe'))
      execFileSync('mkfifo', [join(folder, 'pipe', 'profile.yaml')])
    })
    expect(refused?.issues[0]?.message).toBe('is no plain file')
  })

  it('its profile is a folder, or larger than 1 MB', () => {
    const refused = refusedBeside((folder) => {
      mkdirSync(join(folder, 'a-folder', 'profile.yaml'), { recursive: true })
      profile(folder, 'huge', `# ${'x\n'.repeat(500_001)}`)
    })
    expect(refused.map(({ name, issues }) => [name, issues[0]?.message])).toEqual([
      ['a-folder', 'is no plain file'],
      ['huge', 'is larger than 1 MB'],
    ])
  })

  it('its YAML is made to take for ever: nested, endless, or of aliases that multiply', () => {
    const refused = refusedBeside((folder) => {
      profile(
        folder,
        'aliases',
        `${['a: &a [x,x,x,x,x,x,x,x]', ...'bcdefg'].map(multiply).join('\n')}\n`,
      )
      profile(folder, 'brackets', '['.repeat(100_000))
      profile(folder, 'lines', '[\n'.repeat(100_000))
      profile(folder, 'long', `family: ${'x'.repeat(100_000)}`)
    })
    expect(refused.map(({ name, issues }) => [name, issues[0]?.message])).toEqual([
      ['aliases', 'uses aliases that cannot be kept'],
      ['brackets', 'is nested too deeply, or holds endless lines'],
      ['lines', 'is nested too deeply, or holds endless lines'],
      ['long', 'is nested too deeply, or holds endless lines'],
    ])
  })

  const multiply = (name: string, index: number, all: readonly string[]): string => {
    if (index === 0) return name
    const before = all[index - 1]?.[0] ?? ''
    return `${name}: &${name} [${Array.from({ length: 8 }, () => `*${before}`).join(',')}]`
  }

  it('it names a function or a codec that is in no registry', () => {
    const workspace = temporaryFolder()
    copyFamily(workspace, 'codes', (yaml) =>
      yaml.replace('function: number-text', 'function: eval'),
    )
    copyFamily(workspace, 'rows', (yaml) => yaml.replace('index: pon-number', 'index: constructor'))
    const { families, refused } = findFamilies(own(workspace))
    expect(families).toEqual([])
    expect(refused.map(({ name }) => name)).toEqual(['codes', 'rows'])
    expect(refused[0]?.issues[0]?.path).toMatch(/decode\.function$/u)
  })

  it('it would have an OLT walked from one end to the other', () => {
    const workspace = temporaryFolder()
    copyFamily(workspace, 'whole-tree', (yaml) =>
      yaml.replace(/oid: 1\.3\.6\.1\.4\.1\.37950[.\d]*/u, 'oid: 1.3.6.1.4.1.37950'),
    )
    const [refused] = findFamilies(own(workspace)).refused
    expect(refused?.issues[0]?.message).toMatch(/names a whole tree/u)
    expect(refused?.issues[0]?.path).toMatch(/\.oid$/u)
  })

  it('it has a tag that other readers of YAML would run', () => {
    const [refused] = refusedBeside((folder) =>
      profile(folder, 'tagged', 'family: !!js/function "function () { process.exit(1) }"\n'),
    )
    expect(refused?.issues.length).toBeGreaterThan(0)
  })

  it('more mistakes are told than anybody reads', () => {
    const [refused] = refusedBeside((folder) =>
      profile(folder, 'mistakes', Array.from({ length: 500 }, (_, n) => `key${n}: 1`).join('\n')),
    )
    expect(refused?.issues).toHaveLength(50)
  })
})

describe('a profile that was altered anywhere', () => {
  type Path = readonly (string | number)[]
  const pathsOf = (value: unknown, path: Path = []): readonly Path[] =>
    value === null || typeof value !== 'object'
      ? [path]
      : [
          path,
          ...Object.entries(value).flatMap(([key, inner]) =>
            pathsOf(inner, [...path, Array.isArray(value) ? Number(key) : key]),
          ),
        ]
  /** A path that an earlier change has taken away is no more. */
  const set = (within: unknown, [key, ...rest]: Path, by: unknown): void => {
    if (key === undefined || within === null || typeof within !== 'object') return
    const holder = within as Record<string | number, unknown>
    if (rest.length > 0) set(holder[key], rest, by)
    else if (key in holder) holder[key] = by
  }
  const strange = fc.constantFrom<unknown>(
    null,
    true,
    -1,
    1e300,
    '',
    'x',
    '1.3',
    [],
    [[]],
    {},
    { oid: 1 },
    { index: ['onu-interface'] },
    'onu-interface',
    '__proto__',
    'constructor',
  )

  it('is a family, or is refused with a place; it never breaks the reader', () => {
    const profiles = ['bdcom-gp3600-gpon', 'cdata-nscrtv-epon'].map((name) => {
      const yaml = readFileSync(join(shippedFolder, name, 'profile.yaml'), 'utf8')
      const value: unknown = parse(yaml)
      return { value, paths: pathsOf(value).slice(1) }
    })
    const change = fc.tuple(fc.nat(100_000), strange)
    const altered = fc
      .tuple(fc.constantFrom(...profiles), fc.array(change, { minLength: 1, maxLength: 4 }))
      .map(([{ value, paths }, changes]) => {
        const document = structuredClone(value)
        for (const [which, by] of changes) set(document, paths[which % paths.length] ?? [], by)
        // JSON is YAML too.
        return JSON.stringify(document, null, 1)
      })
    fc.assert(
      fc.property(altered, (yaml) => {
        try {
          parseFamily('profile.yaml', yaml)
        } catch (error) {
          if (!(error instanceof ProfileRefused)) throw error
          expect(error.issues.length).toBeGreaterThan(0)
          for (const { line, column } of error.issues) expect(line * column).toBeGreaterThan(0)
        }
      }),
      { seed: 20261122, numRuns: 300 },
    )
  })
})

describe('recordings of a strange family', () => {
  const check = (folder: string) =>
    checkFamily({
      folder,
      others: [],
      captureFolders: [],
      openCapture: async (file) => openRecordingSession(await readRecording(file)),
    })

  it('are not read from elsewhere, and a folder is none', async () => {
    const workspace = temporaryFolder()
    const elsewhere = temporaryFolder()
    const folder = copyFamily(workspace, 'mine')
    writeFileSync(join(elsewhere, 'secret'), '1.3.6.1.2.1.1.1.0|4|secret')
    symlinkSync(join(elsewhere, 'secret'), join(folder, 'captures', 'linked.snmprec'))
    mkdirSync(join(folder, 'captures', 'folder.snmprec'))
    const { captures } = await check(folder)
    expect(captures.filter(({ result }) => result === 'failed')).toMatchObject([
      { capture: 'folder.snmprec', reason: 'is no plain file' },
      { capture: 'linked.snmprec', reason: 'is a link that leads out of the folder', survey: null },
    ])
  })

  it('are not expected elsewhere either', async () => {
    const workspace = temporaryFolder()
    const folder = copyFamily(workspace, 'mine')
    symlinkSync('/etc/passwd', join(folder, 'expected', 'other.yaml'))
    expect((await check(folder)).issues[0]?.message).toMatch(/leads out of the folder/u)
  })
})

describe('the look of the folder from outside', () => {
  it('changes with a family that comes, goes or is written, and not by itself', () => {
    const workspace = temporaryFolder()
    const before = fingerprintOf(own(workspace))
    const folder = copyFamily(workspace, 'mine')
    const one = fingerprintOf(own(workspace))
    expect(one).not.toBe(before)
    expect(fingerprintOf(own(workspace))).toBe(one)
    const file = join(folder, 'profile.yaml')
    writeFileSync(file, `${readFileSync(file, 'utf8')}# more\n`)
    expect(fingerprintOf(own(workspace))).not.toBe(one)
  })
})
