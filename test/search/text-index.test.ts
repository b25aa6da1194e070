import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readQuery } from '../../src-main/search/query-terms.ts'
import { createTextIndex, noAddress } from '../../src-main/search/text-index.ts'
import { createTypoMatcher } from '../../src-main/search/typo-distance.ts'
import { packOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { bestBeginning, bruteAddress, bruteSum, type BruteRecord } from './brute-force.ts'

const words = ['melati', 'melatti', 'Café', 'jl', 'jalan', 'rt03', 'Ünal', '12', '120', 'budi']
const word = fc.oneof(
  fc.constantFrom(...words),
  fc.string({ unit: fc.constantFrom(...'abcde1é'), minLength: 1, maxLength: 10 }),
)
const text = fc
  .array(fc.tuple(word, fc.constantFrom(' ', '-', ', ', '. ')), { maxLength: 4 })
  .map((parts) => parts.flat().join(''))
const serial = fc.oneof(
  fc
    .tuple(fc.constantFrom('ZTEG', 'HWTC'), fc.integer({ min: 0, max: 0xffff }))
    .map(([vendor, number]) => vendor + (number * 65_537).toString(16).padStart(8, '0')),
  fc.constantFrom('', 'FHTT-12ab34cd', '12345'),
)
const record: fc.Arbitrary<BruteRecord> = fc.record({
  serial,
  texts: fc.tuple(text, text),
})
const act = fc.record({ at: fc.integer({ min: 0, max: 11 }), record: fc.option(record) })

const folded = (typed: string): string =>
  typed.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()

/** A part of something that is there, or a word of its own. */
const typedWord = (records: readonly BruteRecord[]) =>
  fc.oneof(
    word.map(folded),
    fc.tuple(fc.nat(), fc.nat(), fc.integer({ min: 1, max: 12 })).map(([which, from, length]) => {
      const { serial: number, texts } = records[which % Math.max(1, records.length)] ?? {
        serial: 'abcd',
        texts: [],
      }
      const all = folded(`${number} ${texts.join(' ')}`).replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
      const start = from % Math.max(1, all.length)
      return (
        all
          .slice(start, start + length)
          .trim()
          .split(' ')[0] ?? ''
      )
    }),
  )

const cases = fc.array(act, { minLength: 1, maxLength: 30 }).chain((acts) =>
  fc.tuple(
    fc.constant(acts),
    fc.array(typedWord(acts.flatMap((each) => each.record ?? [])), {
      minLength: 1,
      maxLength: 3,
    }),
  ),
)

/** Puts, replaces and takes out in turn; what stands at the end. */
const play = (acts: readonly { at: number; record: BruteRecord | null }[]) => {
  const index = createTextIndex({ serialField: 0 })
  const there = new Map<number, BruteRecord>()
  for (const { at, record: put } of acts) {
    if (put === null) {
      index.remove(at)
      there.delete(at)
    } else {
      index.put(at, 0, noAddress, [put.serial, ...put.texts])
      there.set(at, put)
    }
  }
  return { index, there }
}

const tierSum = (cost: number): number => (cost & ((1 << 20) - 1)) >> 10

describe('text index', () => {
  it('finds by whole words, beginnings and parts what a look at every text finds', () => {
    fc.assert(
      fc.property(cases, ([acts, typed]) => {
        const query = typed.filter(Boolean)
        const { index, there } = play(acts)
        const { hits, total } = index.find(readQuery(query.join(' ')), { limit: 50 })
        const wanted = [...there].flatMap(([at, each]) => {
          const sum = query.length === 0 ? 0 : bruteSum(each, query, false)
          return sum === 0 ? [] : [{ at, sum }]
        })
        expect(total).toBe(wanted.length)
        expect(hits.map((hit) => hit.record).toSorted()).toEqual(
          wanted.map(({ at }) => at).toSorted(),
        )
        for (const hit of hits) {
          expect(tierSum(hit.cost)).toBe(wanted.find(({ at }) => at === hit.record)!.sum)
          expect(hit.typo).toBe(false)
        }
        const sums = hits.map(({ cost }) => tierSum(cost))
        expect(sums).toEqual(sums.toSorted((one, other) => one - other))
      }),
      { numRuns: 400, seed: 20_261_123 },
    )
  })

  it('finds with typos what a table of distances finds, and those after all others', () => {
    fc.assert(
      fc.property(cases, ([acts, typed]) => {
        const query = typed.filter(Boolean)
        const { index, there } = play(acts)
        const { hits } = index.find(readQuery(query.join(' ')), { limit: 50, typosBelow: 99 })
        const found = (withTypos: boolean): number[] =>
          [...there]
            .filter(([, each]) => query.length > 0 && bruteSum(each, query, withTypos) > 0)
            .map(([at]) => at)
            .toSorted()
        const exact = found(false)
        const meant = [...there.values()].some(
          (each) => query.length > 0 && bruteSum(each, query, false) === query.length,
        )
        expect(hits.map((hit) => hit.record).toSorted()).toEqual(meant ? exact : found(true))
        expect(
          hits
            .filter((hit) => !hit.typo)
            .map((hit) => hit.record)
            .toSorted(),
        ).toEqual(exact)
        expect(hits.findIndex((hit) => hit.typo)).toBe(
          hits.length === exact.length ? -1 : exact.length,
        )
      }),
      { numRuns: 400, seed: 20_261_123 },
    )
  })

  it('finds the same among many words, where beginnings and parts have lists of their own', () => {
    const many: BruteRecord[] = Array.from({ length: 500 }, (_, at) => ({
      serial: `${at % 2 === 0 ? 'ZTEG' : 'HWTC'}${(Math.imul(at + 1, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0')}`,
      texts: [`C${1_000 + at * 7} ${words[at % words.length]!}`, `jl-${at % 40}`],
    }))
    const index = createTextIndex({ serialField: 0 })
    for (const [at, each] of many.entries())
      index.put(at, 0, noAddress, [each.serial, ...each.texts])
    const letters = fc.string({ unit: fc.constantFrom(...'0123456789abcdfgztehw'), maxLength: 1 })
    // A part of what is there, now and then with a letter that is wrong, surplus or missing.
    const typedPart = fc
      .tuple(typedWord(many), fc.nat(), fc.boolean(), fc.boolean(), letters)
      .map(([part, where, spoilt, cuts, letter]) => {
        const at = where % Math.max(1, part.length)
        return spoilt ? part.slice(0, at) + letter + part.slice(cuts ? at + 1 : at) : part
      })
    fc.assert(
      fc.property(fc.array(typedPart, { minLength: 1, maxLength: 2 }), (parts) => {
        const typed = parts.filter(Boolean)
        const { hits, total } = index.find(readQuery(typed.join(' ')), {
          limit: many.length,
          typosBelow: many.length,
        })
        const sums = (withTypos: boolean): number[] =>
          many.map((each) => (typed.length === 0 ? 0 : bruteSum(each, typed, withTypos)))
        const found = (all: readonly number[]): number[] =>
          all.flatMap((sum, at) => (sum > 0 ? [at] : []))
        const exact = sums(false)
        const meant = exact.includes(typed.length) && typed.length > 0
        expect(total).toBe(found(exact).length)
        expect(hits.map(({ record }) => record).toSorted((one, other) => one - other)).toEqual(
          found(meant ? exact : sums(true)),
        )
        for (const { record, typo, cost } of hits) {
          if (!typo) expect(tierSum(cost)).toBe(exact[record])
        }
      }),
      { numRuns: 150, seed: 20_261_123 },
    )
  })

  it('measures the distance to the best beginning as the whole table does', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'abcé'), minLength: 1, maxLength: 14 })
    fc.assert(
      fc.property(letters, letters, fc.constantFrom(1, 2), (typed, other, limit) => {
        const units = Uint16Array.from(other, (unit) => unit.charCodeAt(0))
        const distance = createTypoMatcher(typed, limit).distance(units, 0, units.length)
        const wanted = bestBeginning(typed, other)
        if (wanted <= limit) expect(distance).toBe(wanted)
        else expect(distance).toBeGreaterThan(limit)
      }),
      { numRuns: 2_000, seed: 20_261_123 },
    )
  })

  it('finds addresses by any part that begins or ends one', () => {
    const number = fc.integer({ min: 0, max: 13 })
    const address = fc.record({ shelf: number, slot: number, port: number, onuId: number })
    const typed = fc.oneof(
      address.map(({ shelf, slot, port, onuId }) => `${shelf}/${slot}/${port}:${onuId}`),
      address.map(({ shelf, slot, port }) => `${shelf}/${slot}/${port}`),
      address.map(({ slot, port, onuId }) => `${slot}/${port}:${onuId}`),
      address.map(({ slot, port }) => `${slot}/${port}`),
      address.map(({ shelf, slot, port }) => `${shelf}/${slot}/${port}:`),
      address.map(({ port, onuId }) => `${port}:${onuId}`),
    )
    fc.assert(
      fc.property(fc.array(address, { minLength: 1, maxLength: 40 }), typed, (all, asked) => {
        const index = createTextIndex()
        const packed = all.map(packOnuAddress)
        packed.forEach((each, at) => index.put(at, 0, each, []))
        const { hits } = index.find(readQuery(asked), { limit: 50 })
        expect(hits.map((hit) => hit.record).toSorted()).toEqual(
          packed.flatMap((each, at) => (bruteAddress(asked, each) ? [at] : [])).toSorted(),
        )
      }),
      { numRuns: 500, seed: 20_261_123 },
    )
  })
})

it('what is not within is neither found nor counted, where very many records fit as well', () => {
  const index = createTextIndex()
  const many = 6_000
  for (let at = 0; at < many; at++) index.put(at, 0, noAddress, [`melati ${at}`])
  const within = (at: number): boolean => at % 3 === 0
  for (const typed of ['melati', 'mel', 'melati 5']) {
    const { hits, total } = index.find(readQuery(typed), { limit: 50, within })
    const all = index.find(readQuery(typed), { limit: many }).hits.map((hit) => hit.record)
    expect(total, typed).toBe(all.filter(within).length)
    expect(hits.every(({ record: at }) => within(at))).toBe(true)
  }
})
