import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Output } from '../../src-shared/contract/index.ts'
import { checkFamily } from '../olt/family-check.ts'
import type { OltFamily } from '../olt/family/load-families.ts'
import { readRecording } from '../replay/read-recording.ts'
import { openRecordingSession } from '../replay/recording-session.ts'

type CheckResult = Output<'families.check'>

export interface CaptureChecker {
  readonly check: (family: OltFamily, folder: string) => Promise<CheckResult>
}

/** More than the families of one workspace: the oldest result is worked out again. */
const keptResults = 50

/**
 * Runs families against the recordings beside them, one at a time, and remembers the result for as
 * long as no file of theirs has changed.
 */
export const createCaptureChecker = (families: () => readonly OltFamily[]): CaptureChecker => {
  const results = new Map<string, Promise<CheckResult>>()
  let last: Promise<unknown> = Promise.resolve()

  const run = async (family: OltFamily, folder: string): Promise<CheckResult> => {
    const { captures, issues } = await checkFamily({
      folder,
      others: families().filter((other) => other.family !== family.family),
      captureFolders: [],
      openCapture: async (file) => openRecordingSession(await readRecording(file)),
    })
    const [issue] = issues
    return {
      captures: captures.map(({ capture, result, reason, differences, survey }) => ({
        capture,
        result,
        reason,
        differences: differences.slice(0, 100),
        onus: survey?.onus.length ?? null,
      })),
      problem: issue === undefined ? null : issue.message,
    }
  }

  return {
    check: (family, folder) => {
      const key = `${folder}\n${stateOf(folder)}`
      const known = results.get(key)
      if (known !== undefined) return known
      const result = last.then(() => run(family, folder))
      last = result.catch(() => undefined)
      results.set(key, result)
      result.catch(() => results.delete(key))
      const [oldest] = results.keys()
      if (results.size > keptResults && oldest !== undefined) results.delete(oldest)
      return result
    },
  }
}

/** Changes when the profile, an expectation or a recording does. */
const stateOf = (folder: string): string =>
  ['.', 'expected', 'captures']
    .flatMap((part) => {
      const place = join(folder, part)
      if (!existsSync(place)) return []
      return readdirSync(place).map((name) => {
        const stat = statSync(join(place, name), { throwIfNoEntry: false })
        return `${part}/${name}:${stat?.size}:${stat?.mtimeMs}`
      })
    })
    .toSorted()
    .join('\n')
