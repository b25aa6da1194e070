import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isMap, isNode, isScalar, LineCounter, parseDocument, type Document } from 'yaml'
import { familyProfile, type FamilyProfile } from './schema.ts'

/** A family as the driver uses it: the checked profile. */
export type OltFamily = FamilyProfile

export interface ProfileIssue {
  readonly line: number
  readonly column: number
  /** `onus.fields.serial.oid` */
  readonly path: string
  readonly message: string
}

/** A profile that was refused, with every reason and its place. */
export class ProfileRefused extends Error {
  readonly file: string
  readonly issues: readonly ProfileIssue[]

  constructor(file: string, issues: readonly ProfileIssue[]) {
    super(
      issues
        .map(({ line, column, path, message }) => `${file}:${line}:${column} ${path}: ${message}`)
        .join('\n'),
    )
    this.name = 'ProfileRefused'
    this.file = file
    this.issues = issues
  }
}

/** Errors: ProfileRefused. */
export const parseFamily = (file: string, yaml: string): OltFamily => {
  const lines = new LineCounter()
  const document = parseDocument(yaml, { lineCounter: lines, uniqueKeys: true, version: '1.2' })
  if (document.errors.length > 0) {
    throw new ProfileRefused(
      file,
      document.errors.map((error) => {
        const { line, col } = lines.linePos(error.pos[0])
        return { line, column: col, path: '', message: error.message.split('\n')[0] ?? '' }
      }),
    )
  }
  const result = familyProfile.safeParse(document.toJS({ maxAliasCount: 100 }))
  if (result.success) return result.data
  throw new ProfileRefused(
    file,
    result.error.issues
      .flatMap((issue) => flattenIssue(issue))
      .map(({ path, message }) => {
        const { line, col } = lines.linePos(offsetOf(document, path))
        return { line, column: col, path: path.join('.'), message }
      }),
  )
}

/** All families of a folder, each in `<folder>/<family>/profile.yaml`. Errors: ProfileRefused. */
export const loadFamilies = (folder: string): readonly OltFamily[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => {
      const file = join(folder, entry.name, 'profile.yaml')
      const family = parseFamily(file, readFileSync(file, 'utf8'))
      if (family.family !== entry.name) {
        throw new ProfileRefused(file, [
          { line: 1, column: 1, path: 'family', message: `the folder is named ${entry.name}` },
        ])
      }
      return family
    })

type IssuePath = readonly (string | number)[]

interface PlacedIssue {
  readonly path: IssuePath
  readonly message: string
}

interface RawIssue {
  readonly code?: string | undefined
  readonly path: readonly PropertyKey[]
  readonly message: string
  readonly keys?: readonly string[]
  readonly errors?: readonly (readonly RawIssue[])[]
}

/** Unknown keys are placed at the key; of a union the branch that came furthest speaks. */
const flattenIssue = (issue: RawIssue, base: IssuePath = []): PlacedIssue[] => {
  const path = [...base, ...issue.path.filter((part) => typeof part !== 'symbol')]
  if (issue.keys !== undefined) {
    return issue.keys.map((key) => ({ path: [...path, key], message: 'unknown key' }))
  }
  const branches = issue.errors?.filter((branch) => branch.length > 0) ?? []
  const depth = (branch: readonly RawIssue[]): number =>
    Math.max(...branch.map((inner) => inner.path.length + (inner.keys === undefined ? 0 : 1)))
  const [furthest] = branches.toSorted((left, right) => depth(right) - depth(left))
  if (furthest !== undefined && depth(furthest) > 0) {
    return furthest.flatMap((inner) => flattenIssue(inner, path))
  }
  // One value in several forms: the form that it has speaks, not the ones it has not.
  const form = branches.find((branch) => branch.every((inner) => inner.code !== 'invalid_type'))
  if (form !== undefined) return form.flatMap((inner) => flattenIssue(inner, path))
  return [{ path, message: issue.message }]
}

/** Where the key at `path` begins, or the item of a list; the nearest parent when it is missing. */
const offsetOf = (document: Document, path: IssuePath): number => {
  for (let length = path.length; length > 0; length--) {
    const parent =
      length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true)
    const name = path[length - 1]
    if (isMap(parent)) {
      const pair = parent.items.find(
        ({ key }) => isScalar(key) && String(key.value) === String(name),
      )
      if (pair !== undefined && isScalar(pair.key) && pair.key.range) return pair.key.range[0]
    }
    const node = document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return node.range[0]
  }
  return 0
}
