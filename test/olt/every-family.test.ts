import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { readExpectations } from '../../src-main/olt/family/expectations.ts'
import { checkFamily, type FamilyCheck } from '../../src-main/olt/family-check.ts'
import { readRecording } from '../../src-main/replay/read-recording.ts'
import { openRecordingSession } from '../../src-main/replay/recording-session.ts'
import { shippedFamilies } from './support/shipped-families.ts'

/**
 * Every family against every recording that belongs to it: its own `captures/`, made up from what is
 * known, and recordings of real devices where they are at hand.
 */
const families = fileURLToPath(new URL('../../assets/olt-families', import.meta.url))
const recordings = fileURLToPath(new URL('../../../shared/captures/snmp', import.meta.url))

const openCapture = async (file: string) => openRecordingSession(await readRecording(file))
const checks = new Map<string, Promise<FamilyCheck>>()

const checkOnce = (name: string): Promise<FamilyCheck> => {
  const known = checks.get(name)
  if (known !== undefined) return known
  const check = checkFamily({
    folder: join(families, name),
    others: shippedFamilies,
    captureFolders: [recordings],
    openCapture,
  })
  checks.set(name, check)
  return check
}

describe.each(shippedFamilies.map(({ family }) => family))('%s', (name) => {
  const captures = readExpectations(join(families, name)).map(({ expected }) => expected.capture)

  it('has a page of what is known, and something to be tested on', async () => {
    expect(existsSync(join(families, name, 'README.md'))).toBe(true)
    expect(captures).toContain('from-facts.snmprec')
    expect((await checkOnce(name)).issues).toEqual([])
  })

  it.each(captures)('reads %s as expected', async (capture) => {
    const { captures: found } = await checkOnce(name)
    const check = found.find((entry) => entry.capture === capture)
    expect(check?.differences).toEqual([])
    expect(check?.result).not.toBe('failed')
  })

  const missing = captures.filter(
    (capture) => !existsSync(join(recordings, capture)) && capture !== 'from-facts.snmprec',
  )
  it.skipIf(missing.length > 0)(
    missing.length === 0
      ? 'has all its recordings at hand'
      : `has all its recordings at hand (skipped: ${missing.join(', ')} not in ${recordings})`,
    async () => {
      const { captures: found } = await checkOnce(name)
      expect(found.filter(({ result }) => result !== 'passed')).toEqual([])
    },
  )
})

describe('every recording at hand', () => {
  const named = new Set(
    shippedFamilies.flatMap(({ family }) =>
      readExpectations(join(families, family)).map(({ expected }) => expected.capture),
    ),
  )
  const isHere = existsSync(recordings)

  it.skipIf(!isHere)(
    isHere ? 'belongs to a family' : `belongs to a family (skipped: none at ${recordings})`,
    () => {
      expect(readdirSync(recordings).filter((file) => !named.has(file))).toEqual([])
    },
  )
})
