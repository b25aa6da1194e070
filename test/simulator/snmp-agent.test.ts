import { describe, expect, it } from 'vitest'
import { ask, get, manualClock, smallPlant, walk } from '../support/simulated-plant.ts'
import { decodeReply, encodeRequest, orderOids } from '../support/snmp-datagrams.ts'

const plant = smallPlant(manualClock())
const sysDescr = '1.3.6.1.2.1.1.1.0'
const sysUpTime = '1.3.6.1.2.1.1.3.0'
const ifName = '1.3.6.1.2.1.31.1.1.1.1'
const [noSuchObject, noSuchInstance, endOfMibView] = [0x80, 0x81, 0x82]

describe('the agent refuses', () => {
  it('to answer a wrong community', () => {
    const request = encodeRequest({ kind: 'get', oids: [sysDescr], community: 'public' })
    expect(plant.answer('HW', request)).toBeUndefined()
  })

  it('to answer octets that are no request', () => {
    expect(plant.answer('HW', Buffer.from('not snmp at all'))).toBeUndefined()
    expect(plant.answer('HW', new Uint8Array(0))).toBeUndefined()
  })

  it('to write: notWritable for what is there, noAccess for what is not', () => {
    const there = ask(plant, 'HW', { kind: 'set', oids: [sysDescr] })
    expect(there).toMatchObject({ errorStatus: 17, errorIndex: 1 })
    expect(there.bindings.map((binding) => binding.oid)).toEqual([sysDescr])
    const absent = ask(plant, 'HW', { kind: 'set', oids: ['1.3.6.1.2.1.99.1.0'] })
    expect(absent).toMatchObject({ errorStatus: 6, errorIndex: 1 })
  })

  it('a GET whose answer would not fit, with tooBig and no bindings', () => {
    const oids = Array.from({ length: 60 }, () => sysDescr)
    expect(ask(plant, 'HW', { kind: 'get', oids })).toMatchObject({
      errorStatus: 1,
      errorIndex: 0,
      bindings: [],
    })
  })

  it('GETBULK with 0 repetitions by silence, on the firmware that hangs', () => {
    const hanging = smallPlant(manualClock(), { quirks: { hangsOnZeroRepetitions: true } })
    const request = encodeRequest({ kind: 'getBulk', oids: [ifName], maxRepetitions: 0 })
    expect(hanging.answer('ZT', request)).toBeUndefined()
    expect(plant.answer('ZT', request)).toBeDefined()
  })
})

describe('the agent misbehaves on demand', () => {
  const big = encodeRequest({ kind: 'getBulk', oids: [ifName], maxRepetitions: 1000 })

  it('answers tooBig, or nothing, to a GETBULK that would not fit', () => {
    const stubborn = smallPlant(manualClock())
    stubborn.control({ kind: 'oversized-bulk', olt: 'HW', answer: 'too-big' })
    expect(decodeReply(stubborn.answer('HW', big) as Uint8Array)).toMatchObject({
      errorStatus: 1,
      bindings: [],
    })
    stubborn.control({ kind: 'oversized-bulk', olt: 'HW', answer: 'drop' })
    expect(stubborn.answer('HW', big)).toBeUndefined()
    const small = { kind: 'getBulk', oids: [ifName], maxRepetitions: 3 } as const
    expect(ask(stubborn, 'HW', small).bindings).toHaveLength(3)
  })

  it('cuts tables short', () => {
    const lazy = smallPlant(manualClock())
    lazy.control({ kind: 'truncate', olt: 'ZT', rows: 4 })
    expect(walk(lazy, 'ZT', '1.3.6.1.4.1.3902.1012.3.28.2.1.4', 20)).toHaveLength(4)
    lazy.control({ kind: 'truncate', olt: 'ZT', rows: null })
    expect(walk(lazy, 'ZT', '1.3.6.1.4.1.3902.1012.3.28.2.1.4', 20)).toHaveLength(11)
  })
})

describe('the agent answers GET', () => {
  it('with noSuchObject where no object is', () => {
    expect(get(plant, 'HW', '1.3.6.1.2.1.99.1.0').tag).toBe(noSuchObject)
    expect(get(plant, 'HW', '1.3.6.1').tag).toBe(noSuchObject)
  })

  it('with noSuchInstance for a row that is not there, too short or too long', () => {
    expect(get(plant, 'HW', `${ifName}.7`).tag).toBe(noSuchInstance)
    expect(get(plant, 'HW', ifName).tag).toBe(noSuchInstance)
    expect(get(plant, 'HW', '1.3.6.1.2.1.1.1.0.0').tag).toBe(noSuchInstance)
  })

  it('with noSuchInstance for a column that the firmware lacks, and noSuchObject for what it does not know', () => {
    const lean = smallPlant(manualClock(), {
      quirks: { lackingColumns: ['1.3.6.1.2.1.1.4'], unknownObjects: ['1.3.6.1.2.1.1.6'] },
    })
    expect(get(lean, 'HW', '1.3.6.1.2.1.1.4.0').tag).toBe(noSuchInstance)
    expect(get(lean, 'HW', '1.3.6.1.2.1.1.6.0').tag).toBe(noSuchObject)
    const [next] = ask(lean, 'HW', { kind: 'getNext', oids: ['1.3.6.1.2.1.1.3.0'] }).bindings
    expect(next?.oid).toBe('1.3.6.1.2.1.1.5.0')
  })

  it('for each name in the order asked, with the request id as it came', () => {
    const reply = ask(plant, 'HW', { kind: 'get', oids: [sysUpTime, sysDescr], requestId: -12_345 })
    expect(reply.requestId).toBe(-12_345)
    expect(reply.bindings.map((binding) => binding.oid)).toEqual([sysUpTime, sysDescr])
    expect(Buffer.from(reply.bindings[1]?.value ?? []).toString()).toBe(
      'Huawei Integrated Access Software',
    )
  })
})

describe('the agent answers GETNEXT and GETBULK', () => {
  it('with endOfMibView and the name asked for, past the last variable', () => {
    const [binding] = ask(plant, 'HW', { kind: 'getNext', oids: ['1.3.7'] }).bindings
    expect(binding).toMatchObject({ oid: '1.3.7', tag: endOfMibView })
    const bulk = ask(plant, 'HW', { kind: 'getBulk', oids: ['1.3.7'], maxRepetitions: 5 })
    expect(bulk.bindings).toHaveLength(1)
  })

  it('with non-repeaters once and repeaters row by row', () => {
    const reply = ask(plant, 'HW', {
      kind: 'getBulk',
      oids: ['1.3.6.1.2.1.1.1', '1.3.6.1.2.1.2.2.1.1', ifName],
      nonRepeaters: 1,
      maxRepetitions: 3,
    })
    expect(reply.bindings.map((binding) => binding.oid.replace(/\.\d+$/, ''))).toEqual([
      '1.3.6.1.2.1.1.1',
      ...Array.from({ length: 3 }, () => ['1.3.6.1.2.1.2.2.1.1', ifName]).flat(),
    ])
  })

  it('with the non-repeaters alone when no repetition is asked for', () => {
    const oids = [sysDescr, ifName]
    const reply = ask(plant, 'HW', { kind: 'getBulk', oids, nonRepeaters: 1, maxRepetitions: 0 })
    expect(reply.bindings.map((binding) => binding.oid)).toEqual(['1.3.6.1.2.1.1.2.0'])
  })

  it('within the greatest size of an answer, however much is asked', () => {
    for (const bytes of [484, 900, 1400, 9000]) {
      plant.control({ kind: 'max-reply-bytes', olt: 'ZT', bytes })
      const oids = ['1.3.6.1.2.1.1', '1.3.6.1.4.1.3902.1012.3.28.1.1.3']
      const request = encodeRequest({ kind: 'getBulk', oids, maxRepetitions: 100_000 })
      const answer = plant.answer('ZT', request) as Uint8Array
      expect(answer.length).toBeLessThanOrEqual(bytes)
      expect(decodeReply(answer).bindings.length).toBeGreaterThan(4)
    }
    plant.control({ kind: 'max-reply-bytes', olt: 'ZT', bytes: 1400 })
  })

  it('repeating endOfMibView under the last name for a column that has ended', () => {
    const last = '1.3.6.1.4.1.2011.6.128.1.1.4.23.1.6'
    const reply = ask(plant, 'HW', {
      kind: 'getBulk',
      oids: [last, '1.3.6.1.2.1.1'],
      maxRepetitions: 14,
    })
    const ended = reply.bindings.filter((binding) => binding.tag === endOfMibView)
    expect(ended.length).toBeGreaterThan(0)
    expect(new Set(ended.map((binding) => binding.oid)).size).toBe(1)
    expect(orderOids(ended[0]?.oid ?? '', last)).toBe(1)
  })

  it('with the same OID again and again when told to loop', () => {
    const looping = smallPlant(manualClock())
    looping.control({ kind: 'loop', olt: 'HW', mode: 'repeat' })
    const [first] = ask(looping, 'HW', { kind: 'getNext', oids: [ifName] }).bindings
    const again = ask(looping, 'HW', {
      kind: 'getBulk',
      oids: [first?.oid ?? ''],
      maxRepetitions: 4,
    })
    expect(again.bindings.map((binding) => binding.oid)).toEqual(Array(4).fill(first?.oid))
  })

  it('with a column that starts again when told to cycle', () => {
    const looping = smallPlant(manualClock())
    looping.control({ kind: 'loop', olt: 'ZT', mode: 'cycle' })
    const column = '1.3.6.1.4.1.3902.1012.3.28.2.1.4'
    const { bindings } = ask(looping, 'ZT', { kind: 'getBulk', oids: [column], maxRepetitions: 25 })
    expect(bindings).toHaveLength(25)
    expect(bindings[11]?.oid).toBe(bindings[0]?.oid)
  })
})
