import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { commands, queries } from '../../src-shared/contract/index.ts'
import { snmpAuthAlgorithms, snmpPrivAlgorithms } from '../../src-shared/contract/snmp-access.ts'
import {
  addInputOf,
  checkOltField,
  checkOltForm,
  connectionFields,
  emptyOltForm,
  formOfOlt,
  nameFromDevice,
  probedConnection,
  probeInputOf,
  updateInputOf,
  type OltForm,
} from '../../src-renderer/screens/network-olts/olt-form.ts'
import { snmpChoices } from '../../src-renderer/screens/network-olts/snmp-access-form.ts'
import { sampleOlt } from './sample-olt.ts'

const taskId = '0193a5c0-0000-7000-8000-0000000000aa'
const filled: OltForm = {
  ...emptyOltForm,
  access: '2c',
  host: ' 10.1.2.3 ',
  community: 'public',
  name: ' East ',
}
const withUser: OltForm = {
  ...emptyOltForm,
  host: '10.1.2.3',
  name: 'East',
  userName: ' noc ',
  authPassword: 'signing it all',
  privPassword: 'hiding it all',
}
const userOlt = sampleOlt({
  snmpVersion: '3',
  userName: 'noc',
  authAlgorithm: 'sha256',
  privAlgorithm: 'aes128',
})

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
    ['userName', ' ', 'user-missing'],
    ['userName', 'x'.repeat(33), 'user-long'],
    ['authPassword', '', 'auth-missing'],
    ['authPassword', 'a\u0000b', 'v3-characters'],
    ['privPassword', '', 'priv-missing'],
    ['privPassword', 'x'.repeat(256), 'v3-long'],
    ['contextName', '\u0007', 'v3-characters'],
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

  test('empty secrets are refused for a new OLT and mean "as it is" for a known one', () => {
    const noSecrets = { community: '', authPassword: '', privPassword: '' }
    expect(checkOltForm({ ...filled, ...noSecrets })).toEqual({ community: 'community-missing' })
    expect(checkOltForm({ ...filled, ...noSecrets }, sampleOlt())).toEqual({})
    expect(checkOltForm({ ...withUser, ...noSecrets })).toEqual({
      authPassword: 'auth-missing',
      privPassword: 'priv-missing',
    })
    expect(checkOltForm({ ...withUser, ...noSecrets }, userOlt)).toEqual({})
  })

  test('a secret that was never stored is needed, whatever else is known of the OLT', () => {
    const empty = { authPassword: '', privPassword: '' }
    expect(checkOltForm({ ...withUser, ...empty }, sampleOlt())).toEqual({
      authPassword: 'auth-missing',
      privPassword: 'priv-missing',
    })
    expect(checkOltForm({ ...withUser, ...empty }, { ...userOlt, privAlgorithm: null })).toEqual({
      privPassword: 'priv-missing',
    })
    expect(checkOltForm({ ...filled, community: '' }, userOlt)).toEqual({
      community: 'community-missing',
    })
    expect(checkOltForm({ ...filled, access: '1', community: '' }, sampleOlt())).toEqual({})
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
          access: fc.constantFrom(...snmpChoices),
          community: text,
          userName: text,
          authAlgorithm: fc.constantFrom(...snmpAuthAlgorithms),
          authPassword: text,
          privAlgorithm: fc.constantFrom(...snmpPrivAlgorithms),
          privPassword: text,
          contextName: text,
          name: text,
          opticClass: fc.constantFrom('B+' as const, 'C+' as const),
          statusMinutes: fc.oneof(
            text,
            fc.double({ min: 0, max: 2000, noNaN: true }).map((v) => v.toFixed(2)),
          ),
          countersMinutes: fc.oneof(text, fc.nat(2000).map(String)),
          opticsMinutes: fc.oneof(text, fc.nat(20_000).map(String)),
          opticsPolling: fc.constantFrom('family' as const, 'on' as const, 'off' as const),
          note: text,
        }),
        (form) => {
          if (Object.keys(checkOltForm(form)).length > 0) return
          expect(commands['network.addOlt'].input.safeParse(addInputOf(form)).success).toBe(true)
          expect(queries['network.probe'].input.safeParse(probeInputOf(form, taskId)).success).toBe(
            true,
          )
        },
      ),
      { seed: 20409, numRuns: 500 },
    )
  })

  test('spaces around host and name do not travel; minutes become seconds', () => {
    expect(addInputOf({ ...filled, statusMinutes: '0,5' })).toEqual({
      name: 'East',
      host: '10.1.2.3',
      port: 161,
      snmpVersion: '2c',
      community: 'public',
      opticClass: 'B+',
      intervals: { statusS: 30, countersS: 300, opticsS: 3600 },
      opticsPolling: 'family',
      note: null,
    })
  })

  test('only what belongs to the chosen version travels', () => {
    const both = { ...withUser, community: 'public' }
    const user = {
      taskId,
      host: '10.1.2.3',
      port: 161,
      snmpVersion: '3',
      userName: 'noc',
      authAlgorithm: 'sha256',
      authPassword: 'signing it all',
    }
    expect(probeInputOf({ ...both, access: '3-authNoPriv' }, taskId)).toEqual(user)
    expect(probeInputOf({ ...both, contextName: ' ring ' }, taskId)).toEqual({
      ...user,
      privAlgorithm: 'aes128',
      privPassword: 'hiding it all',
      contextName: 'ring',
    })
    expect(probeInputOf({ ...both, access: '1' }, taskId)).toEqual({
      taskId,
      host: '10.1.2.3',
      port: 161,
      snmpVersion: '1',
      community: 'public',
    })
  })

  test('a new OLT begins with SNMPv3, authenticated and encrypted', () => {
    expect(emptyOltForm.access).toBe('3-authPriv')
    expect(snmpChoices[0]).toBe('3-authPriv')
    expect(connectionFields(emptyOltForm)).not.toContain('community')
  })

  test('a test of one address or community does not vouch for another', () => {
    expect(probedConnection(filled)).toBe(probedConnection({ ...filled, name: 'West' }))
    expect(probedConnection(filled)).not.toBe(probedConnection({ ...filled, community: 'other' }))
    expect(probedConnection(filled)).not.toBe(probedConnection({ ...filled, port: '162' }))
    expect(probedConnection(filled)).not.toBe(probedConnection({ ...filled, access: '1' }))
    expect(probedConnection(filled)).toBe(probedConnection({ ...filled, authPassword: 'x' }))
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
      { seed: 89635 },
    )
  })
})

describe('editing', () => {
  test('the form of a known OLT shows its user and no secret', () => {
    expect(formOfOlt(sampleOlt()).community).toBe('')
    expect(formOfOlt(userOlt)).toMatchObject({
      access: '3-authPriv',
      userName: 'noc',
      authAlgorithm: 'sha256',
      authPassword: '',
      privAlgorithm: 'aes128',
      privPassword: '',
    })
    expect(formOfOlt(sampleOlt({ snmpVersion: '1' })).access).toBe('1')
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
      { seed: 13525 },
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

  test('of a user, too, only what was changed travels', () => {
    const edited = { oltId: userOlt.id, baseVersion: 3 }
    const form = formOfOlt(userOlt)
    expect(updateInputOf(userOlt, form)).toBeUndefined()
    expect(updateInputOf(userOlt, { ...form, authPassword: 'another' })).toEqual({
      ...edited,
      authPassword: 'another',
    })
    expect(updateInputOf(userOlt, { ...form, access: '3-authNoPriv', privPassword: 'x' })).toEqual({
      ...edited,
      privAlgorithm: null,
    })
    expect(updateInputOf(userOlt, { ...form, access: '2c', community: 'public' })).toEqual({
      ...edited,
      snmpVersion: '2c',
      community: 'public',
    })
    expect(
      updateInputOf(sampleOlt(), {
        ...formOfOlt(sampleOlt()),
        ...withUser,
        name: 'North 1',
        host: '10.0.0.1',
      }),
    ).toEqual({
      ...edited,
      snmpVersion: '3',
      userName: 'noc',
      authAlgorithm: 'sha256',
      authPassword: 'signing it all',
      privAlgorithm: 'aes128',
      privPassword: 'hiding it all',
    })
  })

  test('whatever is changed of the way in, the contract accepts', () => {
    const olts = [
      sampleOlt(),
      sampleOlt({ snmpVersion: '1' }),
      userOlt,
      { ...userOlt, privAlgorithm: null },
    ]
    for (const olt of olts) {
      for (const access of snmpChoices) {
        const form = {
          ...formOfOlt(olt),
          access,
          userName: 'ops',
          community: 'word',
          authPassword: 'a',
          privPassword: 'b',
        }
        const input = updateInputOf(olt, form)
        expect(commands['network.updateOlt'].input.safeParse(input).error).toBeUndefined()
      }
    }
  })

  test('how its light is read travels only when that was changed', () => {
    const olt = sampleOlt({ opticsPolling: 'on' })
    const form = formOfOlt(olt)
    expect(form.opticsPolling).toBe('on')
    expect(updateInputOf(olt, { ...form, opticsPolling: 'off' })).toEqual({
      oltId: olt.id,
      baseVersion: 3,
      opticsPolling: 'off',
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
