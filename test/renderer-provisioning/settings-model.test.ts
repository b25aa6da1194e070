import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { onuSerial, onuSettings } from '../../src-shared/contract/provisioning-model.ts'
import { parsePon } from '../../src-renderer/screens/provisioning-form/parse-pon.ts'
import {
  cleanSerial,
  isSerial,
  newEthPort,
  newService,
  newWan,
  newWifi,
  settingsLine,
  settingsProblems,
  withPart,
} from '../../src-renderer/screens/provisioning-form/settings-model.ts'

const hostile = ['a\nb', 'x?', '"x"', 'a b', '%s', '\u0007', 'x'.repeat(65), '', 'x;reboot']

describe('settings that a person types', () => {
  it('are refused here where the contract would refuse them', () => {
    for (const lineProfile of hostile) {
      expect(settingsProblems({ lineProfile }), JSON.stringify(lineProfile)).toContain(
        'lineProfile',
      )
      expect(onuSettings.safeParse({ lineProfile }).success).toBe(false)
    }
    expect(settingsProblems({ description: 'a\nb' })).toEqual(['description'])
    expect(settingsProblems({ description: 'x'.repeat(129) })).toEqual(['description'])
  })

  it('agree with the contract about any profile name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 70 }), (text) => {
        const word = text.trim()
        expect(settingsProblems({ lineProfile: word }).length === 0).toBe(
          onuSettings.safeParse({ lineProfile: word }).success,
        )
      }),
      { seed: 36890 },
    )
  })

  it('need VLANs from 1 to 4094, each port and each network once', () => {
    const service = newService([])
    expect(settingsProblems({ services: [service] })).toEqual([])
    for (const vlan of [0, 4095, 1.5]) {
      expect(settingsProblems({ services: [{ ...service, vlan }] })).toEqual(['services'])
    }
    const port = newEthPort([])
    expect(settingsProblems({ ethPorts: [port, port] })).toEqual(['ethPorts'])
    expect(settingsProblems({ ethPorts: [port, newEthPort([port])] })).toEqual([])
    const wifi = newWifi([])
    expect(settingsProblems({ wifi: [wifi] })).toEqual(['wifi'])
    expect(settingsProblems({ wifi: [{ ...wifi, ssid: 'Rumah' }] })).toEqual([])
  })

  it('need all of a fixed address', () => {
    const wan = { ...newWan(), mode: 'static' as const, ip: '10.0.0.2', mask: '255.255.255.0' }
    expect(settingsProblems({ wan })).toEqual(['wan'])
    expect(settingsProblems({ wan: { ...wan, gateway: '10.0.0.256' } })).toEqual(['wan'])
    expect(settingsProblems({ wan: { ...wan, gateway: '10.0.0.1' } })).toEqual([])
  })

  it('are no longer than the family keeps, whatever is filled in for a template', () => {
    const limits = { name: 0, description: 12 }
    expect(settingsProblems({ name: 'Budi' }, limits)).toEqual(['name'])
    expect(settingsProblems({ description: 'x'.repeat(13) }, limits)).toEqual(['description'])
    expect(settingsProblems({ description: 'new {serial} {pon}' }, limits)).toEqual([])
    expect(settingsProblems({ name: 'Budi' })).toEqual([])
  })

  it('are told apart in one line by their speed too', () => {
    const service = { ...newService([]), userVlan: 100 }
    const fast = { ...service, upProfile: '12', downProfile: '22' }
    expect(settingsLine({ services: [service] })).toBe('vlan 100/100')
    expect(settingsLine({ services: [fast] })).toBe('vlan 100/100 ↓22 ↑12')
  })

  it('leave out what is emptied: it stays as it is', () => {
    expect(withPart({ name: 'x' }, 'name', '')).toEqual({})
    expect(withPart({ services: [newService([])] }, 'services', [])).toEqual({})
    expect(withPart({}, 'lineProfile', 'HOME')).toEqual({ lineProfile: 'HOME' })
    expect(settingsLine({ lineProfile: 'HOME', services: [newService([])] })).toBe(
      'HOME · vlan 100',
    )
  })
})

describe('a serial number', () => {
  it('is refused when it is none', () => {
    for (const text of ['', 'HWTC', 'HWTC0BADF00', 'HWTC0BADF00DD', 'GWTC0BADFOOD', '12 34']) {
      expect(isSerial(text), text).toBe(false)
    }
  })

  it('is taken as it stands on labels', () => {
    expect(cleanSerial(' hwtc-0bad f00d ')).toBe('HWTC0BADF00D')
    expect(cleanSerial('aa:bb:cc:dd:ee:ff')).toBe('AABBCCDDEEFF')
  })

  it('is one exactly where the contract says so', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Ga-g0-9]{10,14}$/), (text) => {
        expect(isSerial(text)).toBe(onuSerial.safeParse(text).success)
      }),
      { seed: 77280 },
    )
  })
})

describe('a PON port', () => {
  it('is shelf, slot and port, with slashes or dashes', () => {
    expect(parsePon('0/1/3')).toEqual({ shelf: 0, slot: 1, port: 3 })
    expect(parsePon(' 1-2-16 ')).toEqual({ shelf: 1, slot: 2, port: 16 })
    for (const text of ['', '0/1', '0/1/3:4', 'a/b/c', '99/1/1', '0/1/3/4']) {
      expect(parsePon(text), text).toBeNull()
    }
  })
})
