import { isBooting, type OltModel } from '../population/olt-model.ts'
import type { CliScenario } from '../scenario-schema.ts'
import { type CliState } from './cli-faults.ts'
import type { CliListener } from './cli-listener.ts'
import { checkLogin, runCliSession } from './cli-session.ts'
import type { CliTerminal } from './cli-terminal.ts'
import { hostKeyOf } from './host-key.ts'
import { personalities } from './personalities.ts'
import type { CliOlt } from './personality.ts'
import { listenSsh } from './ssh-server.ts'
import { listenTelnet } from './telnet-server.ts'

/** Where the CLI of an OLT is, and who may come in. Everything here is invented. */
export interface CliAddress {
  /** Null: it has no such server. */
  readonly sshPort: number | null
  readonly telnetPort: number | null
  readonly userName: string
  readonly password: string
  readonly enablePassword: string | null
  /** May also write by SNMP; null: nobody may. */
  readonly writeCommunity: string | null
  /** As `ssh-keygen -lf` shows it, without `SHA256:`; of the key it has now. */
  readonly hostKeySha256: string
}

export interface CliServers {
  readonly address: CliAddress
  readonly stop: () => Promise<void>
}

export interface StartCliOptions {
  readonly model: OltModel
  readonly scenario: CliScenario
  readonly state: CliState
  readonly host: string
  readonly now: () => number
  readonly schedule: (run: () => void, delayMs: number) => () => void
  /** The chassis starts anew. */
  readonly reboot: () => void
}

/** Opens the ports of one OLT's CLI. Rejects when one cannot be had, with nothing left open. */
export const startCli = async (options: StartCliOptions): Promise<CliServers> => {
  const { model, scenario, state, host, now } = options
  const olt: CliOlt = { model, scenario, state, now }
  const personality = personalities[model.scenario.family]
  if (personality === undefined) throw new RangeError(`${model.name} has no CLI to simulate`)
  const listeners: CliListener[] = []
  const isOpen = (): boolean => !state.refuses && !isBooting(model, now())
  const take = (terminal: CliTerminal, userName: string | null): void => {
    if (!isOpen()) {
      terminal.close()
      return
    }
    void runCliSession({
      olt,
      personality,
      terminal,
      userName,
      schedule: options.schedule,
      reboot: options.reboot,
    })
  }
  const hostKey = () => hostKeyOf(`${model.name} ${model.seed} ${state.hostKeyNumber}`)
  const stop = async (): Promise<void> => {
    await Promise.all(listeners.splice(0).map((listener) => listener.stop()))
  }
  try {
    const ssh =
      scenario.ssh === null
        ? null
        : await listenSsh({
            host,
            port: scenario.ssh.port,
            hostKey: () => hostKey().pem,
            legacyOnly: () => state.legacyOnly,
            login: (userName, password) => checkLogin(olt, userName, password),
            isOpen,
            onTerminal: take,
          })
    if (ssh !== null) listeners.push(ssh)
    const telnet =
      scenario.telnet === null
        ? null
        : await listenTelnet({
            host,
            port: scenario.telnet.port,
            onTerminal: (terminal) => take(terminal, null),
          })
    if (telnet !== null) listeners.push(telnet)
    state.dropAll = () => {
      for (const listener of listeners) listener.dropAll()
    }
    state.renewKeys = () => {
      ssh?.renew()
    }
    return {
      address: {
        sshPort: ssh?.port ?? null,
        telnetPort: telnet?.port ?? null,
        userName: scenario.userName,
        password: scenario.password,
        enablePassword: scenario.enablePassword ?? null,
        writeCommunity: model.scenario.writeCommunity ?? null,
        hostKeySha256: hostKey().sha256,
      },
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}
