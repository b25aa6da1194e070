import { createHash, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { CommandName, Input, Output, QueryName } from '../../src-shared/contract/index.ts'
import { commands, queries } from '../../src-shared/contract/index.ts'
import { createUuidV7Source } from '../../src-shared/domain/uuid-v7.ts'
import { systemClock } from '../../src-main/engine/clock.ts'
import type { CallContext, CommandPlan } from '../../src-main/engine/handlers.ts'
import { createLog } from '../../src-main/engine/log.ts'
import { openWorkspace } from '../../src-main/engine/open-workspace.ts'
import { createSessions } from '../../src-main/engine/sessions.ts'
import { loadFamilies } from '../../src-main/olt/family/load-families.ts'
import { runCommand } from '../../src-main/store/write-path.ts'
import { keysFromPair, type WorkspaceKeys } from '../../src-main/vault/workspace-keys.ts'
import { noRestore } from '../support/restore-ports.ts'
import { smallPlant } from '../support/simulated-plant.ts'
import { everything } from '../../src-main/engine/reach.ts'

/** A whole workspace with a small plant that answers over SNMP; no test runner, no keychain. */
export const plantKeys = (): WorkspaceKeys =>
  keysFromPair(
    '01900000-0000-7000-8000-0000000000aa',
    createHash('sha512').update('the keys of the plant of the history').digest(),
  )

/** OLTs times their status, so that a test knows which walk is meant. */
export interface SeenOlt {
  readonly id: string
  readonly name: string
  readonly statusAt: number | null
}

export const openPlantWorkspace = async (
  dir: string,
  options: { readonly keys?: WorkspaceKeys; readonly statusS?: number } = {},
) => {
  const plant = smallPlant({ now: Date.now })
  const addresses = await plant.start()
  const newId = createUuidV7Source({ now: Date.now, randomBytes })
  const lines: string[] = []
  const workspace = openWorkspace(options.keys ?? plantKeys(), {
    workspaceDir: dir,
    storePath: join(dir, 'store.db'),
    clock: systemClock,
    random: () => 0.5,
    newId,
    log: createLog({ write: (line) => lines.push(line) }),
    sessions: createSessions(systemClock),
    emit: () => {},
    showSecret: () => Promise.resolve(),
    lockMinutesOf: (session) => session.lockAfterMinutes,
    confirm: () => Promise.resolve(false),
    ...noRestore(),
    families: loadFamilies(join(import.meta.dirname, '../../assets/olt-families')),
  })
  const context: CallContext = {
    clientId: 1,
    session: null,
    traceId: 'test',
    reach: everything,
    signal: new AbortController().signal,
    progress: () => undefined,
  }
  const handlers = workspace.handlers

  /** What the contract says of input and output holds here too. */
  const ask = async <Name extends QueryName & keyof typeof handlers.queries>(
    name: Name,
    input: unknown,
  ): Promise<Output<Name>> => {
    const handler = handlers.queries[name] as (
      input: unknown,
      context: CallContext,
    ) => Promise<unknown>
    const answer = await handler(queries[name].input.parse(input), context)
    return queries[name].output.parse(answer) as Output<Name>
  }
  const planOf = async <Name extends CommandName & keyof typeof handlers.commands>(
    name: Name,
    input: unknown,
  ): Promise<CommandPlan<unknown>> => {
    const handler = handlers.commands[name] as (
      input: Input<Name>,
      context: CallContext,
    ) => CommandPlan<unknown> | Promise<CommandPlan<unknown>>
    return handler(commands[name].input.parse(input) as Input<Name>, context)
  }
  const run = async <Name extends CommandName & keyof typeof handlers.commands>(
    name: Name,
    input: unknown,
  ): Promise<void> => {
    const plan = await planOf(name, input)
    const actor = { accountId: null, sessionId: null, clientKind: 'test' } as const
    const { result } = runCommand(
      workspace.store,
      { commandId: newId(), name, actor, auditInput: input, at: Date.now() },
      (tx) => ({ result: plan.apply(tx) }),
    )
    await plan.after?.(result)
  }

  const olts = async (): Promise<SeenOlt[]> =>
    (await ask('network.olts', {})).olts.map(({ id, name, ages }) => ({
      id,
      name,
      statusAt: ages.status,
    }))
  const first = (await olts()).length === 0
  for (const { oltName, host, port, community } of first ? addresses : []) {
    await run('network.addOlt', { name: oltName, host, port, community })
  }
  if (!first) {
    // The plant answers on other ports at each start.
    const known = (await ask('network.olts', {})).olts
    for (const { oltName, port } of addresses) {
      const olt = known.find(({ name }) => name === oltName)
      if (olt === undefined) continue
      await run('network.updateOlt', { oltId: olt.id, baseVersion: olt.version, port })
    }
  }

  return {
    plant,
    workspace,
    ask,
    run,
    olts,
    logged: lines,
    /** Asks for a walk of each OLT now; nothing is written for it. */
    pollNow: async (group: 'status' | 'optics' | 'counters' | 'identity'): Promise<void> => {
      for (const { id } of await olts()) {
        const plan = await planOf('network.pollNow', { oltId: id, group })
        await plan.after?.({})
      }
    },
    stop: async (): Promise<void> => {
      await workspace.stop()
      await plant.stop()
    },
  }
}

export type PlantWorkspace = Awaited<ReturnType<typeof openPlantWorkspace>>

/** Lets the engine work until it has come to something; a minute at most. */
export const until = async (reached: () => boolean | Promise<boolean>): Promise<void> => {
  const end = performance.now() + 60_000
  while (!(await reached())) {
    if (performance.now() > end) throw new Error('it did not come to that')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
