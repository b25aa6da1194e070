import { existsSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { isNocturneError } from '../../src-shared/errors.ts'
import { compareSurvey } from './compare-survey.ts'
import { readExpectations, type FamilyExpectation } from './family/expectations.ts'
import type { OltFamily, ProfileIssue } from './family/load-families.ts'
import { codeOf, readInside } from './family/read-inside.ts'
import { isRefused, readFamilyFolder } from './family/user-families.ts'
import { recognise } from './recognise.ts'
import type { SnmpSession } from './snmp/session.ts'
import { surveyOlt, type OltSurvey } from './survey.ts'

export interface CaptureCheck {
  readonly capture: string
  /** `skipped`: the recording is not here, and `reason` says where it was looked for. */
  readonly result: 'passed' | 'failed' | 'skipped'
  readonly reason: string | null
  /** What was expected and not read, as sentences. */
  readonly differences: readonly string[]
  /** Null where nothing could be read. */
  readonly survey: OltSurvey | null
}

export interface FamilyCheck {
  readonly name: string
  readonly folder: string
  readonly ok: boolean
  /** Null when the profile is refused. */
  readonly family: OltFamily | null
  readonly contentHash: string | null
  /** Why the profile, or a file beside it, is refused: with line and column. */
  readonly issues: readonly ProfileIssue[]
  readonly captures: readonly CaptureCheck[]
}

export interface FamilyCheckOptions {
  readonly folder: string
  /** Other families that must not take what this one recognises. */
  readonly others: readonly OltFamily[]
  /** Where recordings may lie besides the family's own `captures/`. */
  readonly captureFolders: readonly string[]
  /** A session with a recording; replay/recording-session.ts makes one. */
  readonly openCapture: (file: string) => Promise<SnmpSession>
}

/**
 * Validates one family and runs it against its recordings: those that its `expected/` names, and all
 * of its `captures/`. Never throws but for a bug.
 */
export const checkFamily = async (options: FamilyCheckOptions): Promise<FamilyCheck> => {
  const { folder, others } = options
  const name = basename(folder)
  const refused = (issues: readonly ProfileIssue[]): FamilyCheck => ({
    name,
    folder,
    ok: false,
    family: null,
    contentHash: null,
    issues,
    captures: [],
  })
  const found = readFamilyFolder(folder)
  if (isRefused(found)) return refused(found.issues)
  const expectations = expectationsOf(folder)
  if (typeof expectations === 'string') {
    return refused([{ line: 1, column: 1, path: 'expected', message: expectations }])
  }
  const families = [found.family, ...others.filter(({ family }) => family !== name)]
  const captures: CaptureCheck[] = []
  for (const { capture, expected } of capturesOf(folder, expectations)) {
    captures.push(await checkCapture(found.family, families, capture, expected, options))
  }
  return {
    name,
    folder,
    ok: captures.every(({ result }) => result !== 'failed'),
    family: found.family,
    contentHash: found.contentHash,
    issues: [],
    captures,
  }
}

const expectationsOf = (folder: string): readonly FamilyExpectation[] | string => {
  try {
    return readExpectations(folder).map(({ expected }) => expected)
  } catch (error) {
    return error instanceof Error ? error.message : 'cannot be read'
  }
}

/** A device of some thousand ONUs takes a tenth of it. */
const maxCaptureBytes = 20_000_000

const ownCaptures = (folder: string): readonly string[] => {
  const captures = join(folder, 'captures')
  return existsSync(captures)
    ? readdirSync(captures).filter((name) => /\.(?:snmprec|snmpwalk|txt)$/u.test(name))
    : []
}

const capturesOf = (
  folder: string,
  expectations: readonly FamilyExpectation[],
): readonly { readonly capture: string; readonly expected: FamilyExpectation | null }[] => {
  const named = new Set(expectations.map(({ capture }) => capture))
  return [
    ...expectations.map((expected) => ({ capture: expected.capture, expected })),
    ...ownCaptures(folder)
      .filter((capture) => !named.has(capture))
      .toSorted()
      .map((capture) => ({ capture, expected: null })),
  ]
}

const checkCapture = async (
  family: OltFamily,
  families: readonly OltFamily[],
  capture: string,
  expected: FamilyExpectation | null,
  { folder, captureFolders, openCapture }: FamilyCheckOptions,
): Promise<CaptureCheck> => {
  const without = (result: 'skipped' | 'failed', reason: string): CaptureCheck => ({
    capture,
    result,
    reason,
    differences: [],
    survey: null,
  })
  const own = readInside(folder, join('captures', capture), maxCaptureBytes)
  if (own.kind === 'refused') return without('failed', own.reason)
  const folders = [join(folder, 'captures'), ...captureFolders]
  const file = folders.map((place) => join(place, capture)).find((path) => existsSync(path))
  if (file === undefined) {
    return without('skipped', `no recording ${capture} in ${folders.join(' or ')}`)
  }
  let session: SnmpSession | null = null
  try {
    session = await openCapture(file)
    const differences = [...(await recognitionDifferences(session, family, families, expected))]
    const survey = await surveyOlt({
      session,
      // A recording without the system group is read all the same.
      requireSystem: expected !== null && expected.recognised !== undefined,
      family,
      utcOffsetMinutes: expected?.utcOffsetMinutes ?? 0,
    })
    if (expected !== null) differences.push(...compareSurvey(expected, survey))
    const result = differences.length === 0 ? 'passed' : 'failed'
    return { capture, result, reason: null, differences, survey }
  } catch (error) {
    if (isNocturneError(error)) return without('failed', error.code)
    if (error instanceof TypeError) return without('failed', error.message)
    const code = codeOf(error)
    if (code === null) throw error
    return without('failed', `cannot be read: ${code}`)
  } finally {
    session?.close()
  }
}

const recognitionDifferences = async (
  session: SnmpSession,
  family: OltFamily,
  families: readonly OltFamily[],
  expected: FamilyExpectation | null,
): Promise<readonly string[]> => {
  const wanted = expected?.recognised
  if (wanted === undefined) return []
  const found = await recognise(session, families)
  if (found.kind === 'unknown') return ['the device is recognised by no family']
  const differences: string[] = []
  if (found.family.family !== family.family) {
    differences.push(`the device is taken for ${found.family.family}: ${found.reason}`)
  }
  if (found.model !== wanted.model) {
    differences.push(`model is ${found.model}, expected ${wanted.model}`)
  }
  if (wanted.reason !== undefined && found.reason !== wanted.reason) {
    differences.push(`the reason is "${found.reason}", expected "${wanted.reason}"`)
  }
  return differences
}
