import { describe, expect, it } from 'vitest'
import { onuStates } from '../../src-shared/domain/onu-state.ts'
import { formatOnu, unpackOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { openOlt } from '../../src-main/olt/driver.ts'
import { createWalkPace } from '../../src-main/olt/snmp/pace.ts'
import { writeResponse, type WireValue } from './support/ber-writer.ts'
import { openMemorySession } from './support/memory-session.ts'
import { createScriptedAgent, type ScriptedAgentOptions } from './support/scripted-agent.ts'
import { shippedFamily } from './support/shipped-families.ts'

const huawei = '1.3.6.1.4.1.2011.6.128.1.1'
const ifName = '1.3.6.1.2.1.31.1.1.1.1'
const [runStatus, distance] = [`${huawei}.2.46.1.15`, `${huawei}.2.46.1.20`]
const pon = 4_194_304_000
const integer = (value: number): WireValue => ({ type: 'integer', value })

/** A Huawei with 100 ONUs on one PON, all online, 900 m away. */
const objects = (): Record<string, WireValue> => {
  const all: Record<string, WireValue> = {
    [`${ifName}.${pon}`]: { type: 'octets', value: Buffer.from('GPON 0/0/0') },
  }
  for (let onu = 0; onu < 100; onu++) {
    all[`${runStatus}.${pon}.${onu}`] = integer(1)
    all[`${distance}.${pon}.${onu}`] = integer(900)
  }
  return all
}

const open = async (behave: ScriptedAgentOptions['behave']) => {
  const agent = createScriptedAgent({ objects: objects(), ...(behave && { behave }) })
  const session = await openMemorySession(agent)
  const olt = openOlt({
    session,
    family: shippedFamily('huawei-smartax-gpon'),
    pace: createWalkPace(),
    utcOffsetMinutes: 0,
  })
  return { olt, agent }
}

/** Silent after so many walks' answers; names of ports still come. */
const silentAfter = (answers: number): ScriptedAgentOptions['behave'] => {
  let left = answers
  return (request, honest) => {
    const isNames = request.oids[0]?.join('.').startsWith('1.3.6.1.2.1') === true
    return isNames || left-- > 0 ? [honest()] : []
  }
}

const silentMidWalk = { code: 'olt-silent-mid-walk' }

describe('a walk that fails in the middle', () => {
  it('throws, unless its rows are asked for', async () => {
    const { olt } = await open(silentAfter(3))
    await expect(olt.readOnus('status')).rejects.toMatchObject(silentMidWalk)
  })

  it('throws when nothing was read before', async () => {
    const { olt } = await open(silentAfter(0))
    await expect(olt.readOnus('status', { keepPartial: true })).rejects.toMatchObject({
      code: expect.stringMatching(/^olt-/u) as string,
    })
  })

  it('throws when it was called off, whatever was read', async () => {
    const controller = new AbortController()
    const { olt } = await open((_request, honest) => {
      if (answers++ === 4) controller.abort()
      return [honest()]
    })
    let answers = 0
    const reading = olt.readOnus('status', { keepPartial: true, signal: controller.signal })
    await expect(reading).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('gives the ONUs that were read whole, and no other, with its failure', async () => {
    const { olt } = await open(silentAfter(6))
    const readings = await olt.readOnus('status', { keepPartial: true })
    expect(readings.failure).toMatchObject(silentMidWalk)
    expect(readings.count).toBeGreaterThan(0)
    expect(readings.count).toBeLessThan(100)
    expect(readings.address).toHaveLength(readings.count)
    const states = [...(readings.codes.state ?? [])].map((code) => onuStates[code])
    expect(new Set(states)).toEqual(new Set(['online']))
    expect(new Set(readings.numbers.distanceM)).toEqual(new Set([900]))
    expect(readings.address).toEqual(readings.address.toSorted())
  })

  it('never says "unknown" of an ONU whose state had not come yet, at whatever answer it ends', async () => {
    for (let answers = 1; answers < 40; answers++) {
      const { olt } = await open(silentAfter(answers))
      const readings = await olt.readOnus('status', { keepPartial: true }).catch(() => null)
      for (const code of readings?.codes.state ?? []) expect(onuStates[code]).toBe('online')
      for (const metres of readings?.numbers.distanceM ?? []) expect(metres).toBe(900)
      if (readings !== null && readings.failure === null) expect(readings.count).toBe(100)
    }
  })

  it('counts an agent that truncates its table as whole: only a second walk can tell', async () => {
    const { olt } = await open((request, honest) => {
      const last = request.oids[0]?.at(-1) ?? 0
      const isTable = request.oids[0]?.join('.').startsWith(huawei) === true
      if (!isTable || last < 50) return [honest()]
      const gone = request.oids.map((oid) => ({ oid, value: { type: 'endOfMibView' } as const }))
      return [writeResponse('public', request.requestId, gone)]
    })
    const readings = await olt.readOnus('status', { keepPartial: true })
    expect(readings.failure).toBeNull()
    expect(readings.count).toBeLessThan(100)
  })

  it('gives what came before an agent that walks in circles', async () => {
    const { olt } = await open((request, honest) => {
      const last = request.oids[0]?.at(-1) ?? 0
      const isTable = request.oids[0]?.join('.').startsWith(huawei) === true
      if (!isTable || request.kind !== 'get-bulk' || last < 50) return [honest()]
      const same = request.oids.map((oid) => ({ oid, value: integer(1) }))
      return [writeResponse('public', request.requestId, same)]
    })
    const readings = await olt.readOnus('status', { keepPartial: true })
    expect(readings.failure).toMatchObject({ code: 'olt-walk-looped' })
    const first = readings.address[0] ?? 0
    expect(formatOnu(unpackOnuAddress(first))).toBe('0/0/0:0')
  })
})

describe('a port by port reading', () => {
  it('asks for nothing beyond its port', async () => {
    const { olt, agent } = await open(undefined)
    await olt.readOnus('status')
    const before = agent.requests.length
    const readings = await olt.readOnus('status', { pon: 0 })
    expect(readings.count).toBe(100)
    for (const { oids } of agent.requests.slice(before)) {
      for (const oid of oids) expect(oid).toContain(pon)
    }
  })
})
