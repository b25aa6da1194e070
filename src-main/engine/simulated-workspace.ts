import type { Envelope } from '../../src-shared/contract/envelope.ts'
import { newSession } from '../access/new-session.ts'
import type { Clock } from './clock.ts'
import type { Log } from './log.ts'
import type { OpenedWorkspace } from './opened-workspace.ts'
import type { Sessions } from './sessions.ts'
import type { SimulatedOlt } from './simulated-olts.ts'

/** Known by intent: the simulated workspace protects nothing and is thrown away. */
export const simulatedOwner = { name: 'Demo owner', password: 'look-around' } as const

/** The engine's own client, for what it does by itself. */
const self = -1

export interface SimulatedWorkspace {
  /** Who looks around on the simulated plant is signed in already. */
  signIn(): void
  /** The owner and the plant's OLTs, through the same commands as everyone's. */
  fill(): Promise<void>
}

export const createSimulatedWorkspace = (deps: {
  readonly clock: Clock
  readonly newId: () => string
  readonly log: Log
  readonly sessions: Sessions
  readonly isSimulated: boolean
  readonly olts: readonly SimulatedOlt[]
  readonly opened: () => OpenedWorkspace | null
  readonly clients: () => Iterable<number>
  readonly call: (request: {
    clientId: number
    channel: string
    input: unknown
  }) => Promise<Envelope>
}): SimulatedWorkspace => {
  const { clock, newId, log, sessions } = deps

  const command = (channel: string, input: object): Promise<Envelope> =>
    deps.call({ clientId: self, channel, input: { commandId: newId(), input } })

  const addOlt = async (olt: SimulatedOlt, opticsPolling: 'family' | 'on'): Promise<void> => {
    const { cli, ...address } = olt
    const added = await command('network.addOlt', { ...address, opticsPolling })
    if (!added.ok) {
      log.error('a simulated OLT could not be added', { code: added.error.code })
      return
    }
    if (cli === undefined) return
    const { oltId } = added.value as { oltId: string }
    const entered = await command('olt-cli.setAccess', {
      ...cli,
      oltId,
      baseVersion: 0,
      allowTelnet: cli.transport === 'telnet',
    })
    if (!entered.ok) {
      log.error('the CLI of a simulated OLT could not be entered', { code: entered.error.code })
    }
  }

  return {
    signIn() {
      const opened = deps.opened()
      if (!deps.isSimulated || opened === null) return
      const account = opened.accounts.byLogin(simulatedOwner.name.toLowerCase())
      if (account === undefined) return
      for (const clientId of deps.clients()) {
        if (sessions.get(clientId) !== null) continue
        sessions.start(
          clientId,
          newSession(account, { clock, newId, roles: opened.roles, scopes: opened.scopes }),
        )
      }
    },
    async fill() {
      const reply = await command('workspace.create', {
        ownerName: simulatedOwner.name,
        password: simulatedOwner.password,
      })
      if (!reply.ok) {
        log.error('the simulated workspace could not be made', { code: reply.error.code })
      }
      for (const olt of deps.olts) {
        // Simulated OLTs bear every question; the last shows what its family's own caution looks like.
        await addOlt(olt, olt === deps.olts.at(-1) ? 'family' : 'on')
      }
      sessions.end(self)
    },
  }
}
