import { createInterface } from 'node:readline'
import { join } from 'node:path'
import { packOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { createPlant } from '../../src-main/simulator/plant.ts'
import { loadScenario } from '../../src-main/simulator/scenario-load.ts'
import { root } from './plant.ts'

/**
 * The bench plant in a process of its own, whose fibres can be cut: a line `cut`, `restore` or
 * `online` in, a line of JSON out. Ends with its input.
 */
const plant = createPlant({
  scenario: loadScenario(join(root, 'assets', 'scenarios', 'bench.yaml')),
  clock: { now: Date.now },
})

const print = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`)

const olts = await plant.start()

/** ONUs that work now, by OLT: packed addresses. */
const online = (): Record<string, number[]> =>
  Object.fromEntries(
    olts.map(({ oltName }) => [
      oltName,
      plant
        .truth(oltName)
        .onus.filter(({ rxDbm }) => !Number.isNaN(rxDbm))
        .map(({ onu }) => {
          const [shelf = 0, slot = 0, port = 0, onuId = 0] = onu.split(/[/:]/u).map(Number)
          return packOnuAddress({ shelf, slot, port, onuId })
        }),
    ]),
  )

const pons = olts.map(({ oltName }) => ({
  olt: oltName,
  pons: [...new Set(plant.truth(oltName).onus.map(({ onu }) => onu.slice(0, onu.indexOf(':'))))],
}))

const eachPon = (kind: 'cut-pon' | 'restore-pon'): number => {
  let count = 0
  for (const { olt, pons: names } of pons) {
    for (const pon of names) {
      plant.control({ kind, olt, pon })
      count++
    }
  }
  return count
}

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const at = Date.now()
    if (line === 'cut') print({ at, pons: eachPon('cut-pon') })
    else if (line === 'restore') print({ at, pons: eachPon('restore-pon') })
    else print(online())
  })
  .on('close', () => void plant.stop().then(() => process.exit(0)))

print({ olts, onus: olts.reduce((sum, { onus }) => sum + onus, 0) })
