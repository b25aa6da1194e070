import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { commands, queries } from '../../src-shared/contract/index.ts'
import {
  addInputOf,
  checkOltField,
  emptyOltForm,
  formOfOlt,
  nameFromDevice,
  probedConnection,
  probeInputOf,
  updateInputOf,
  type OltForm,
  type OltFormField,
} from '../../src-renderer/screens/network-olts/olt-form.ts'
import { sampleOlt } from './sample-olt.ts'

const taskId = '0193a5c0-0000-7000-8000-0000000000aa'
const filled: OltForm = { ...emptyOltForm, host: ' 10.1.2.3 ', community: 'public', name: ' East ' }

describe('fields of the form are refused', () => {
  test.each([
    ['host', '', 'host-missing'],
    ['host', 'http://olt', 'host-characters'],
    ['host', 'two words', 'host-characters'],
    ['port', '', 'port-range'],
    ['port', '0', 'port-range'],
    ['port', '65536', 'port-range'],
    ['port', '16.1', 'port-range'],
    ['community', '', 'community-missing'],
    ['community', 'two words', 'community-characters'],
    ['community', 'público', 'community-characters'],
    ['community', 'x'.repeat(65), 'community-long'],
    ['name', '  ', 'name-missing'],
    ['name', 'x'.repeat(81), 'name-long'],
    ['name', 'a\u0007b', 'name-characters'],
    ['statusMinutes', '0.1', 'status-range'],
    ['statusMinutes', 'often', 'status-range'],
    ['countersMinutes', '0', 'counters-range'],
    ['opticsMinutes', '1', 'optics-range'],
    ['note', 'x'.repeat(2001), 'note-long'],
  ] as const)('%s "%s": %s', (field, value, error) => {
    expect(checkOltField(field, value)).toBe(error)
  })

  test('an empty community is refused for a new OLT and means "as it is" for a known one', () => {
    expect(checkOltField('community', '')).toBe('community-missing')
    expect(checkOltField('community', '', true)).toBeUndefined()
  })
})

describe('from the form to the engine', () => {
  test('whatever the form lets through, the contract accepts', () => {
    const text = fc.string({ maxLength: 90 })
    fc.assert(
      fc.property(
        fc.record({
          host: fc.oneof(text, fc.domain(), fc.ipV4(), fc.ipV6()),
          port: fc.oneof(text, fc.integer({ min: -5, max: 70_000 }).map(String)),
          community: text,
          name: text,
          opticClass: fc.constantFrom('B+' as const, 'C+' as const),
          statusMinutes: fc.oneof(
            text,
            fc.double({ min: 0, max: 2000, noNaN: true }).map((v) => v.toFixed(2)),
          ),
          countersMinutes: fc.oneof(text, fc.nat(2000).map(String)),
          opticsMinutes: fc.oneof(text, fc.nat(20_000).map(String)),
          note: text,
        }),
        (form) => {
          const refused = (Object.keys(form) as OltFormField[]).some(
            (field) => checkOltField(field, form[field]) !== undefined,
          )
          if (refused) return
          expect(commands['network.addOlt'].input.safeParse(addInputOf(form)).success).toBe(true)
          expect(queries['network.probe'].input.safeParse(probeInputOf(form, taskId)).success).toBe(
            true,
          )
        },
      ),
      { numRuns: 500 },
    )
  })

  test('spaces around host and name do not travel; minutes become seconds', () => {
    expect(addInputOf({ ...filled, statusMinutes: '0,5' })).toEqual({
      name: 'East',
      host: '10.1.2.3',
      port: 161,
      community: 'public',
      opticClass: 'B+',
      intervals: { statusS: 30, countersS: 300, opticsS: 3600 },
      note: null,
    })
  })

  test('a test of one address or community does not vouch for another', () => {
    expect(probedConnection(filled)).toBe(probedConnection({ ...filled, name: 'West' }))
    expect(probedConnection(filled)).not.toBe(probedConnection({ ...filled, community: 'other' }))
    expect(probedConnection(filled)).not.toBe(probedConnection({ ...filled, port: '162' }))
  })
})

describe('the name a device offers', () => {
  test('a device without a name offers none', () => {
    expect(nameFromDevice(null)).toBe('')
    expect(nameFromDevice(' \t ')).toBe('')
  })

  test('whatever a device calls itself, the name field takes what is left of it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 255 }), (sysName) => {
        const name = nameFromDevice(sysName)
        expect(name === '' ? undefined : checkOltField('name', name)).toBeUndefined()
      }),
    )
  })
})

describe('editing', () => {
  test('the form of a known OLT shows no community', () => {
    expect(formOfOlt(sampleOlt()).community).toBe('')
  })

  test('an untouched form changes nothing, whatever the intervals are', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 15, max: 86_400 }),
        fc.integer({ min: 60, max: 86_400 }),
        fc.integer({ min: 300, max: 604_800 }),
        (statusS, countersS, opticsS) => {
          const olt = sampleOlt({ intervals: { statusS, countersS, opticsS }, note: 'by the door' })
          expect(updateInputOf(olt, formOfOlt(olt))).toBeUndefined()
        },
      ),
    )
  })

  test('only what was changed travels, with the version that was edited', () => {
    const olt = sampleOlt()
    expect(updateInputOf(olt, { ...formOfOlt(olt), name: 'North 2', community: 'new' })).toEqual({
      oltId: olt.id,
      baseVersion: 3,
      name: 'North 2',
      community: 'new',
    })
  })

  test('emptying the note removes it', () => {
    const olt = sampleOlt({ note: 'old' })
    expect(updateInputOf(olt, { ...formOfOlt(olt), note: '  ' })).toEqual({
      oltId: olt.id,
      baseVersion: 3,
      note: null,
    })
  })
})
