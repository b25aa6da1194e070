import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  atMoment,
  readMoment,
  showsNetwork,
  withoutMoment,
} from '../../src-renderer/app/moment-address.ts'

const moment = Date.UTC(2026, 10, 21, 7, 5)

describe('the moment in an address', () => {
  it('is none where it cannot be read', () => {
    for (const search of [
      '',
      'at=',
      'at=yesterday',
      'at=2026-11-21',
      'at=2026-13-41T07:05Z',
      'x=1',
    ]) {
      expect(readMoment(search)).toBeNull()
    }
    // Without a zone it would be another moment on another machine.
    expect(readMoment('at=2026-11-21T07:05')).toBeNull()
  })

  it('is taken out of what a screen reads, and nothing else is', () => {
    expect(withoutMoment('states=online,unknown&at=2026-11-21T07:05Z&pon=0-1-2')).toBe(
      'states=online,unknown&pon=0-1-2',
    )
    expect(withoutMoment('attenuation=3&flat=1')).toBe('attenuation=3&flat=1')
  })

  it('goes along, changes and leaves again', () => {
    const there = atMoment('/onus?states=online', moment)
    expect(there).toBe('/onus?states=online&at=2026-11-21T07:05Z')
    expect(atMoment(there, moment + 1_000)).toBe('/onus?states=online&at=2026-11-21T07:05:01Z')
    expect(atMoment(there, null)).toBe('/onus?states=online')
    expect(atMoment('/', moment)).toBe('/?at=2026-11-21T07:05Z')
  })

  it('is the same whichever second it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (seconds) => {
        const at = seconds * 1_000
        const address = atMoment('/olts', at)
        expect(readMoment(address.slice(address.indexOf('?') + 1))).toBe(at)
      }),
      { seed: 1383 },
    )
  })

  it('is of the pages that show the network', () => {
    const olt = '/olts/01900000-0000-7000-8000-000000000100'
    for (const path of ['/', '/olts', olt, `${olt}/pon/0-1-2`, '/onus']) {
      expect(showsNetwork(path), path).toBe(true)
    }
    for (const path of ['/olts/add', '/alarms', '/settings', '/wall', '/map', '/onusual']) {
      expect(showsNetwork(path), path).toBe(false)
    }
  })
})
