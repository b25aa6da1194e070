import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { controlSchema } from './control-schema.ts'
import { createPlant } from './plant.ts'
import { checkScenario, loadScenario } from './scenario-load.ts'

/**
 * A plant in a worker thread. In: `control`, `truth`, `past`, `outside` and `stop` requests with an id. Out: `ready`
 * with the addresses or `failed`, then one `done` or `failed` for each request.
 */
const dataSchema = z.strictObject({
  scenario: z.union([z.string(), z.record(z.string(), z.unknown())]),
  seed: z.number().int().optional(),
  bindHost: z.string().optional(),
  trapTarget: z.strictObject({ host: z.string(), port: z.number().int() }).optional(),
})

const requestSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('control'), id: z.number(), message: controlSchema }),
  z.strictObject({ type: z.literal('truth'), id: z.number(), olt: z.string() }),
  z.strictObject({
    type: z.literal('past'),
    id: z.number(),
    olt: z.string(),
    times: z.array(z.number()),
  }),
  z.strictObject({ type: z.literal('outside'), id: z.number(), olt: z.string() }),
  z.strictObject({ type: z.literal('stop'), id: z.number() }),
])

const idSchema = z.object({ id: z.number() })

const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)

const run = async (): Promise<void> => {
  const port = parentPort
  if (!port) throw new Error('plant-worker runs in a worker thread')
  const data = dataSchema.parse(workerData)
  const scenario =
    typeof data.scenario === 'string' ? loadScenario(data.scenario) : checkScenario(data.scenario)
  const plant = createPlant({
    scenario,
    clock: { now: Date.now },
    ...(data.seed === undefined ? {} : { seed: data.seed }),
    ...(data.bindHost === undefined ? {} : { bindHost: data.bindHost }),
    ...(data.trapTarget === undefined ? {} : { trapTarget: data.trapTarget }),
  })
  const olts = await plant.start()
  const handle = async (request: z.output<typeof requestSchema>): Promise<unknown> => {
    switch (request.type) {
      case 'control':
        plant.control(request.message)
        return undefined
      case 'truth':
        return plant.truth(request.olt)
      case 'past':
        return plant.past(request.olt, request.times)
      case 'outside':
        return plant.outside(request.olt)
      case 'stop':
        await plant.stop()
        return undefined
    }
  }
  const answer = async (raw: unknown): Promise<void> => {
    const { id } = idSchema.parse(raw)
    try {
      const request = requestSchema.parse(raw)
      port.postMessage({ type: 'done', id, value: await handle(request) })
      if (request.type === 'stop') port.close()
    } catch (error) {
      port.postMessage({ type: 'failed', id, reason: reasonOf(error) })
    }
  }
  port.on('message', (raw: unknown) => void answer(raw))
  port.postMessage({ type: 'ready', started: { olts, pastDays: scenario.pastDays } })
}

run().catch((error: unknown) => {
  // an empty transfer list: a worker's port has no target origin
  parentPort?.postMessage({ type: 'failed', id: 0, reason: reasonOf(error) }, [])
  parentPort?.close()
})
