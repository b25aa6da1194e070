import { join } from 'node:path'
import { expect, it } from 'vitest'
import { startPlantWorker } from '../../src-main/simulator/start-plant-worker.ts'

const scenarioPath = join(import.meta.dirname, '../../assets/scenarios/demo.yaml')

it('a plant worker refuses a scenario it cannot read and says why', async () => {
  await expect(startPlantWorker({ scenarioPath: '/nowhere/plant.yaml' })).rejects.toThrow(
    /plant\.yaml/,
  )
})

it('a plant worker refuses an entry that is not there', async () => {
  await expect(startPlantWorker({ scenarioPath, entry: '/nowhere/worker.js' })).rejects.toThrow()
})

it('a plant worker serves the demo plant, takes controls, and stops twice without harm', async () => {
  const plant = await startPlantWorker({ scenarioPath })
  try {
    expect(plant.olts).toHaveLength(4)
    expect(plant.olts.reduce((sum, olt) => sum + olt.onus, 0)).toBeGreaterThanOrEqual(1400)
    expect(new Set(plant.olts.map(({ port }) => port)).size).toBe(4)
    await plant.control({ kind: 'cut-pon', olt: 'KARANG-01', pon: '0/1/0' })
    const { onus } = await plant.truth('KARANG-01')
    expect(
      onus.filter(({ onu, phase }) => onu.startsWith('0/1/0:') && phase === 'working'),
    ).toEqual([])
    await expect(plant.control({ kind: 'silence', olt: 'nobody', on: true })).rejects.toThrow(
      /no OLT nobody/,
    )
    await expect(plant.truth('nobody')).rejects.toThrow(/no OLT nobody/)
  } finally {
    await plant.stop()
    await plant.stop()
  }
  await expect(plant.truth('KARANG-01')).rejects.toThrow()
})
