import { createHash } from 'node:crypto'
import { readdirSync, realpathSync, statSync, type Dirent } from 'node:fs'
import { basename, join } from 'node:path'
import type { FamilyCli } from '../cli/family-cli.ts'
import { parseFamilyCli } from '../cli/load-cli.ts'
import { parseFamily, ProfileRefused, type OltFamily, type ProfileIssue } from './load-families.ts'
import { codeOf, liesIn, readInside } from './read-inside.ts'

/** A family from a folder that somebody else writes: nothing in it is trusted until its owner says so. */
export interface FoundFamily {
  readonly family: OltFamily
  /** What it says over its CLI; null: it has no cli.yaml. */
  readonly cli: FamilyCli | null
  readonly folder: string
  /**
   * SHA-256 of the profile's octets, in hex; where there is a cli.yaml, of both files one behind the
   * other, as `cat profile.yaml cli.yaml | sha256sum` tells it. Trust is given to a name and this: what
   * has changed since is not trusted any more.
   */
  readonly contentHash: string
}

export interface RefusedFamily {
  readonly folder: string
  /** The folder's name: what the family would be called. */
  readonly name: string
  readonly file: string
  readonly issues: readonly ProfileIssue[]
}

export interface FoundFamilies {
  readonly families: readonly FoundFamily[]
  readonly refused: readonly RefusedFamily[]
}

/** A profile is a page of text; what is larger is something else. */
const maxProfileBytes = 1_000_000
/** More than a person writes, and few enough to be read at once. */
const maxFamilies = 200
/** The first mistakes of a file: the rest often follows from them. */
const maxIssues = 50

const hashOf = (profile: Uint8Array, cli: Uint8Array): string =>
  createHash('sha256').update(profile).update(cli).digest('hex')

/**
 * The family in one folder. A name in `taken` is refused: a family of one's own never stands in for
 * one that comes with the console. `before`: what was found last, and is not worked out again where its
 * content is the same.
 * SECURITY: a profile can name codecs and functions of the closed registries, never bring code.
 */
export const readFamilyFolder = (
  folder: string,
  taken: ReadonlySet<string> = new Set(),
  before: readonly FoundFamily[] = [],
): FoundFamily | RefusedFamily => {
  const name = basename(folder)
  const file = join(folder, 'profile.yaml')
  const refuse = (path: string, message: string): RefusedFamily =>
    refusedFamily(folder, [{ line: 1, column: 1, path, message }])

  const profile = readInside(folder, 'profile.yaml', maxProfileBytes)
  if (profile.kind === 'missing') return refuse('', 'there is no profile.yaml')
  if (profile.kind === 'refused') return refuse('', profile.reason)
  const cliProfile = readInside(folder, 'cli.yaml', maxProfileBytes)
  if (cliProfile.kind === 'refused') return refuse('cli.yaml', cliProfile.reason)
  const { octets } = profile
  const cliOctets = cliProfile.kind === 'read' ? cliProfile.octets : null
  // SECURITY: what is sent to OLTs is part of what is trusted.
  const contentHash = hashOf(octets, cliOctets ?? Buffer.alloc(0))
  const known = before.find((each) => each.folder === folder && each.contentHash === contentHash)
  if (known !== undefined) return known
  try {
    const family = parseFamily(file, octets.toString('utf8'))
    if (family.family !== name) return refuse('family', `the folder is named ${name}`)
    if (taken.has(name)) return refuse('family', 'a family of this name is there already')
    const cli =
      cliOctets === null
        ? null
        : parseFamilyCli(join(folder, 'cli.yaml'), cliOctets.toString('utf8'))
    if (cli !== null && cli.family !== name)
      return refuse('cli.yaml', `it speaks for ${cli.family}`)
    return { family, cli, folder, contentHash }
  } catch (error) {
    if (error instanceof ProfileRefused) return refusedFamily(folder, error.issues, error.file)
    // SECURITY: a mistake of ours about a stranger's file must not keep the workspace shut.
    return refuse('', 'cannot be understood')
  }
}

const refusedFamily = (
  folder: string,
  issues: readonly ProfileIssue[],
  file = join(folder, 'profile.yaml'),
): RefusedFamily => ({
  folder,
  name: basename(folder),
  file,
  issues: issues.slice(0, maxIssues),
})

export const isRefused = (found: FoundFamily | RefusedFamily): found is RefusedFamily =>
  'issues' in found

/**
 * All families of a folder, each in `<folder>/<family>/profile.yaml`. What is wrong with one leaves
 * the others alone; a folder that is not there holds none. Errors: none but a bug's.
 */
export const findFamilies = (
  folder: string,
  taken: ReadonlySet<string> = new Set(),
  before: readonly FoundFamily[] = [],
): FoundFamilies => {
  const families: FoundFamily[] = []
  const refused: RefusedFamily[] = []
  for (const { name, leadsOut } of familyFolders(folder)) {
    const path = join(folder, name)
    const found = leadsOut
      ? refusedFamily(path, [
          { line: 1, column: 1, path: '', message: 'is a link that leads out of the folder' },
        ])
      : readFamilyFolder(path, taken, before)
    if (isRefused(found)) {
      refused.push(found)
    } else if (found.family.lastResort === true) {
      const message = 'the last resort comes with the console'
      refused.push(refusedFamily(path, [{ line: 1, column: 1, path: 'lastResort', message }]))
    } else families.push(found)
  }
  return { families, refused }
}

/**
 * What would change a family: its name, and its files' numbers, sizes and times. Cheap enough to be
 * asked every few seconds, on file systems that tell nobody of a change too.
 */
export const fingerprintOf = (folder: string): string =>
  familyFolders(folder)
    .map(({ name, leadsOut }) => {
      const files = ['profile.yaml', 'cli.yaml'].map((file) => {
        const { ino, size, mtimeMs } = leadsOut ? unreadable : statOf(join(folder, name, file))
        return `${ino}:${size}:${mtimeMs}`
      })
      return `${name}:${files.join(':')}`
    })
    .join('\n')

const unreadable = { ino: 0, size: -1, mtimeMs: 0 }

const statOf = (file: string): { ino: number; size: number; mtimeMs: number } => {
  try {
    return statSync(file)
  } catch {
    return unreadable
  }
}

/** Folders and links to folders, by name; hidden ones are no families. */
const familyFolders = (
  folder: string,
): readonly { readonly name: string; readonly leadsOut: boolean }[] => {
  const entries = entriesOf(folder).filter(({ name }) => !name.startsWith('.'))
  return entries
    .flatMap((entry) => {
      if (entry.isDirectory()) return [{ name: entry.name, leadsOut: false }]
      if (!entry.isSymbolicLink()) return []
      const target = targetOf(join(folder, entry.name))
      if (target === null) return []
      // SECURITY: a link to another folder of this machine is no family of this workspace.
      return [{ name: entry.name, leadsOut: !liesIn(folder, target) }]
    })
    .toSorted((left, right) => (left.name < right.name ? -1 : 1))
    .slice(0, maxFamilies)
}

const entriesOf = (folder: string): Dirent[] => {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    if (codeOf(error) === null) throw error
    return []
  }
}

const targetOf = (link: string): string | null => {
  try {
    return realpathSync(link)
  } catch {
    return null
  }
}
