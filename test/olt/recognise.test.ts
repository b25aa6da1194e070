import { describe, expect, it } from 'vitest'
import { recognise, type Recognition } from '../../src-main/olt/recognise.ts'
import type { OltFamily } from '../../src-main/olt/family/load-families.ts'
import { createWalkPace } from '../../src-main/olt/snmp/pace.ts'
import type { WireValue } from './support/ber-writer.ts'
import { openMemorySession } from './support/memory-session.ts'
import { createScriptedAgent } from './support/scripted-agent.ts'
import { shippedFamilies, shippedFamily } from './support/shipped-families.ts'

const who = async (
  sysDescr: string,
  sysObjectId: string,
  families: readonly OltFamily[] = shippedFamilies,
  more: Record<string, WireValue> = {},
): Promise<Recognition> => {
  const objects: Record<string, WireValue> = {
    '1.3.6.1.2.1.1.1.0': { type: 'octets', value: Buffer.from(sysDescr) },
    '1.3.6.1.2.1.1.2.0': { type: 'oid', value: sysObjectId.split('.').map(Number) },
    ...more,
  }
  const session = await openMemorySession(createScriptedAgent({ objects }))
  return recognise(session, families, createWalkPace())
}

const modelOf = (found: Recognition): string => (found.kind === 'family' ? found.model : found.kind)

describe('recognition', () => {
  it('does not take a longer number for a prefix', async () => {
    expect(modelOf(await who('Something', '1.3.6.1.4.1.2011.2.1234'))).toBe('unknown')
    expect(modelOf(await who('Something', '1.3.6.1.4.1.39020.1082.1001.320.2.1'))).toBe('unknown')
  })

  it('does not take a ZTE C600 for a C300', async () => {
    const found = await who(
      'ZXA10 C620, ZTE ZXA10 Software Version: V1.2.2',
      '1.3.6.1.4.1.3902.1082.1001.620.1.1',
    )
    expect(found).toMatchObject({
      kind: 'family',
      family: { family: 'zte-c600-gpon' },
      reason: 'sysObjectID 1.3.6.1.4.1.3902.1082.1001.620.1.1 → ZTE C620',
    })
  })

  it('never takes the family of last resort for the right one, but offers it', async () => {
    const found = await who('Some OLT', '1.3.6.1.4.1.99999.1')
    expect(found).toMatchObject({
      kind: 'unknown',
      isOlt: 'no',
      generic: { family: 'generic-olt' },
    })
  })

  it('tells relatives apart by what they have, and by what they have not', async () => {
    const gpon = '1.3.6.1.4.1.17409.2.8.4.1.1.3.4718593'
    const epon = '1.3.6.1.4.1.17409.2.3.4.1.1.7.16777473'
    const octets: WireValue = { type: 'octets', value: Buffer.from('12345678') }
    const cdata = '1.3.6.1.4.1.17409'
    const familyOf = (found: Recognition) => (found.kind === 'family' ? found.family.family : null)
    const ask = async (more: Record<string, WireValue>) =>
      familyOf(await who('olt', cdata, shippedFamilies, more))
    expect(await ask({})).toBeNull()
    expect(await ask({ [gpon]: octets })).toBe('cdata-nscrtv-gpon')
    expect(await ask({ [epon]: octets })).toBe('cdata-nscrtv-epon')
    expect(await ask({ [gpon]: octets, [epon]: octets })).toBe('cdata-nscrtv-gpon')
  })

  it('says that an OLT went away when a question is not answered', async () => {
    const session = await openMemorySession(
      createScriptedAgent({
        objects: {
          '1.3.6.1.2.1.1.1.0': { type: 'octets', value: Buffer.from('olt') },
          '1.3.6.1.2.1.1.2.0': { type: 'oid', value: [1, 3, 6, 1, 4, 1, 17409] },
        },
        behave: ({ kind }) => (kind === 'get-bulk' ? [] : undefined),
      }),
    )
    await expect(recognise(session, shippedFamilies, createWalkPace())).rejects.toMatchObject({
      code: 'olt-no-answer',
    })
  })

  it('by an object that must say a word', async () => {
    const oid = '1.3.6.1.4.1.41112.1.5'
    const says = (text: string): Record<string, WireValue> => ({
      [`${oid}.1.1.0`]: { type: 'octets', value: Buffer.from(text) },
    })
    expect(await who('x', oid, shippedFamilies, says('EdgeSwitch'))).toMatchObject({
      kind: 'unknown',
    })
    expect(await who('x', oid, shippedFamilies, says('UFiber OLT'))).toMatchObject({
      kind: 'family',
      model: 'UF-OLT',
      reason:
        'sysObjectID 1.3.6.1.4.1.41112.1.5, 1.3.6.1.4.1.41112.1.5.1.1.0 says UFiber → Ubiquiti UF-OLT',
    })
  })

  it.each([
    ['', '1.3.6.1.4.1.3902.1082.1001.320.2.1', 'C320 V2.1'],
    ['', '1.3.6.1.4.1.3902.1082.1001.300.2.1', 'C300 V2.1'],
    ['', '1.3.6.1.4.1.3902.1082.1001.320.9.9', 'C320'],
    ['', '1.3.6.1.4.1.3902.1012.320.1.2', 'C320 V1.2'],
    ['', '1.3.6.1.4.1.3902.1015.300.3.1', 'C300 V1.2'],
    ['C320 Version V2.0.1 Software', '1.3.6.1.4.1.3902.7', 'C300/C320'],
    ['Huawei Integrated Access Software', '1.3.6.1.4.1.2011.2.80.8.1', 'MA5600T'],
    ['Huawei Integrated Access Software.MA5800', '1.3.6.1.4.1.2011.2.999', 'SmartAX'],
  ])('of "%s" %s is %s: the most specific rule wins', async (sysDescr, sysObjectId, model) => {
    expect(modelOf(await who(sysDescr, sysObjectId))).toBe(model)
  })

  it('says for people what it went by', async () => {
    const found = await who(
      'Huawei Integrated Access Software.MA5800V100R022',
      '1.3.6.1.4.1.2011.2.999',
    )
    expect(found).toMatchObject({
      reason: 'sysDescr "Huawei Integrated Access Software.MA5800V100R022" → Huawei SmartAX',
    })
  })

  it('by a probe asks for one object, and goes on where it is missing', async () => {
    const base = shippedFamily('huawei-smartax-gpon')
    const withProbe: OltFamily = {
      ...base,
      family: 'probed',
      recognise: [
        {
          sysObjectId: '1.3.6.1.4.1.77',
          probe: '1.3.6.1.4.1.77.9',
          model: 'with PON',
          certainty: 'proven',
        },
        { sysObjectId: '1.3.6.1.4.1.77', model: 'without', certainty: 'proven' },
      ],
    }
    expect(modelOf(await who('x', '1.3.6.1.4.1.77.1', [withProbe]))).toBe('without')
    const more: Record<string, WireValue> = {
      '1.3.6.1.4.1.77.9.1.0': { type: 'integer', value: 1 },
    }
    expect(modelOf(await who('x', '1.3.6.1.4.1.77.1', [withProbe], more))).toBe('with PON')
  })
})
