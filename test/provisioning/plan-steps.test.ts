import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { deviceStepKinds, type DeviceStepKind } from '../../src-shared/domain/device-steps.ts'
import { configDifferences, type OnuConfig } from '../../src-shared/domain/onu-config.ts'
import { packOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { planMove, planSteps } from '../../src-main/provisioning/plans/plan-steps.ts'
import { createModelOlt, modelConfig, modelService, type ModelOlt } from '../support/model-olt.ts'
import { at } from '../support/provisioning-bed.ts'

/** What the families' cli.yaml can say (facts/olt.md 9): all of it, or with gaps. */
const without = (...kinds: readonly DeviceStepKind[]): readonly DeviceStepKind[] =>
  deviceStepKinds.filter((kind) => !kinds.includes(kind))
const families: Readonly<Record<string, readonly DeviceStepKind[]>> = {
  whole: deviceStepKinds,
  'no serial change': without('set-serial'),
}

const profile = fc.constantFrom('10', '20', '30')
const text = fc.constantFrom('', 'a', 'Jalan 5', 'x-y')
const service = fc
  .record({ vlan: fc.integer({ min: 100, max: 103 }), limit: fc.constantFrom(null, '50M', '100M') })
  .map(({ vlan, limit }) => modelService(vlan, { upProfile: limit, downProfile: limit }))
const config: fc.Arbitrary<OnuConfig> = fc.record({
  serial: fc.constantFrom('TEST00000001', 'TEST00000002'),
  onuType: fc.constantFrom('F601', 'F660'),
  lineProfile: profile,
  serviceProfile: profile,
  name: text,
  description: text,
  adminEnabled: fc.boolean(),
  services: fc.uniqueArray(service, { maxLength: 4, selector: ({ vlan }) => vlan }),
  ethPorts: fc
    .tuple(fc.boolean(), fc.constantFrom(110, 120))
    .map(([adminEnabled, vlan]) =>
      [1, 2].map((port) => ({ port, mode: 'access' as const, vlan, adminEnabled })),
    ),
  wan: fc.constantFrom('bridge' as const, 'dhcp' as const).map((mode) => ({
    mode,
    vlan: mode === 'bridge' ? null : 200,
    ip: null,
    mask: null,
    gateway: null,
    userName: null,
  })),
  wifi: fc.constantFrom('home', 'cafe').map((ssid) => [{ index: 1, ssid, enabled: true }]),
})

const address = at(5)
const signal = new AbortController().signal

const carryOut = async (olt: ModelOlt, steps: ReturnType<typeof planSteps>['steps']) => {
  await olt.port.withWriter(signal, async (writer) => {
    for (const step of steps) {
      const outcome = await writer.run(step, signal)
      expect(outcome.kind, `${step.kind}`).toBe('done')
    }
  })
  return olt.port.readOnu(address, signal)
}

const expectSame = (found: OnuConfig | null, wanted: OnuConfig | null): void => {
  if (found === null || wanted === null) expect(found).toBe(wanted)
  else expect(configDifferences(wanted, found)).toEqual([])
}

describe.each(Object.entries(families))('steps of a family (%s)', (_, steps) => {
  const abilities = { steps, needs: [] }
  const maybe = fc.option(config, { nil: null })

  test('reach what is wanted, and the inverse brings back what was', async () => {
    await fc.assert(
      fc.asyncProperty(maybe, maybe, async (before, after) => {
        const olt = createModelOlt('a', 'A', { steps })
        if (before !== null) olt.onus.set(packOnuAddress(address), before)
        const there = planSteps(before, after, address, abilities)
        expect(there.cannot).toEqual([])
        const reached = await carryOut(olt, there.steps)
        expectSame(reached, after)
        const back = planSteps(reached, before, address, abilities)
        expectSame(await carryOut(olt, back.steps), before)
      }),
      { numRuns: 300, seed: 1 },
    )
  })

  test('are none where nothing differs', () => {
    fc.assert(
      fc.property(config, (one) => {
        expect(planSteps(one, structuredClone(one), address, abilities).steps).toEqual([])
      }),
      { seed: 2 },
    )
  })

  test('a move takes away there first and puts the same here', async () => {
    await fc.assert(
      fc.asyncProperty(config, async (one) => {
        const here = createModelOlt('a', 'A', { steps })
        const there = createModelOlt('b', 'B', { steps })
        here.onus.set(packOnuAddress(at(9)), one)
        const parts = planMove(
          { place: { oltId: 'a', address: at(9) }, config: one },
          { place: { oltId: 'b', address }, now: null, config: one },
          () => abilities,
        )
        expect(parts.map(({ oltId }) => oltId)).toEqual(['a', 'b'])
        await carryOut(here, parts[0]!.planned.steps)
        expect(here.onus.size).toBe(0)
        expectSame(await carryOut(there, parts[1]!.planned.steps), one)
      }),
      { numRuns: 50, seed: 3 },
    )
  })
})

describe('what a family cannot say', () => {
  const one = modelConfig('TEST00000001')

  test('is told by part, and the rest is still planned', () => {
    const abilities = { steps: without('set-wan', 'set-wifi'), needs: [] }
    const after = { ...one, name: 'new', wan: { ...one.wan!, mode: 'dhcp' as const } }
    const { steps, cannot } = planSteps(one, after, address, abilities)
    expect(steps.map(({ kind }) => kind)).toEqual(['describe'])
    expect(cannot).toEqual([
      { part: 'wan', problem: { code: 'cli-family-cannot', params: { step: 'set-wan' } } },
    ])
  })

  test('adding without what the family needs is refused whole', () => {
    const abilities = { steps: deviceStepKinds, needs: ['lineProfile' as const] }
    const { steps, cannot } = planSteps(null, { ...one, lineProfile: null }, address, abilities)
    expect(steps).toEqual([])
    expect(cannot[0]?.problem).toEqual({
      code: 'settings-incomplete',
      params: { needs: 'lineProfile' },
    })
  })

  test('a part that is not named is left alone', () => {
    const after = { ...one, wan: null, wifi: null, services: null, ethPorts: null, name: null }
    expect(planSteps(one, after, address, { steps: deviceStepKinds, needs: [] }).steps).toEqual([])
  })
})

test('services go before the ONU and come after it', () => {
  const abilities = { steps: without('set-serial'), needs: [] }
  const one = modelConfig('TEST00000001')
  const { steps } = planSteps(one, { ...one, serial: 'TEST00000002' }, address, abilities)
  expect(steps.map(({ kind }) => kind)).toEqual([
    'remove-service',
    'remove-onu',
    'add-onu',
    'add-service',
    'set-eth-port',
    'set-wan',
    'set-wifi',
  ])
})
