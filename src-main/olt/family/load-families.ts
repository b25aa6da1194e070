import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isMap, isNode, isScalar, LineCounter, parseDocument, type Document } from 'yaml'
import type { ZodType } from 'zod'
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
export const parseFamily = (file: string, yaml: string): OltFamily =>
  parseProfile(file, yaml, familyProfile)

/** A file of a family, by its schema. Errors: ProfileRefused. */
export const parseProfile = <Out>(file: string, yaml: string, schema: ZodType<Out>): Out => {
  const lines = new LineCounter()
  if (isEntangled(yaml)) return refuseWhole(file, 'is nested too deeply, or holds endless lines')
  const document = readDocument(file, yaml, lines)
  if (document.errors.length > 0) {
    throw new ProfileRefused(
      file,
      document.errors.map((error) => {
        const { line, col } = lines.linePos(error.pos[0])
        return { line, column: col, path: '', message: error.message.split('\n')[0] ?? '' }
      }),
    )
  }
  const result = schema.safeParse(plainValue(file, document))
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

/** SECURITY: what is nested or repeated beyond reason is refused like any other mistake. */
const refuseWhole = (file: string, message: string): never => {
  throw new ProfileRefused(file, [{ line: 1, column: 1, path: '', message }])
}

const maxLineLength = 4_000
const maxDepth = 100

/**
 * The reader of YAML goes through thousands of nested brackets slowly and in the engine's thread.
 * Counted are brackets wherever they stand, in texts too: a profile comes nowhere near.
 */
export const isEntangled = (yaml: string): boolean => {
  let depth = 0
  let lineStart = 0
  for (let at = 0; at < yaml.length; at++) {
    const code = yaml.charCodeAt(at)
    if (code === 0x0a) lineStart = at + 1
    else if (code === 0x5b || code === 0x7b) depth++
    else if (code === 0x5d || code === 0x7d) depth = Math.max(0, depth - 1)
    if (depth > maxDepth || at - lineStart > maxLineLength) return true
  }
  return false
}

const readDocument = (file: string, yaml: string, lineCounter: LineCounter): Document => {
  try {
    return parseDocument(yaml, { lineCounter, uniqueKeys: true, version: '1.2', logLevel: 'error' })
  } catch (error) {
    if (error instanceof RangeError) return refuseWhole(file, 'is nested too deeply')
    throw error
  }
}

const plainValue = (file: string, document: Document): unknown => {
  try {
    return document.toJS({ maxAliasCount: 100 })
  } catch (error) {
    if (error instanceof RangeError) return refuseWhole(file, 'is nested too deeply')
    // How the package says that aliases multiply, or that one names nothing.
    if (error instanceof ReferenceError)
      return refuseWhole(file, 'uses aliases that cannot be kept')
    throw error
  }
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
