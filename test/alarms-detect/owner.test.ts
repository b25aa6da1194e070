import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  commands as commandContract,
  queries as queryContract,
} from '../../src-shared/contract/index.ts'
import { alarmTypes } from '../../src-shared/domain/alarm-rules.ts'
import { createDetectors } from '../../src-main/alarms/detect/detectors.ts'
import { usualRule, usualSettings } from '../../src-main/alarms/detect/rule-limits.ts'
import type { CallContext, CommandPlan } from '../../src-main/engine/handlers.ts'
import { packOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { everything, type Reach } from '../../src-main/engine/reach.ts'
import { backupStore } from '../../src-main/store/backup.ts'
import { runCommand } from '../../src-main/store/write-path.ts'
import type { Store } from '../../src-main/store/open-store.ts'
import { keptOlt } from '../network/kept-network.ts'
import { addressOf, onlineOnus } from '../network/onu-columns.ts'
import { rejectionOf } from '../support/error-code.ts'
import {
  idOf,
  newTestStore,
  storeKey,
  temporaryFolder,
  testCall,
} from '../support/store-workspace.ts'
import { createToldSink, createWatchedNetwork } from './watched-network.ts'

let calls = 1

const createOwner = (store: Store = newTestStore(), simulated = false) => {
  const network = createWatchedNetwork()
  network.stop()
  network.walk('status', onlineOnus(4))
  const detectors = createDetectors({
    clock: network.clock,
    reader: store.reader,
    facts: network.facts,
    readPast: () => Promise.reject(new Error('no history here')),
    historyProblem: () => null,
    simulated,
    // The third ONU has an alarm on his desk.
    peopleOfOnu: (oltId, address) =>
      oltId === keptOlt.id && address === packOnuAddress(addressOf(3)) ? [idOf(7)] : [],
    nameOfAccount: (id) => (id === idOf(7) ? 'Sari' : null),
    log: { error: (event) => network.bugs.push(event) },
  })
  const context: CallContext = {
    clientId: 1,
    session: {
      sessionId: idOf(8),
      accountId: idOf(7),
      name: 'Sari',
      role: 'owner',
      permissions: new Set(),
    },
    reach: everything,
    traceId: 'test',
    signal: new AbortController().signal,
    progress: () => undefined,
  }
  const run = async (name: keyof typeof detectors.commands, input: unknown): Promise<unknown> => {
    const handler = detectors.commands[name] as (
      input: unknown,
      context: CallContext,
    ) => CommandPlan<unknown> | Promise<CommandPlan<unknown>>
    const plan = await handler(commandContract[name].input.parse(input), context)
    const { result } = runCommand(store, testCall(calls++, { name }), (tx) => ({
      result: plan.apply(tx),
    }))
    await plan.after?.(result)
    return result
  }
  const ask = async <Name extends keyof typeof detectors.queries>(
    name: Name,
    input: unknown,
    reach: Reach = everything,
  ) => {
    const handler = detectors.queries[name] as (input: unknown, context: CallContext) => unknown
    return queryContract[name].output.parse(
      await handler(queryContract[name].input.parse(input), { ...context, reach }),
    ) as ReturnType<(typeof queryContract)[Name]['output']['parse']>
  }
  return { store, network, detectors, run, ask }
}

describe('rules', () => {
  test('are those of the table until the owner changes one, and again when it is reset', async () => {
    const owner = createOwner()
    const { rules } = await owner.ask('alarms.rules', {})
    expect(rules.map(({ type }) => type)).toEqual([...alarmTypes])
    for (const { type, rule, changed, lastWeek } of rules) {
      expect([rule, changed, lastWeek]).toEqual([usualRule(type), false, 0])
    }
    const rule = { ...usualRule('rx-low'), importantOnly: false, severity: 'major' as const }
    await owner.run('alarms.setRule', { type: 'rx-low', rule })
    expect(owner.detectors.rules.rule('rx-low')).toEqual(rule)
    const later = createOwner(owner.store)
    const known = (await later.ask('alarms.rules', {})).rules.find(({ type }) => type === 'rx-low')
    expect(known).toEqual({ type: 'rx-low', rule, changed: true, lastWeek: 0 })
    const before = later.detectors.rules.revision()
    await later.run('alarms.resetRule', { type: 'rx-low' })
    expect(later.detectors.rules.rule('rx-low')).toEqual(usualRule('rx-low'))
    expect(later.detectors.rules.revision()).toBeGreaterThan(before)
  })

  test('with a limit out of its span change nothing, and the field is named', async () => {
    const owner = createOwner()
    const usual = usualRule('onu-flapping')
    const rule = { ...usual, limits: { ...usual.limits, windowMinutes: 2 } }
    const error = await rejectionOf(owner.run('alarms.setRule', { type: 'onu-flapping', rule }))
    expect(error.params).toEqual({ field: 'limits.windowMinutes', min: 5, max: 1_440 })
    expect(owner.detectors.rules.rule('onu-flapping')).toEqual(usual)
  })

  test('that cannot be read any more are those of the table', () => {
    const owner = createOwner()
    runCommand(owner.store, testCall(calls++), (tx) => {
      for (const [type, rule] of [
        ['pon-down', '{"enabled":"perhaps"}'],
        ['gone-type', JSON.stringify(usualRule('pon-down'))],
      ] as const) {
        tx.run('INSERT INTO alarm_rule (type, rule, changed_at) VALUES (?, ?, 1)', type, rule)
      }
      return { result: {} }
    })
    const later = createOwner(owner.store)
    expect(later.detectors.rules.rule('pon-down')).toEqual(usualRule('pon-down'))
  })

  test('name no OLT that is not reached, and do not become rules for all by it', async () => {
    const owner = createOwner()
    const rule = { ...usualRule('rx-low'), oltIds: [keptOlt.id, idOf(9)] }
    await owner.run('alarms.setRule', { type: 'rx-low', rule })
    const oltIds = async (type: string, ...olts: string[]) => {
      const reach: Reach = { kind: 'regions', accountId: null, olts: new Set(olts) }
      const { rules } = await owner.ask('alarms.rules', {}, reach)
      return rules.find((one) => one.type === type)?.rule.oltIds
    }
    expect(await oltIds('rx-low', keptOlt.id)).toEqual([keptOlt.id])
    const none = await oltIds('rx-low', idOf(8))
    expect(none).toHaveLength(1)
    expect([keptOlt.id, idOf(9)]).not.toContain(none?.[0])
    expect(await oltIds('rx-high', keptOlt.id)).toEqual([])
  })

  test('count what they raised within the last week, repeats too', async () => {
    const owner = createOwner()
    const now = owner.network.clock.now()
    runCommand(owner.store, testCall(calls++), (tx) => {
      tx.run(
        `INSERT INTO alarm (id, version, identity, kind, type, qualifier, severity, trend, params,
          search, raised_at, changed_at, alert_at, count, affected_onus, important)
         VALUES ('a', 1, 'x', 'console', 'pon-down', '', 0, 'same', '{}', '', 1, 1, 1, 1, 1, 0)`,
      )
      for (const [kind, at, times] of [
        ['raised', now - 86_400_000, 1],
        ['repeated', now - 1_000, 4],
        ['raised', now - 8 * 86_400_000, 50],
        ['cleared', now, 9],
      ] as const) {
        tx.run(
          'INSERT INTO alarm_event (alarm_id, at, kind, times) VALUES (?, ?, ?, ?)',
          'a',
          at,
          kind,
          times,
        )
      }
      return { result: {} }
    })
    // The alarm is the console's: of no region.
    const region: Reach = { kind: 'regions', accountId: null, olts: new Set([keptOlt.id]) }
    const within = (await owner.ask('alarms.rules', {}, region)).rules
    expect(within.filter(({ lastWeek }) => lastWeek > 0)).toEqual([])
    const { rules } = await owner.ask('alarms.rules', {})
    expect(rules.filter(({ lastWeek }) => lastWeek > 0)).toMatchObject([
      { type: 'pon-down', lastWeek: 5 },
    ])
  })

  test('take effect with the next walk', async () => {
    const owner = createOwner()
    const { sink, held } = createToldSink()
    owner.detectors.start(sink)
    const offline = { onuId: 2, state: 'offline', cause: 'los' } as const
    const walk = (): void =>
      owner.network.walk('status', [...onlineOnus(1), offline, ...onlineOnus(2, 3)])
    walk()
    expect([...held.keys()]).toEqual([])
    const rule = { ...usualRule('onu-offline-optical'), importantOnly: false }
    await owner.run('alarms.setRule', { type: 'onu-offline-optical', rule })
    walk()
    expect([...held.keys()]).toEqual(['onu-offline-optical 0/1/1:2'])
    await owner.run('alarms.setRule', {
      type: 'onu-offline-optical',
      rule: { ...rule, enabled: false },
    })
    walk()
    expect([...held.keys()]).toEqual([])
    owner.detectors.stop()
  })
})

describe('settings', () => {
  test('are kept, and refused where steps of escalation do not rise', async () => {
    const owner = createOwner()
    expect((await owner.ask('alarms.rules', {})).settings).toEqual(usualSettings)
    const settings = { ...usualSettings, groupingS: 45, escalateAfterMinutes: [5] }
    await owner.run('alarms.configure', settings)
    expect(createOwner(owner.store).detectors.rules.settings()).toEqual(settings)
    const wrong = { ...settings, escalateAfterMinutes: [5, 5] }
    expect((await rejectionOf(owner.run('alarms.configure', wrong))).code).toBe('invalid-input')
  })
})

describe('the guide', () => {
  test('is there in both languages, with the note of the operators until it is emptied', async () => {
    const owner = createOwner()
    const read = (language: 'en' | 'id') =>
      owner.ask('alarms.guide', { type: 'pon-down', language })
    const english = await read('en')
    expect(english).toMatchObject({ type: 'pon-down', note: null })
    expect((await read('id')).meaning).not.toBe(english.meaning)
    await owner.run('alarms.setGuideNote', { type: 'pon-down', text: ' Call Budi first. ' })
    expect((await read('id')).note).toEqual({
      text: 'Call Budi first.',
      by: 'Sari',
      at: owner.network.clock.now(),
    })
    await owner.run('alarms.setGuideNote', { type: 'pon-down', text: '' })
    expect((await read('en')).note).toBeNull()
  })
})

describe('important ONUs', () => {
  const onu = (onuId: number, oltId = keptOlt.id) => ({ oltId, address: addressOf(onuId) })

  test('are marked, listed and taken off again', async () => {
    const owner = createOwner()
    const set = (important: boolean, ...ids: number[]) =>
      owner.run('alarms.setImportant', {
        onus: ids.map((onuId) => onu(onuId)),
        important,
        label: 'Clinic',
      })
    expect(await set(true, 1, 3)).toEqual({ acted: 2 })
    const listed = async () => (await owner.ask('alarms.important', {})).onus
    expect(await listed()).toMatchObject([
      { ...onu(1), label: 'Clinic' },
      { ...onu(3), label: 'Clinic' },
    ])
    const region = (oltId: string): Reach => ({
      kind: 'regions',
      accountId: idOf(7),
      olts: new Set([oltId]),
    })
    const own: Reach = { kind: 'own', accountId: idOf(7), olts: new Set() }
    const within = async (reach: Reach) => (await owner.ask('alarms.important', {}, reach)).onus
    expect(await within(region(idOf(9)))).toEqual([])
    expect(await within(region(keptOlt.id))).toHaveLength(2)
    expect(await within(own)).toMatchObject([onu(3)])
    expect(await within({ ...own, accountId: idOf(6) })).toEqual([])
    expect(await set(false, 3, 4)).toEqual({ acted: 1 })
    expect(await listed()).toMatchObject([onu(1)])
  })

  test('that are not there are refused, and the list stays as it is', async () => {
    const owner = createOwner()
    for (const [missing, what] of [
      [onu(99), 'onu'],
      [onu(1, idOf(9)), 'olt'],
    ] as const) {
      const error = await rejectionOf(
        owner.run('alarms.setImportant', { onus: [onu(1), missing], important: true }),
      )
      expect([error.code, error.params]).toEqual(['not-found', { what }])
    }
    expect((await owner.ask('alarms.important', {})).onus).toEqual([])
  })
})

describe('a backup', () => {
  const overdueAfter = (days: number, owner: ReturnType<typeof createOwner>): boolean => {
    const { sink, held } = createToldSink()
    owner.network.clock.jump(1_800_000_000_000 + days * 86_400_000 - owner.network.clock.now())
    owner.detectors.start(sink)
    owner.network.wait(0.5)
    owner.detectors.stop()
    return held.has('backup-overdue console')
  }
  const withAudit = (simulated = false) => {
    const store = newTestStore()
    runCommand(store, testCall(calls++, { at: 1_800_000_000_000 }), () => ({ result: {} }))
    return createOwner(store, simulated)
  }

  test('is overdue a week after the workspace was made, and never on a simulated plant', () => {
    expect(overdueAfter(6.9, withAudit())).toBe(false)
    expect(overdueAfter(7.1, withAudit())).toBe(true)
    expect(overdueAfter(700, withAudit(true))).toBe(false)
  })

  test('that was made is remembered, and counts from then', async () => {
    const owner = withAudit()
    const header = await backupStore(owner.store, {
      to: join(temporaryFolder(), 'one.backup'),
      key: storeKey,
      proveChain: () => ({ ok: true }),
      now: 1_800_000_000_000 + 5 * 86_400_000,
      commandId: idOf(90_000),
    })
    expect(header.format).toBe(1)
    expect(overdueAfter(11, owner)).toBe(false)
    expect(overdueAfter(13, owner)).toBe(true)
  })
})

test('without a history the usual light is not known, and that is no error', async () => {
  const owner = createOwner()
  expect(await owner.ask('alarms.degradation', {})).toEqual({ pons: [], mediansAt: null })
  expect(owner.detectors.light(keptOlt.id, 1)).toBeNull()
})
