import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseFamily, ProfileRefused, type OltFamily, type ProfileIssue } from './load-families.ts'

/** A family from a folder that somebody else writes: nothing in it is trusted until its owner says so. */
export interface FoundFamily {
  readonly family: OltFamily
  readonly folder: string
  /**
   * SHA-256 of the profile's octets, in hex. Trust is given to a name and this: a profile that has
   * changed since is not trusted any more.
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

export const hashProfile = (octets: Uint8Array): string =>
  createHash('sha256').update(octets).digest('hex')

/**
 * The family in one folder. A name in `taken` is refused: a family of one's own never stands in for
 * one that comes with the console.
 * SECURITY: a profile can name codecs and functions of the closed registries, never bring code.
 */
export const readFamilyFolder = (
  folder: string,
  taken: ReadonlySet<string> = new Set(),
): FoundFamily | RefusedFamily => {
  const name = basename(folder)
  const file = join(folder, 'profile.yaml')
  const refuse = (issues: readonly ProfileIssue[]): RefusedFamily => ({
    folder,
    name,
    file,
    issues,
  })
  const wholeFile = (message: string): RefusedFamily =>
    refuse([{ line: 1, column: 1, path: '', message }])

  if (!existsSync(file)) return wholeFile('there is no profile.yaml')
  try {
    if (statSync(file).size > maxProfileBytes) return wholeFile('is larger than 1 MB')
    const octets = readFileSync(file)
    const family = parseFamily(file, octets.toString('utf8'))
    if (family.family !== name) {
      return refuse([
        { line: 1, column: 1, path: 'family', message: `the folder is named ${name}` },
      ])
    }
    if (taken.has(family.family)) {
      return refuse([
        { line: 1, column: 1, path: 'family', message: 'a family of this name is there already' },
      ])
    }
    return { family, folder, contentHash: hashProfile(octets) }
  } catch (error) {
    if (error instanceof ProfileRefused) return refuse(error.issues)
    if (error instanceof Error && 'code' in error) return wholeFile(`cannot be read: ${error.code}`)
    throw error
  }
}

export const isRefused = (found: FoundFamily | RefusedFamily): found is RefusedFamily =>
  'issues' in found

/**
 * All families of a folder, each in `<folder>/<family>/profile.yaml`. What is wrong with one leaves
 * the others alone; a folder that is not there holds none. Errors: none but a bug's.
 */
export const findFamilies = (
  folder: string,
  taken: ReadonlySet<string> = new Set(),
): FoundFamilies => {
  const families: FoundFamily[] = []
  const refused: RefusedFamily[] = []
  if (!existsSync(folder)) return { families, refused }
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .toSorted()
  for (const name of names) {
    const found = readFamilyFolder(join(folder, name), taken)
    if (isRefused(found)) {
      refused.push(found)
    } else if (found.family.lastResort === true) {
      const message = 'the last resort comes with the console'
      const issues = [{ line: 1, column: 1, path: 'lastResort', message }]
      refused.push({ folder: found.folder, name, file: join(found.folder, 'profile.yaml'), issues })
    } else families.push(found)
  }
  return { families, refused }
}
