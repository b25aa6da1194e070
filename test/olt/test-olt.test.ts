import { describe, expect, it } from 'vitest'
import { testOlt, type OltTestProgress, type OltTestResult } from '../../src-main/olt/test-olt.ts'
import { writeResponse, type WireValue } from './support/ber-writer.ts'
import { openMemorySession } from './support/memory-session.ts'
import { createScriptedAgent, type ScriptedAgent } from './support/scripted-agent.ts'
import { shippedFamilies } from './support/shipped-families.ts'

const huawei = '1.3.6.1.4.1.2011.6.128.1.1'
const integer = (value: number): WireValue => ({ type: 'integer', value })
const text = (value: string): WireValue => ({ type: 'octets', value: Buffer.from(value) })
const system = (sysDescr: string, sysObjectId: string): Record<string, WireValue> => ({
  '1.3.6.1.2.1.1.1.0': text(sysDescr),
  '1.3.6.1.2.1.1.2.0': { type: 'oid', value: sysObjectId.split('.').map(Number) },
  '1.3.6.1.2.1.1.3.0': { type: 'timeTicks', value: 12_345 },
  '1.3.6.1.2.1.1.5.0': text('core-1'),
})
const smartax = system('Huawei Integrated Access Software', '1.3.6.1.4.1.2011.2.248')
const ethernet = {
  '1.3.6.1.2.1.31.1.1.1.1.2': text('eth0'),
  '1.3.6.1.2.1.2.2.1.3.2': integer(6),
  '1.3.6.1.2.1.2.2.1.7.2': integer(1),
  '1.3.6.1.2.1.2.2.1.8.2': integer(1),
}

const run = async (
  agent: ScriptedAgent,
  onProgress: (progress: OltTestProgress) => void = () => undefined,
): Promise<OltTestResult> =>
  testOlt({
    host: 'olt.test',
    port: 161,
    version: '2c',
    community: Buffer.from('public'),
    timeoutMs: 40,
    retries: 0,
    families: shippedFamilies,
    onProgress,
    openSession: (options) =>
      openMemorySession(agent, { timeoutMs: options.timeoutMs, retries: 0 }),
  })

describe('testing a host before it is added says', () => {
  it('that the name is not known', async () => {
    const result = await testOlt({
      host: 'no-such-host.invalid',
      port: 161,
      version: '2c',
      community: Buffer.from('public'),
      timeoutMs: 40,
      retries: 0,
      families: shippedFamilies,
    })
    expect(result).toMatchObject({
      kind: 'failed',
      code: 'olt-host-unresolvable',
      step: 'connecting',
      params: { host: 'no-such-host.invalid' },
    })
  })

  it('that nobody answered, with what to check: host, port, community', async () => {
    const result = await run(createScriptedAgent({ objects: smartax, community: 'other' }))
    expect(result).toMatchObject({
      kind: 'failed',
      code: 'olt-no-snmp-answer-community',
      step: 'recognising',
      params: { host: 'olt.test', port: 161 },
    })
  })

  it('that the host is no OLT, and what it is', async () => {
    const linux = system('Linux nas 6.12.0 x86_64', '1.3.6.1.4.1.8072.3.2.10')
    const result = await run(createScriptedAgent({ objects: { ...linux, ...ethernet } }))
    expect(result).toMatchObject({
      kind: 'not-an-olt',
      code: 'olt-not-an-olt',
      params: { sysDescr: 'Linux nas 6.12.0 x86_64', sysObjectId: '1.3.6.1.4.1.8072.3.2.10' },
    })
  })

  it('that the family is not known, what the OLT says of itself, and its interfaces', async () => {
    const result = await run(
      createScriptedAgent({
        objects: {
          ...system('Acme Lightbox 9000', '1.3.6.1.4.1.55555.1'),
          ...ethernet,
          '1.3.6.1.2.1.31.1.1.1.1.9': text('pon-0/1'),
          '1.3.6.1.2.1.2.2.1.3.9': integer(250),
          '1.3.6.1.2.1.2.2.1.8.9': integer(2),
        },
      }),
    )
    expect(result).toMatchObject({
      kind: 'unknown-family',
      code: 'olt-unknown-family',
      params: { sysDescr: 'Acme Lightbox 9000', sysObjectId: '1.3.6.1.4.1.55555.1' },
      interfaces: [
        { ifIndex: 2, name: 'eth0', type: 6, admin: 'up', oper: 'up' },
        { ifIndex: 9, name: 'pon-0/1', type: 250, admin: 'other', oper: 'down' },
      ],
    })
  })

  it('that the agent goes round in circles', async () => {
    const agent = createScriptedAgent({
      objects: smartax,
      behave: ({ kind, requestId }) =>
        kind === 'get-bulk'
          ? [
              writeResponse('public', requestId, [
                { oid: [1, 3, 6, 1, 2, 1, 31, 1, 1, 1, 1, 4], value: text('GPON 0/0/0') },
              ]),
            ]
          : undefined,
    })
    expect(await run(agent)).toMatchObject({
      kind: 'failed',
      code: 'olt-walk-looped',
      step: 'reading-ports',
      params: { column: '1.3.6.1.2.1.31.1.1.1.1' },
      system: { sysName: 'core-1' },
    })
  })

  it('that the agent answers garbage, from the start or later', async () => {
    const noise = [Buffer.from([0x30, 0x03, 0x02, 0x01])]
    const always = createScriptedAgent({ objects: smartax, behave: () => noise })
    expect(await run(always)).toMatchObject({ kind: 'failed', code: 'olt-answer-garbage' })
    const later = createScriptedAgent({
      objects: smartax,
      behave: ({ kind }) => (kind === 'get-bulk' ? noise : undefined),
    })
    expect(await run(later)).toMatchObject({ kind: 'failed', code: 'olt-answer-garbage' })
  })

  it('that the agent fell silent in the middle of a walk', async () => {
    const objects: Record<string, WireValue> = {
      ...smartax,
      '1.3.6.1.2.1.31.1.1.1.1.4194304000': text('GPON 0/0/0'),
    }
    for (let onu = 0; onu < 90; onu++) objects[`${huawei}.2.46.1.15.4194304000.${onu}`] = integer(1)
    const agent = createScriptedAgent({
      objects,
      behave: ({ oids }) =>
        oids.some((oid) => oid.length === 17 && (oid.at(-1) ?? 0) >= 40) ? [] : undefined,
    })
    expect(await run(agent)).toMatchObject({
      kind: 'failed',
      code: 'olt-silent-mid-walk',
      step: 'counting-onus',
    })
  })

  it('that an agent says nothing of itself', async () => {
    expect(await run(createScriptedAgent({ objects: {} }))).toMatchObject({
      kind: 'failed',
      code: 'olt-answer-garbage',
    })
  })

  it('what was recognised and how many ONUs each PON has, step by step', async () => {
    const objects: Record<string, WireValue> = {
      ...smartax,
      '1.3.6.1.2.1.31.1.1.1.1.4194304000': text('GPON 0/0/0'),
      '1.3.6.1.2.1.31.1.1.1.1.4194304256': text('GPON 0/0/1'),
      [`${huawei}.2.48.1.2.4194304256.1`]: text('HWTCabcd'),
    }
    for (let onu = 0; onu < 40; onu++) {
      objects[`${huawei}.2.46.1.15.4194304000.${onu}`] = integer(onu < 30 ? 1 : 2)
    }
    const steps: string[] = []
    const result = await run(createScriptedAgent({ objects }), ({ step }) => {
      if (steps.at(-1) !== step) steps.push(step)
    })
    expect(result).toMatchObject({
      kind: 'recognised',
      family: 'huawei-smartax-gpon',
      model: 'MA5608T',
      reason: 'sysObjectID 1.3.6.1.4.1.2011.2.248 → Huawei MA5608T',
      onus: 40,
      online: 30,
      unconfigured: 1,
      pons: [
        { address: '0/0/0', onus: 40, online: 30 },
        { address: '0/0/1', onus: 0, online: 0 },
      ],
    })
    expect(steps).toEqual(['connecting', 'recognising', 'reading-ports', 'counting-onus', 'done'])
  })
})
