import { describe, expect, it } from 'vitest'
import { everything, type Reach } from '../../src-main/engine/reach.ts'
import { packOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { addressOf } from '../network/onu-columns.ts'
import { idOf } from '../support/store-workspace.ts'
import { searchTickets } from '../../src-main/search/list-searches.ts'
import { createSearchBench } from './search-bench.ts'

const host = '192.0.2.1'
const three = [
  { onuId: 1, serial: 'ZTEGC0FFEE01', name: 'Café Pelangi, Jl. Melati 12' },
  { onuId: 2, serial: 'ZTEGC0FFEE02', name: 'Budi, Jl. Melati 120' },
  { onuId: 12, port: 3, serial: 'HWTC1234ABCD', name: 'Sari, Jl. Kenanga 3' },
]

const withThree = async (more: Parameters<typeof createSearchBench>[0] = {}) => {
  const bench = createSearchBench(more)
  const oltId = await bench.addOlt('Karang-01', host)
  bench.onus(host, three)
  await bench.begin()
  return { ...bench, oltId }
}

describe('the search refuses', () => {
  it('whoever may not read a kind of record to find it', async () => {
    const { names } = await withThree()
    expect(await names('karang', { permissions: ['network.onu.read'] })).not.toContain(
      'olt Karang-01',
    )
    expect(await names('karang', { permissions: ['network.olt.read'] })).toEqual([
      'olt Karang-01',
      'pon 0/1/1',
      'pon 0/1/3',
    ])
    expect(await names('karang', { permissions: [] })).toEqual([])
  })

  it('to ask a list that the caller may not read', async () => {
    const asked: string[] = []
    const { find } = await withThree({
      alarms: (text) => {
        asked.push(text)
        return { rows: [], total: 0 }
      },
    })
    await find('karang', { permissions: ['network.onu.read'] })
    expect(asked).toEqual([])
    await find('karang')
    expect(asked).toEqual(['karang'])
  })

  it('to look at tickets for who may not see them, or beyond the reach of who asks', async () => {
    const asked: Reach[] = []
    const tickets = searchTickets((_input, { reach }) => {
      asked.push(reach)
      return { tickets: [], total: 0, states: [], revision: 1, at: 0 }
    })
    const { find } = await withThree({ tickets })
    await find('karang', { permissions: ['network.onu.read'] })
    expect(asked).toEqual([])
    const part = { kind: 'part', oltIds: new Set<string>(), accountId: null } as const
    await find('karang', { permissions: ['tickets.ticket.read'], reach: part as never })
    expect(asked).toEqual([part])
  })

  it('to hide what it has found because one list fails', async () => {
    const { names, failures } = await withThree({
      outages: () => {
        throw new Error('broken')
      },
    })
    expect(await names('c0ffee01')).toEqual(['onu ZTEGC0FFEE01'])
    expect(failures).toHaveLength(1)
  })

  it('an account to find and count what it does not reach', async () => {
    const asked: Reach[] = []
    const bench = createSearchBench({
      alarms: (_text, _limit, { reach }) => {
        asked.push(reach)
        return { rows: [], total: 0 }
      },
    })
    const mine = await bench.addOlt('Karang-01', host)
    const foreign = await bench.addOlt('Karang-02', '192.0.2.2')
    bench.onus(host, three)
    bench.onus('192.0.2.2', [
      { onuId: 1, serial: 'ZTEGC0FFEE91', name: 'Café Lain, Jl. Melati 9' },
      { onuId: 2, serial: 'ZTEGC0FFEE92', name: 'Dewi, Jl. Kenanga 9' },
    ])
    const node = { kind: 'odb', path: 'ODB', parentId: null, street: 'Melati' } as const
    const nodes = ['mine', 'shared', 'foreign', 'unfed'].map((name, at) => ({
      ...node,
      id: idOf(0x90 + at),
      name,
    }))
    bench.setNodes(nodes)
    const oltIdsOf = { mine: [mine], shared: [mine, foreign], foreign: [foreign] }
    for (const [at, oltIds] of Object.values(oltIdsOf).entries()) {
      bench.nodeBelongs.set(nodes[at]!.id, { oltIds })
    }
    await bench.begin()
    const region = (...oltIds: string[]): Reach => ({
      kind: 'regions',
      accountId: 'a',
      olts: new Set(oltIds),
    })
    const own: Reach = { kind: 'own', accountId: 'a', olts: new Set() }
    const found = async (text: string, reach: Reach) => {
      const names = await bench.names(text, { reach })
      return { names, totals: (await bench.find(text, { reach })).totals }
    }
    const whole = await found('melati', everything)
    expect(whole.totals).toMatchObject({ onus: 3, nodes: 4 })
    const part = await found('melati', region(mine))
    expect(part.names.toSorted()).toEqual([
      'node mine',
      'node shared',
      'node unfed',
      'onu ZTEGC0FFEE01',
      'onu ZTEGC0FFEE02',
    ])
    expect(part.totals).toMatchObject({ onus: 2, nodes: 3 })
    expect((await found('karang', region(mine))).totals).toMatchObject({ olts: 1, pons: 2 })
    expect((await found('karang', region(mine))).names).not.toContain('olt Karang-02')
    // Several words, a serial, an address and a typo go other ways through the index.
    expect((await found('dewi kenanga', region(mine))).totals.onus).toBe(0)
    const serial = await found('c0ffee91', region(mine))
    expect(serial.totals.onus).toBe(0)
    expect(serial.names).not.toContain('onu ZTEGC0FFEE91')
    expect((await found('0/1/1:2', region(mine))).totals.onus).toBe(1)
    expect((await found('kenagna', region(foreign))).names).toEqual(['onu ZTEGC0FFEE92'])
    expect((await found('melati', region())).totals).toMatchObject({ onus: 0, olts: 0 })

    expect((await found('melati', own)).names).toEqual([])
    bench.own.push({ accountId: 'a', oltId: foreign, address: packOnuAddress(addressOf(1)) })
    expect((await found('melati', own)).names).toEqual(['onu ZTEGC0FFEE91'])
    expect((await found('karang', own)).names).toEqual(['onu ZTEGC0FFEE91'])
    expect((await found('melati', { ...own, accountId: 'b' })).names).toEqual([])
    // The lists of alarms and outages are asked within the same.
    expect(asked.at(-1)).toMatchObject({ kind: 'own', accountId: 'b' })
  })

  it('an empty text, and one without a letter', async () => {
    const { names } = await withThree()
    expect(await names('')).toEqual([])
    expect(await names(' - , ')).toEqual([])
  })
})

describe('the search finds an ONU', () => {
  it('by a part of its serial, in any case, without the vendor, and by its hex form', async () => {
    const { names } = await withThree()
    for (const text of [
      'ztegc0ffee01',
      'C0ffee01',
      'ffee01',
      'ZTEG-C0FFEE01',
      '5a544547c0ffee01',
    ]) {
      expect(await names(text), text).toContain('onu ZTEGC0FFEE01')
    }
    expect(await names('ee')).toEqual([])
  })

  it('by words of several texts, without their accents, the whole word before its beginning', async () => {
    const { names } = await withThree()
    expect(await names('cafe melati')).toEqual(['onu ZTEGC0FFEE01'])
    expect(await names('melati 12')).toEqual(['onu ZTEGC0FFEE01', 'onu ZTEGC0FFEE02'])
    expect(await names('melati sari')).toEqual([])
  })

  it('by its address, with the name of its OLT before it or not', async () => {
    const { names } = await withThree()
    expect(await names('0/1/3:12')).toEqual(['onu HWTC1234ABCD'])
    expect(await names('karang 0/1/3:')).toEqual(['onu HWTC1234ABCD'])
    expect(await names('karang 0/1/3')).toEqual(['pon 0/1/3', 'onu HWTC1234ABCD'])
  })

  it('by a text with a typo, marked as such, and not where enough is found without', async () => {
    const { find } = await withThree()
    const { hits, totals } = await find('kenagna')
    expect(hits).toMatchObject([{ kind: 'onu', typo: true, onu: { serial: 'HWTC1234ABCD' } }])
    expect(totals.onus).toBe(0)
  })

  it('by its street address as soon as the outside plant knows it', async () => {
    const { names, oltId, setStreet, runFor } = await withThree()
    expect(await names('cempaka')).toEqual([])
    setStreet(oltId, packOnuAddress(addressOf(2)), 'Jl. Cempaka Raya 7, RT 03/05')
    await runFor(3_000, 100)
    expect(await names('cempaka')).toEqual(['onu ZTEGC0FFEE02'])
    expect(await names('03/05')).toEqual(['onu ZTEGC0FFEE02'])
  })

  it('by its new name after the next reading, and no longer by the old one', async () => {
    const { names, onus, run, oltId, runFor } = await withThree()
    onus(host, [{ ...three[0]!, name: 'Warung Senja' }, ...three.slice(1)])
    await run('network.pollNow', { oltId, group: 'identity' })
    await runFor(5_000, 100)
    expect(await names('warung')).toEqual(['onu ZTEGC0FFEE01'])
    expect(await names('pelangi')).toEqual([])
  })

  it('by serial alone where only numbers are asked for', async () => {
    const { names } = await withThree()
    expect(await names('budi', { onlyIds: true })).toEqual([])
    expect(await names('c0ffee02', { onlyIds: true })).toEqual(['onu ZTEGC0FFEE02'])
  })

  it('no more when its OLT is removed, and again when that is restored', async () => {
    const { names, run, oltId, runFor } = await withThree()
    await run('network.removeOlt', { oltId, baseVersion: 1 })
    await runFor(3_000, 100)
    expect(await names('melati')).toEqual([])
    expect(await names('karang')).toEqual([])
    await run('network.restoreOlt', { oltId, baseVersion: 2 })
    await runFor(3_000, 100)
    expect(await names('melati')).toEqual(['onu ZTEGC0FFEE01', 'onu ZTEGC0FFEE02'])
  })
})

describe('the search', () => {
  it('says where in the texts the letters stand', async () => {
    const { find } = await withThree()
    const { hits } = await find('melati c0ffee02')
    expect(hits[0]?.matches).toEqual([
      { field: 'serial', spans: [{ start: 4, end: 12 }] },
      { field: 'name', spans: [{ start: 10, end: 16 }] },
    ])
  })

  it('puts the kind with the best record first, and counts all of it', async () => {
    const { find, names } = await withThree()
    expect(await names('karang-01', { limit: 2 })).toEqual([
      'olt Karang-01',
      'pon 0/1/1',
      'pon 0/1/3',
      'onu ZTEGC0FFEE01',
      'onu ZTEGC0FFEE02',
    ])
    const { totals } = await find('karang-01', { limit: 1 })
    expect(totals).toMatchObject({ olts: 1, pons: 2, onus: 3 })
  })

  it('finds an OLT by a new name, its ONUs too', async () => {
    const { names, run, oltId, runFor } = await withThree()
    await run('network.updateOlt', { oltId, baseVersion: 1, name: 'Pantai-07' })
    await runFor(3_000, 100)
    expect(await names('pantai', { scopes: ['olts'] })).toEqual(['olt Pantai-07'])
    expect(await names('pantai 0/1/3:12')).toEqual(['onu HWTC1234ABCD'])
    expect(await names('karang')).toEqual([])
  })

  it('finds nodes of the outside plant, and forgets those that go', async () => {
    const { names, setNodes, runFor } = await withThree()
    const node = { kind: 'odb', parentId: null, street: 'Jl. Anggrek 4' } as const
    setNodes([
      { ...node, id: idOf(1), name: 'ODB-17', path: 'West › ODB-17' },
      { ...node, id: idOf(2), name: 'ODB-18', path: 'West › ODB-18' },
    ])
    await runFor(3_000, 100)
    expect(await names('west odb 17')).toEqual(['node ODB-17'])
    expect(await names('anggrek')).toEqual(['node ODB-17', 'node ODB-18'])
    setNodes([])
    await runFor(3_000, 100)
    expect(await names('anggrek')).toEqual([])
  })
})
