import { describe, expect, it } from 'vitest'
import { rejectionOf } from '../support/error-code.ts'
import { simulatedOlt } from './simulated-olt.ts'

const never = new AbortController().signal
const big = {
  name: 'HW',
  family: 'huawei-smartax',
  model: 'MA5608T',
  pons: Array.from({ length: 8 }, (_, port) => ({ at: `0/1/${port}`, onus: 60 })),
}

describe('the configuration of a big OLT', { timeout: 60_000 }, () => {
  it('is told of while it comes', async () => {
    const { port } = await simulatedOlt('huawei-smartax-gpon', big)
    const told: number[] = []
    const text = await port.readConfiguration(never, (characters) => told.push(characters))
    expect(text.match(/ont add/gu)).toHaveLength(480)
    expect(text.length).toBeGreaterThan(60_000)
    expect(told.length).toBeGreaterThan(3)
    expect(told.length).toBeLessThan(text.length / 16_384 + 3)
    expect(told.slice(0, -1).toSorted((a, b) => a - b)).toEqual(told.slice(0, -1))
    expect(told.at(-1)).toBe(text.length)
  })

  it('can be left in the middle of it; the next reading is whole', async () => {
    const { port } = await simulatedOlt('huawei-smartax-gpon', big)
    const abort = new AbortController()
    const left = await rejectionOf(port.readConfiguration(abort.signal, () => abort.abort()))
    expect(left.code).toBe('cancelled')
    expect((await port.readConfiguration(never)).match(/ont add/gu)).toHaveLength(480)
  })
})
