import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { packOnuAddress, ponOf } from '../../src-shared/domain/onu-address.ts'
import { readExpectations } from '../../src-main/olt/family/expectations.ts'
import { openOlt } from '../../src-main/olt/driver.ts'
import type { OnuReadings } from '../../src-main/olt/onu-readings.ts'
import { createWalkPace } from '../../src-main/olt/snmp/pace.ts'
import { readRecording } from '../../src-main/replay/read-recording.ts'
import { openRecordingSession } from '../../src-main/replay/recording-session.ts'
import { writeResponse, type WireValue } from './support/ber-writer.ts'
import { openMemorySession } from './support/memory-session.ts'
import { createScriptedAgent } from './support/scripted-agent.ts'
import { shippedFamilies, shippedFamily } from './support/shipped-families.ts'

const families = fileURLToPath(new URL('../../assets/olt-families', import.meta.url))
const recordings = fileURLToPath(new URL('../../../shared/captures/snmp', import.meta.url))
const { signal } = new AbortController()
const groups = ['status', 'optics', 'counters'] as const

const ownCapture = (name: string) => join(families, name, 'captures', 'from-facts.snmprec')

/** The family's own, made up from what is known, and recordings of real devices that are at hand. */
const capturesOf = (name: string): readonly string[] => [
  ownCapture(name),
  ...readExpectations(join(families, name))
    .map(({ expected }) => join(recordings, expected.capture))
    .filter((file) => existsSync(file)),
]

/** The OLT of a family's own recording, and all its ONUs as walks give them. */
const openFamily = async (name: string, file = ownCapture(name)) => {
  const session = await openRecordingSession(await readRecording(file))
  const olt = openOlt({
    session,
    family: shippedFamily(name),
    pace: createWalkPace(),
    utcOffsetMinutes: 0,
  })
  const identity = await olt.readOnus('identity')
  const walks = new Map<string, OnuReadings>()
  for (const group of groups) walks.set(group, await olt.readOnus(group))
  return { session, olt, identity, walks }
}

/** What a reading says of one ONU: only what it says, by field. */
const saidOf = (readings: OnuReadings | undefined, packed: number): Record<string, unknown> => {
  const row = readings?.address.indexOf(packed) ?? -1
  if (readings === undefined || row < 0) return {}
  const said: Record<string, unknown> = {}
  for (const columns of [readings.numbers, readings.codes, readings.texts]) {
    for (const [field, column] of Object.entries(columns)) {
      const value = column[row]
      if (!Number.isNaN(value)) said[field] = value
    }
  }
  return said
}

describe.each(shippedFamilies.map(({ family }) => family))('of %s', (name) => {
  it.each(capturesOf(name).map((file) => [basename(file), file] as const))(
    'each ONU of %s is read by its own objects as the walks read it, with few questions',
    async (_, file) => {
      const { session, olt, walks } = await openFamily(name, file)
      const status = walks.get('status')
      for (const packed of (status?.address ?? [])
        .filter((_packed, row) => row % 7 < 2 || (status?.count ?? 0) < 20)
        .slice(0, 40)) {
        const reader = await olt.openOnuReader(packed)
        const first = await reader.read(signal)
        const before = session.stats.requests
        const { how, groups: read } = await reader.read(signal)
        expect(how).toBe('onu')
        expect(session.stats.requests - before).toBeLessThanOrEqual(2)
        for (const [position, group] of groups.entries()) {
          const walked = saidOf(walks.get(group), packed)
          expect(saidOf(read[position], packed)).toEqual(walked)
          if (first.how === 'onu') expect(saidOf(first.groups[position], packed)).toEqual(walked)
        }
      }
    },
  )

  it('an ONU that is not there is told as such', async () => {
    const { olt, walks } = await openFamily(name)
    const [some = 1024] = walks.get('status')?.address ?? []
    const absent = Array.from({ length: 1024 }, (_, onu) => ponOf(some) + onu).findLast(
      (packed) => walks.get('status')?.address.includes(packed) === false,
    )
    const { groups: read } = await (await olt.openOnuReader(absent ?? 0)).read(signal)
    expect(read.every(({ count }) => count === 0)).toBe(true)
  })

  it('one port after the other gives what all at once gives, where ports can be asked for', async () => {
    const { olt, walks } = await openFamily(name)
    for (const group of groups) {
      const whole = walks.get(group)
      const pons = [...new Set([...(whole?.address ?? [])].map(ponOf))]
      if (!pons.every((pon) => olt.canReadPon(group, pon))) continue
      for (const pon of pons) {
        const part = await olt.readOnus(group, { pon })
        const expected = [...(whole?.address ?? [])].filter((packed) => ponOf(packed) === pon)
        expect([...part.address]).toEqual(expected)
        for (const packed of expected) expect(saidOf(part, packed)).toEqual(saidOf(whole, packed))
      }
    }
  })
})

describe('an agent that denies by name what it gives in a walk', () => {
  it('is walked, one port only, and each reading says so', async () => {
    const status = '1.3.6.1.4.1.2011.6.128.1.1.2.46.1.15'
    const pons = [4_194_304_000, 4_194_304_256]
    const objects: Record<string, WireValue> = {}
    for (const [port, pon] of pons.entries()) {
      const name = Buffer.from(`GPON 0/0/${port}`)
      objects[`1.3.6.1.2.1.31.1.1.1.1.${pon}`] = { type: 'octets', value: name }
      for (const onu of [1, 2]) objects[`${status}.${pon}.${onu}`] = { type: 'integer', value: 1 }
    }
    const agent = createScriptedAgent({
      objects,
      behave: (request, honest) => {
        if (request.kind !== 'get') return [honest()]
        const absent = request.oids.map((oid) => ({
          oid,
          value: { type: 'noSuchInstance' } as const,
        }))
        return [writeResponse('public', request.requestId, absent)]
      },
    })
    const session = await openMemorySession(agent)
    const family = shippedFamily('huawei-smartax-gpon')
    const olt = openOlt({ session, family, pace: createWalkPace() })
    const packed = packOnuAddress({ shelf: 0, slot: 0, port: 1, onuId: 2 })
    const reader = await olt.openOnuReader(packed)
    for (let turn = 0; turn < 4; turn++) {
      const before = agent.requests.length
      const { how, groups: read } = await reader.read(signal)
      expect(how).toBe('pon')
      expect([...(read[0]?.address ?? [])]).toEqual([packed])
      const walked = agent.requests.slice(before).filter(({ kind }) => kind === 'get-bulk')
      for (const { oids } of walked) for (const oid of oids) expect(oid).toContain(pons[1])
      if (turn >= 2) expect(agent.requests.slice(before)).toEqual(walked)
    }
  })
})

describe('a round', () => {
  const all = async () =>
    Promise.all(
      shippedFamilies.map(async ({ family, polling }) => {
        const { olt } = await openFamily(family)
        return { family, polling, pons: await olt.ponsToRead('status') }
      }),
    )

  it('goes port by port in the families that ask for it, over every port that has a name', async () => {
    const found = await all()
    const byPort = found.filter(({ pons }) => pons !== null).map(({ family }) => family)
    expect(byPort).toEqual(['zte-c300-gpon', 'zte-c600-gpon'])
    for (const { pons } of found) {
      if (pons !== null) expect(pons).toEqual([...new Set(pons)].toSorted((a, b) => a - b))
    }
  })

  it('goes over all at once where no port has a name: none may be forgotten', async () => {
    const zte = '1.3.6.1.4.1.3902.1012.3.28.2.1.4'
    const objects: Record<string, WireValue> = {
      [`${zte}.268501248.1`]: { type: 'integer', value: 3 },
    }
    const session = await openMemorySession(createScriptedAgent({ objects }))
    const family = shippedFamily('zte-c300-gpon')
    const olt = openOlt({ session, family, pace: createWalkPace() })
    expect(await olt.ponsToRead('status')).toBeNull()
  })
})
