import { describe, expect, it } from 'vitest'
import type { OnuConfig } from '../../src-shared/domain/onu-config.ts'
import { simulatedOlt } from './simulated-olt.ts'

/**
 * What an OLT shows as the description of an ONU can be written back as it was: without that a change
 * of it could not be undone. Every family, on the simulated OLT.
 */
const signal = new AbortController().signal
const small = ['0/0/1', { shelf: 0, slot: 0, port: 1 }] as const
const zte = ['1/2/1', { shelf: 1, slot: 2, port: 1 }] as const
const families = [
  ['huawei-smartax-gpon', 'huawei-smartax', 'MA5608T', '0/1/0', { shelf: 0, slot: 1, port: 0 }],
  ['zte-c300-gpon', 'zte-c300', 'C320', ...zte],
  ['zte-c600-gpon', 'zte-c600', 'C600', ...zte],
  ['vsol-v1600g-gpon', 'vsol-v1600g', 'V1600G1', ...small],
  ['cdata-nscrtv-gpon', 'cdata-gpon', 'FD1608S', ...small],
  ['bdcom-p33xx-epon', 'bdcom-epon', 'P3310C', ...small],
] as const

const withBlanks = 'Rumah Pak Budi No. 7 (gang 2)'
const longest = 'Toko Sumber Rejeki, Jl. Raya Pasar Minggu KM 18 No 4 lt 2 blok C'

describe.each(families)('%s', (familyId, family, model, at, pon) => {
  it('takes back a description with blanks, an empty one, and one of 64 characters', async () => {
    expect(longest).toHaveLength(64)
    const { port } = await simulatedOlt(
      familyId,
      { name: 'OLT', family, model, pons: [{ at, onus: 2 }] },
      [pon],
    )
    const [onuId = 0] = [...(await port.readPon(pon, signal)).keys()]
    const address = { ...pon, onuId }
    const first = await port.readOnu(address, signal)
    const write = async (config: Partial<OnuConfig>): Promise<OnuConfig | null> => {
      const step = {
        kind: 'describe',
        address,
        name: config.name ?? null,
        description: config.description ?? null,
      } as const
      const outcome = await port.withWriter(signal, (writer) => writer.run(step, signal))
      expect(outcome).toMatchObject({ kind: 'done' })
      const told = await port.readOnu(address, signal)
      // Whoever reads the whole port is told the same.
      expect((await port.readPon(pon, signal)).get(onuId)?.description).toBe(told?.description)
      return told
    }
    for (const text of [withBlanks, '', longest, 'a', withBlanks]) {
      expect((await write({ description: text }))?.description ?? '').toBe(text)
    }
    if (port.abilities.limits.name > 0) {
      for (const text of [withBlanks, longest])
        expect((await write({ name: text }))?.name).toBe(text)
      expect((await write({ name: '' }))?.name ?? '').toBe('')
    }
    const shown = await port.readOnu(address, signal)
    expect({ ...shown, name: null, description: null }).toEqual({
      ...first,
      name: null,
      description: null,
    })
  }, 60_000)
})
