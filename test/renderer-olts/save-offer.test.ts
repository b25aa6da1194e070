import { describe, expect, test } from 'vitest'
import type { ProbeResult } from '../../src-shared/contract/network-model.ts'
import { errorCodes } from '../../src-shared/errors.ts'
import english from '../../assets/locales/en/network.json' with { type: 'json' }
import indonesian from '../../assets/locales/id/network.json' with { type: 'json' }
import { checksFor, probeChecks } from '../../src-renderer/screens/network-olts/probe-checks.ts'
import { saveOffer } from '../../src-renderer/screens/network-olts/save-offer.ts'

const done = (result: ProbeResult, connection = 'here') =>
  ({ kind: 'done', connection, result }) as const

const unknown: ProbeResult = {
  kind: 'unknown-family',
  sysName: null,
  sysDescr: null,
  sysObjectId: null,
  interfaces: 4,
  ponInterfaces: 2,
  answerMs: null,
}

describe('what "save" means', () => {
  test('before a test, and while it runs, saving is saving untested', () => {
    expect(saveOffer({ kind: 'idle' }, 'here')).toMatchObject({
      label: 'saveUntested',
      tested: false,
    })
    expect(saveOffer({ kind: 'cancelled' }, 'here')).toMatchObject({ label: 'saveUntested' })
  })

  test('a test of another connection vouches for nothing', () => {
    expect(saveOffer(done(unknown, 'elsewhere'), 'here')).toEqual({
      label: 'saveUntested',
      tested: false,
      outdated: true,
    })
  })

  test('what failed or is no OLT can be saved only "all the same"', () => {
    const failed = done({ kind: 'failed', problem: { code: 'olt-no-answer', params: {} } })
    const other = done({ kind: 'not-an-olt', sysName: null, sysDescr: null, sysObjectId: null })
    expect(saveOffer(failed, 'here')).toMatchObject({ label: 'saveAnyway', tested: false })
    expect(saveOffer(other, 'here')).toMatchObject({ label: 'saveAnyway', tested: false })
  })

  test('an OLT of no known family is saved with the generic view', () => {
    expect(saveOffer(done(unknown), 'here')).toMatchObject({ label: 'saveGeneric', tested: true })
  })
})

describe('what to check after a test that failed', () => {
  test.each([
    'olt-no-answer',
    'olt-no-snmp-answer-community',
    'olt-no-snmp-answer-v3',
    'olt-v3-unknown-user',
    'olt-v3-wrong-auth',
    'olt-v3-wrong-priv',
    'olt-v3-level-refused',
    'olt-v3-clock',
    'olt-v3-algorithm-missing',
    'olt-access-denied',
    'olt-host-unresolvable',
    'olt-port-closed',
    'olt-walk-looped',
    'olt-walk-too-long',
    'olt-answer-garbage',
    'olt-silent-mid-walk',
    'olt-too-big',
    'olt-not-an-olt',
  ] as const)('%s has something to check', (code) => {
    expect(checksFor(code).length).toBeGreaterThan(0)
  })

  test('a silent community is looked for in the community first', () => {
    expect(checksFor('olt-no-snmp-answer-community')[0]).toBe('community')
  })

  test('every check has its words in both languages', () => {
    for (const words of [english, indonesian]) {
      expect(Object.keys(words.olts.probe.checks).toSorted()).toEqual([...probeChecks].toSorted())
    }
  })

  test('a code that says nothing about the way there names no check', () => {
    expect(errorCodes.filter((code) => !code.startsWith('olt-')).flatMap(checksFor)).toEqual([
      ...checksFor('timeout'),
    ])
  })
})

/** Keys with their parameters; plural forms differ by language, so only their stem counts. */
const shape = (node: unknown, path = ''): readonly string[] =>
  typeof node === 'string'
    ? [
        `${path.replace(/_(?:one|other)$/, '')} ${[...node.matchAll(/\{\{(\w+)\}\}/g)]
          .map((match) => match[1])
          .toSorted()
          .join(' ')}`,
      ]
    : Object.entries(node as Readonly<Record<string, unknown>>).flatMap(([key, child]) =>
        shape(child, `${path}.${key}`),
      )

describe('texts', () => {
  test.each(['dashboard', 'olts'] as const)('%s: both languages say the same things', (part) => {
    expect([...new Set(shape(indonesian[part]))].toSorted()).toEqual(
      [...new Set(shape(english[part]))].toSorted(),
    )
  })
})
