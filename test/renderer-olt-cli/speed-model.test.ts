import { describe, expect, it } from 'vitest'
import {
  columnsWith,
  sortEntries,
  type CatalogueEntry,
} from '../../src-renderer/screens/olt-catalogue/catalogue-model.ts'
import {
  choicesFor,
  gapsOf,
  isMissing,
  suggested,
  unmapped,
} from '../../src-renderer/screens/olt-catalogue/speed-model.ts'

const entry = (id: string, rest: Partial<CatalogueEntry> = {}): CatalogueEntry => ({
  id,
  name: id,
  downKbps: null,
  upKbps: null,
  ethPorts: null,
  voicePorts: null,
  wifi: null,
  inUse: null,
  ...rest,
})
const speed = { name: 'Home 50', downKbps: 50_000, upKbps: 25_000 }

describe('what stands for a speed on an OLT', () => {
  it('is a gap where nothing sets the rate, a service profile alone included', () => {
    const onOlts = [
      { ...unmapped('a'), lineProfile: 'HOME-50' },
      { ...unmapped('b'), serviceProfile: 'ROUTER' },
    ]
    const olts = [{ id: 'a' }, { id: 'b' }, { id: 'c' }]
    expect(gapsOf({ onOlts }, olts)).toEqual([{ id: 'b' }, { id: 'c' }])
  })

  it('is never guessed where two profiles fit alike', () => {
    const rate = { downKbps: 51_200, upKbps: 25_600 }
    const lists = { 'line-profiles': [entry('A', rate), entry('B', rate)] }
    expect(suggested(speed, unmapped('a'), lists).lineProfile).toBeNull()
  })

  it('is suggested by its rates, in thousands or in 1,024s, or by its name among several', () => {
    const rate = { downKbps: 51_200, upKbps: 25_600 }
    const one = { 'line-profiles': [entry('A', rate), entry('B', { downKbps: 9, upKbps: 9 })] }
    expect(suggested(speed, unmapped('a'), one).lineProfile).toBe('A')
    const named = { 'line-profiles': [entry('A', rate), entry('B', { ...rate, name: 'home 50' })] }
    expect(suggested(speed, unmapped('a'), named).lineProfile).toBe('B')
  })

  it('is not chosen from tables that limit the other direction alone', () => {
    const both = entry('both', { downKbps: 9, upKbps: 9 })
    const [up, down] = [entry('up', { upKbps: 9 }), entry('down', { downKbps: 9 })]
    const untold = entry('untold')
    const entries = [both, up, down, untold]
    expect(choicesFor('upProfile', entries)).toEqual([both, up, untold])
    expect(choicesFor('downProfile', entries)).toEqual([both, down, untold])
    expect(choicesFor('lineProfile', entries)).toEqual(entries)
  })

  it('stays where somebody has chosen it', () => {
    const lists = { 'line-profiles': [entry('A', { downKbps: 50_000, upKbps: 25_000 })] }
    const own = { ...unmapped('a'), lineProfile: 'OWN' }
    expect(suggested(speed, own, lists).lineProfile).toBe('OWN')
    expect(isMissing(lists, 'line-profiles', 'OWN')).toBe(true)
    expect(isMissing({}, 'line-profiles', 'OWN')).toBe(false)
  })
})

describe('a catalogue', () => {
  it('shows only columns that the OLT tells anything for', () => {
    expect(columnsWith([entry('1'), entry('2', { wifi: false })])).toEqual(['id', 'name', 'wifi'])
  })

  it('counts in ids, and puts what is not told last both ways', () => {
    const entries = [entry('10'), entry('9'), entry('2', { downKbps: 5 })]
    const ids = (column: 'id' | 'downKbps', descending: boolean) =>
      sortEntries(entries, { column, descending }).map(({ id }) => id)
    expect(ids('id', false)).toEqual(['2', '9', '10'])
    expect(ids('downKbps', false)).toEqual(['2', '9', '10'])
    expect(ids('downKbps', true)).toEqual(['2', '9', '10'])
  })
})
