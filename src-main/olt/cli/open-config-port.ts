import type { PonAddress } from '../../../src-shared/domain/onu-address.ts'
import type { DeviceStep } from '../../../src-shared/domain/device-steps.ts'
import { sameService } from '../../../src-shared/domain/onu-config.ts'
import { isNocturneError, NocturneError } from '../../../src-shared/errors.ts'
import { createAsking } from './ask-cli.ts'
import type { CliValues, SecretOf } from './cli-parameters.ts'
import { problemOf } from './cli-refusals.ts'
import type { CliDesk, CliSession } from './cli-session.ts'
import type { OltConfigPort, OltWriter, StepOutcome, StepSecrets } from './config-port.ts'
import type { FamilyCli } from './family-cli.ts'
import { looksUpService, readyLines, readyStep, renderStep } from './render-step.ts'
import {
  findSerialPlace,
  readFoundOnus,
  readOltCatalogue,
  readOnuConfig,
  readPonConfigs,
} from './read-onus.ts'
import { noWriteAccess, runLines, runSets, withOnuId, type SnmpWriteAccess } from './run-step.ts'

export interface ConfigPortOptions {
  readonly cli: FamilyCli
  readonly desk: CliDesk
  /** For what a family does over SNMP; null: nobody gave us a community that may write. */
  readonly snmp: SnmpWriteAccess | null
  /** The PON ports as the console knows them: some families are asked port by port. */
  readonly ponPorts?: () => readonly PonAddress[]
}

/** How one OLT is configured, by its family's words and through its sessions. Keeps nothing. */
export const openConfigPort = ({
  cli,
  desk,
  snmp,
  ponPorts = () => [],
}: ConfigPortOptions): OltConfigPort => {
  const reading = <Out>(
    signal: AbortSignal,
    work: (asking: ReturnType<typeof createAsking>) => Promise<Out>,
  ): Promise<Out> => desk.withReader(signal, (session) => work(createAsking(cli, session, signal)))

  const render: OltConfigPort['render'] = (step) => {
    const rendered = renderStep(cli, step)
    if (rendered.via === 'snmp' && snmp === null) throw noWriteAccess()
    return rendered
  }

  return {
    abilities: cli.abilities,
    render,
    readOnu: (address, signal) => reading(signal, (asking) => readOnuConfig(cli, asking, address)),
    readPon: (pon, signal, onProgress) =>
      reading(signal, (asking) => readPonConfigs(cli, asking, pon, onProgress)),
    findSerial: (serial, signal) =>
      reading(signal, (asking) => findSerialPlace(cli, asking, serial, ponPorts())),
    readFound: (signal) => reading(signal, (asking) => readFoundOnus(cli, asking, ponPorts())),
    readCatalogue: (signal, onProgress) =>
      reading(signal, (asking) => readOltCatalogue(cli, asking, onProgress)),
    readConfiguration: async (signal, onProgress) => {
      const command = cli.profile.reads.configuration
      if (command === undefined) throw new NocturneError('cli-family-cannot', { step: 'backup' })
      const answer = await reading(signal, (asking) => asking.text(command, {}))
      if (answer === null || answer.text.trim() === '') throw new NocturneError('config-empty')
      onProgress?.(answer.text.length)
      return answer.text
    },
    exportConfiguration: async ({ by, host, file, userName, password }, signal) => {
      const rule = cli.profile.exports[by]
      if (rule === undefined) throw new NocturneError('cli-family-cannot', { step: `export-${by}` })
      const values: CliValues = { host, file, exportUser: userName }
      const lines = readyLines(cli, rule.lines, values, () => password)
      const outcome = await desk.withWriter(signal, (session) =>
        runLines(session, lines, values, signal),
      )
      if (outcome.kind !== 'done') throw thrown(outcome)
    },
    withWriter: (signal, work) =>
      desk.withWriter(signal, (session) => work(createWriter(cli, session, snmp))),
  }
}

const thrown = (outcome: Exclude<StepOutcome, { kind: 'done' }>): NocturneError =>
  new NocturneError(outcome.problem.code, outcome.problem.params)

const createWriter = (
  cli: FamilyCli,
  session: CliSession,
  snmp: SnmpWriteAccess | null,
): OltWriter => ({
  readOnu: (address, signal) => readOnuConfig(cli, createAsking(cli, session, signal), address),
  run: async (step, signal, secrets = {}) => {
    try {
      const given = await lookUp(cli, session, step, signal)
      if (given === 'missing') {
        const problem = { code: 'onu-service-missing', params: { line: '' } } as const
        return { kind: 'not-sent', problem, exchanges: [] }
      }
      const ready = readyStep(cli, step, secretOf(step, secrets), given)
      const outcome =
        ready.via === 'snmp'
          ? await runSets(snmp, ready.sets, signal)
          : await runLines(session, ready.lines, ready.values, signal)
      return withOnuId(outcome, step)
    } catch (error) {
      // Whatever failed here failed before the first line: run-step.ts makes outcomes of the rest.
      if (!isNocturneError(error)) throw error
      return { kind: 'not-sent', problem: problemOf(error), exchanges: [] }
    }
  },
})

/** Secrets by the names of the contract: `pppoe`, `wifi1` …; a template says `{secret:wifi}`. */
const secretOf =
  (step: DeviceStep, secrets: StepSecrets): SecretOf =>
  (name) => {
    const full = step.kind === 'set-wifi' && name === 'wifi' ? `wifi${step.wifi.index}` : name
    return Object.hasOwn(secrets, full) ? (secrets[full] ?? null) : null
  }

/** The OLT's own number of a service that a step names by what it carries. */
const lookUp = async (
  cli: FamilyCli,
  session: CliSession,
  step: DeviceStep,
  signal: AbortSignal,
): Promise<CliValues | 'missing'> => {
  if (step.kind !== 'remove-service' || !looksUpService(cli, step)) return {}
  const config = await readOnuConfig(cli, createAsking(cli, session, signal), step.address)
  const found = config?.services?.find((one) => sameService(one, step.service))
  return found === undefined || found.index === null ? 'missing' : { serviceIndex: found.index }
}
