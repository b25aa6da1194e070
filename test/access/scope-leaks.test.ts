import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { commands, queries } from '../../src-shared/contract/index.ts'
import type { CommandDefinition, QueryDefinition } from '../../src-shared/contract/define.ts'
import { oltOfNamedOnu } from '../../src-shared/domain/scope.ts'
import { scopeRuleOf } from '../../src-main/engine/reach.ts'
import { createInputs } from '../hardening/inputs-of.ts'
import { seededRandom } from '../support/seeded-random.ts'
import {
  atOwn,
  atOwner,
  atRegion,
  call,
  clock,
  foreign,
  foreignOlt,
  foreignThings,
  holds,
  ids,
  must,
  newId,
  own,
  ownOlt,
  startTwoRegions,
  stepUp,
  stopTwoRegions,
  textOf,
  thePlant,
  told,
  until,
  usual,
} from './two-regions.ts'

/**
 * The whole engine on a plant of two OLTs, each in a region of its own, with something of every kind
 * on both. Whoever reaches the one is asked every query of the contract with inputs of all sorts:
 * nothing of the other comes back, by no answer and no event, and no command touches it.
 */

beforeAll(startTwoRegions, 120_000)
afterAll(stopTwoRegions)

/** They take long, reach out of the process, or make keys: once is enough. */
const slow = new Set(['handover.pdf', 'network.probe', 'network.oltInterfaces', 'backups.settings'])
/** Asked of an OLT over the network, which waits for the clock. */
const untouched = new Set(['network.probe', 'network.oltInterfaces', 'families.check'])

describe('whoever reaches one region', () => {
  beforeEach(stepUp)

  it('is told nothing of the other by any query of the contract', async () => {
    const random = seededRandom(20_261_123)
    const pick = <Value>(from: readonly Value[]): Value =>
      from[Math.floor(random() * from.length)] as Value
    const inputOf = createInputs(pick, random, ids)
    const leaks = new Set<string>()
    const wrong = new Set<string>()
    const ownerSees = new Set<string>()
    const regionSees = new Set<string>()
    for (const [name, definition] of Object.entries<QueryDefinition>(queries)) {
      if (untouched.has(name)) continue
      const inputs = [
        {},
        ...(usual()[name] ?? []),
        ...Array.from({ length: slow.has(name) ? 1 : 20 }, () => inputOf(definition.input)),
      ]
      for (const made of inputs) {
        const input = definition.input.safeParse(made)
        if (!input.success) continue
        const rule = scopeRuleOf(definition)
        const named = typeof rule === 'function' ? rule(input.data as never) : []
        for (const clientId of [atRegion, atOwn]) {
          const reply = await call(clientId, name, made)
          const leak = holds(
            textOf(reply),
            clientId === atOwn ? new Set([...foreign, ...own]) : foreign,
          )
          // What was asked for by its id may come back as that, but in a refusal.
          if (leak !== null && reply.ok) leaks.add(`${name} to ${clientId}: ${leak}`)
          const code = reply.ok ? 'ok' : reply.error.code
          const mustRefuse =
            rule === 'everything' || named.some(({ kind, id }) => kind === 'olt' && foreign.has(id))
          if (mustRefuse && code !== 'beyond-scope') wrong.add(`${name}: ${code}`)
          if (code === 'internal') wrong.add(`${name}: ${code}`)
          if (clientId === atRegion && reply.ok && holds(textOf(reply), own) !== null) {
            regionSees.add(name)
          }
        }
        const all = await call(atOwner, name, made)
        if (all.ok && holds(textOf(all), foreign) !== null) ownerSees.add(name)
      }
    }
    expect([...leaks]).toEqual([])
    expect([...wrong]).toEqual([])
    // The other side is there to be seen: by who reaches everything.
    const both = [...ownerSees].filter((name) => regionSees.has(name))
    expect(both.length).toBeGreaterThan(20)
    expect(both).toEqual(expect.arrayContaining(Object.keys(usual())))
  }, 120_000)

  it('is told nothing of it by any event', async () => {
    thePlant().control({
      kind: 'cut-drop',
      olt: foreignOlt,
      which: { onus: [thePlant().truth(foreignOlt).onus[4]!.onu] },
    })
    thePlant().control({
      kind: 'cut-drop',
      olt: ownOlt,
      which: { onus: [thePlant().truth(ownOlt).onus[4]!.onu] },
    })
    const seen = told.length
    type Alarms = { total: number }
    const before = (await must<Alarms>('alarms.list', {})).total
    await until(async () => (await must<Alarms>('alarms.list', {})).total >= before + 2)
    clock.advance(2_000)
    const toRegion = told.slice(seen).filter(({ clientId }) => clientId === atRegion)
    expect(toRegion.length).toBeGreaterThan(0)
    expect(
      told.filter(({ clientId, text }) => clientId === atRegion && holds(text, foreign) !== null),
    ).toEqual([])
    expect(
      told.filter(
        ({ clientId, text }) =>
          clientId === atOwn && holds(text, new Set([...foreign, ...own])) !== null,
      ),
    ).toEqual([])
  }, 120_000)

  it('is refused every command that names something of it, and those for the whole workspace', async () => {
    const random = seededRandom(4_711)
    const pick = <Value>(from: readonly Value[]): Value =>
      from[Math.floor(random() * from.length)] as Value
    const inputOf = createInputs(
      pick,
      random,
      [...foreign].filter((text) => ids.includes(text)),
    )
    const wrong = new Set<string>()
    const refused = new Set<string>()
    for (const [name, definition] of Object.entries<CommandDefinition>(commands)) {
      const rule = scopeRuleOf(definition)
      if (typeof rule === 'string' && rule !== 'everything') continue
      for (let turn = 0; turn < 60; turn++) {
        const made = inputOf(definition.input)
        const input = definition.input.safeParse(made)
        const named = typeof rule === 'function' && input.success ? rule(input.data as never) : []
        const isForeign = named.some(
          ({ kind, id }) =>
            foreignThings.has(`${kind} ${id}`) ||
            (kind === 'onu' && foreignThings.has(`olt ${oltOfNamedOnu(id)}`)),
        )
        if (rule !== 'everything' && !isForeign) continue
        const reply = await call(atRegion, name, { commandId: newId(), input: made })
        const code = reply.ok ? 'done' : reply.error.code
        // Of the owner's alone: refused before that.
        if (code === 'beyond-scope' || code === 'permission-denied') refused.add(name)
        else wrong.add(`${name}: ${code}`)
        break
      }
    }
    expect([...wrong]).toEqual([])
    expect(refused.size).toBeGreaterThan(80)
  }, 120_000)

  it('acts by a filter on nothing of it', async () => {
    const filter = { list: 'open' }
    const { total } = await must<{ total: number }>('alarms.list', { filter }, atRegion)
    const acted = await must<{ acted: number }>(
      'alarms.acknowledge',
      { which: { filter, expected: total } },
      atRegion,
    )
    expect(acted.acted).toBe(total)
    type Rows = { alarms: { oltName: string | null; acknowledged: object | null }[] }
    const { alarms } = await must<Rows>('alarms.list', {})
    const there = alarms.filter(({ oltName }) => oltName === foreignOlt)
    expect(there.length).toBeGreaterThan(0)
    expect(there.every(({ acknowledged }) => acknowledged === null)).toBe(true)
  })

  it('loses at its next call what is taken out of its region', async () => {
    const reaches = async (): Promise<number> =>
      (await must<{ olts: object[] }>('network.olts', {}, atRegion)).olts.length
    expect(await reaches()).toBe(1)
    const [region] = (
      await must<{ regions: { id: string; version: number }[] }>('access.regions', {})
    ).regions
    await must('access.saveRegion', {
      regionId: region!.id,
      baseVersion: region!.version,
      name: 'North',
      oltIds: [],
    })
    expect(await reaches()).toBe(0)
  })
})
