import type { PonAddress } from '../../../src-shared/domain/onu-address.ts'
import type { DeviceStep } from '../../../src-shared/domain/device-steps.ts'
import { sameService, type OnuService } from '../../../src-shared/domain/onu-config.ts'
import { isNocturneError, NocturneError } from '../../../src-shared/errors.ts'
import { createAsking } from './ask-cli.ts'
import type { CliValues, SecretOf } from './cli-parameters.ts'
import { problemOf } from './cli-refusals.ts'
import type { CliDesk, CliSession } from './cli-session.ts'
import type {
  ExportTarget,
  OltConfigPort,
  OltWriter,
  StepOutcome,
  StepSecrets,
} from './config-port.ts'
import type { FamilyCli } from './family-cli.ts'
import { readOltCatalogue } from './read-catalogue.ts'
import { createOnuTypePorts } from './onu-type-ports.ts'
import { looksUpService, readyLines, readyStep, renderStep, type ReadyLine } from './render-step.ts'
import {
  findSerialPlace,
  readFoundOnus,
  readOnuConfig,
  readPonConfigs,
  type ReadingParts,
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
  const parts: ReadingParts = { cli, typePorts: createOnuTypePorts(cli) }

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
    readOnu: (address, signal) =>
      reading(signal, (asking) => readOnuConfig(parts, asking, address)),
    readPon: (pon, signal, onProgress) =>
      reading(signal, (asking) => readPonConfigs(parts, asking, pon, onProgress)),
    findSerial: (serial, signal) =>
      reading(signal, (asking) => findSerialPlace(cli, asking, serial, ponPorts())),
    readFound: (signal) => reading(signal, (asking) => readFoundOnus(cli, asking, ponPorts())),
    readCatalogue: (signal, onProgress) =>
      reading(signal, (asking) => readOltCatalogue(cli, asking, onProgress)),
    readConfiguration: async (signal, onProgress) => {
      const command = cli.profile.reads.configuration
      if (command === undefined) throw new NocturneError('cli-family-cannot', { step: 'backup' })
      const answer = await reading(signal, (asking) => asking.text(command, {}, onProgress))
      if (answer === null || answer.text.trim() === '') throw new NocturneError('config-empty')
      onProgress?.(answer.text.length)
      return answer.text
    },
    renderExport: (target) =>
      readyExport(cli, target).lines.map(({ command, modeShown }) => ({
        mode: modeShown,
        line: command.shown,
      })),
    exportConfiguration: async (target, signal) => {
      const { lines, values } = readyExport(cli, target)
      const outcome = await desk.withWriter(signal, (session) =>
        runLines(session, lines, values, signal),
      )
      if (outcome.kind !== 'done') throw thrown(outcome)
    },
    withWriter: (signal, work) =>
      desk.withWriter(signal, (session) => work(createWriter(parts, session, snmp))),
  }
}

/** Errors: `cli-family-cannot` {step}, `cli-parameter-refused` {parameter}. */
const readyExport = (
  cli: FamilyCli,
  { by, host, file, userName, password }: ExportTarget,
): { readonly lines: readonly ReadyLine[]; readonly values: CliValues } => {
  const rule = cli.profile.exports[by]
  const values: CliValues = { host, file, exportUser: userName }
  const lines = rule === undefined ? [] : readyLines(cli, rule.lines, values, () => password)
  if (lines.length === 0) throw new NocturneError('cli-family-cannot', { step: `export-${by}` })
  return { lines, values }
}

const thrown = (outcome: Exclude<StepOutcome, { kind: 'done' }>): NocturneError =>
  new NocturneError(outcome.problem.code, outcome.problem.params)

const createWriter = (
  parts: ReadingParts,
  session: CliSession,
  snmp: SnmpWriteAccess | null,
): OltWriter => ({
  readOnu: (address, signal) =>
    readOnuConfig(parts, createAsking(parts.cli, session, signal), address),
  run: async (step, signal, secrets = {}) => {
    try {
      const given = await lookUp(parts, session, step, signal)
      const ready = readyStep(parts.cli, step, secretOf(step, secrets), given)
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

/**
 * What must be read before a step can be said: the OLT's own number of a service that is named by what
 * it carries; and whether the number that a new one gets by its GEM port is free. An OLT would take the
 * line either way, and another service would be gone.
 */
const lookUp = async (
  parts: ReadingParts,
  session: CliSession,
  step: DeviceStep,
  signal: AbortSignal,
): Promise<CliValues> => {
  const { cli } = parts
  const services = async (): Promise<readonly OnuService[]> => {
    if (step.kind !== 'add-service' && step.kind !== 'remove-service') return []
    const asking = createAsking(cli, session, signal)
    return (await readOnuConfig(parts, asking, step.address))?.services ?? []
  }
  if (step.kind === 'remove-service' && step.service.index === null) {
    if (!looksUpService(cli, step) && cli.profile.serviceIndex !== 'gem') return {}
    const found = (await services()).find((one) => sameService(one, step.service))
    if (found === undefined || found.index === null) throw new NocturneError('onu-service-missing')
    return { serviceIndex: found.index }
  }
  if (step.kind === 'add-service' && step.service.index === null) {
    if (cli.profile.serviceIndex !== 'gem') return {}
    const taken = (await services()).some(
      (one) => one.index === step.service.gemPort && !sameService(one, step.service),
    )
    if (taken) throw new NocturneError('cli-parameter-refused', { parameter: 'serviceIndex' })
  }
  return {}
}
