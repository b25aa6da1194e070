import { NocturneError } from '../../../src-shared/errors.ts'
import { openOlt, type OltDriver } from '../driver.ts'
import type { OltFamily } from '../family/load-families.ts'
import { isPonInterface, readInterfaces } from '../interfaces.ts'
import type { OneOnuReader } from '../onu-reader.ts'
import type { OltProblem, OnuReadings } from '../onu-readings.ts'
import type { BoardState } from '../read-boards.ts'
import { recognise } from '../recognise.ts'
import { createWalkPace, type PaceFigures, type WalkPace } from '../snmp/pace.ts'
import { meanAnswerMs } from '../snmp/request-gate.ts'
import { createRestartWatch } from '../snmp/restart-watch.ts'
import { openSnmpSession, type SnmpSession, type SnmpSessionOptions } from '../snmp/session.ts'
import { readSystem, type OltSystem as DriverSystem } from '../system.ts'
import type {
  OltBoard,
  OltPonPort,
  OltPort,
  OltSystem,
  OnuColumns,
  OpenOltPort,
  TableFields,
} from './olt-port.ts'

export interface OltPortOptions {
  /** Asked at each recognition: a getter may stand behind it. */
  readonly families: readonly OltFamily[]
  /** How long one question waits for its answer, ms. */
  readonly timeoutMs?: number
  /** How often a single question is asked again; walks have their own way (snmp/walker.ts). */
  readonly retries?: number
  readonly openSession?: (options: SnmpSessionOptions) => Promise<SnmpSession>
}

const defaultTimeoutMs = 3_000
const defaultRetries = 2
/** More OLTs than one console polls; beyond it the oldest start anew. */
const rememberedPaces = 2_000

export type OltPorts = OpenOltPort & {
  /** How an OLT is treated, for its page; null: it was not asked yet. */
  readonly figuresOf: (host: string, port: number) => PaceFigures | null
}

/** Ports to real OLTs over SNMP. What an OLT could not take is remembered from port to port. */
export const createOltPorts = (options: OltPortOptions): OltPorts => {
  const paces = new Map<string, WalkPace>()

  const paceOf = (host: string, port: number): WalkPace => {
    const key = `${host} ${port}`
    const pace = paces.get(key) ?? createWalkPace()
    paces.set(key, pace)
    const [oldest] = paces.keys()
    if (paces.size > rememberedPaces && oldest !== undefined) paces.delete(oldest)
    return pace
  }

  const openPort: OpenOltPort = ({ host, port, access }) => {
    const pace = paceOf(host, port)
    const restarts = createRestartWatch()
    let session: SnmpSession | null = null
    let driver: OltDriver | null = null
    let closed = false

    const openSession = async (): Promise<SnmpSession> => {
      if (session !== null) return session
      if (closed) throw new NocturneError('cancelled')
      const opened = await (options.openSession ?? openSnmpSession)({
        host,
        port,
        ...access,
        timeoutMs: options.timeoutMs ?? defaultTimeoutMs,
        retries: options.retries ?? defaultRetries,
        gate: pace.gate,
      })
      if (closed) {
        opened.close()
        throw new NocturneError('cancelled')
      }
      session = opened
      return opened
    }

    const recognised = (): OltDriver => {
      if (closed) throw new NocturneError('cancelled')
      if (driver === null) throw new Error('an OLT is read before it was recognised')
      return driver
    }

    /**
     * Rows from before and after a restart do not belong together, and look just as good. An OLT that
     * fell silent cannot be asked; what it said before that was said in one go.
     */
    const refuseRestarted = async (
      failure: NocturneError | null,
      signal: AbortSignal,
    ): Promise<void> => {
      const restarted = await openSession()
        .then((live) => restarts.look(live, signal))
        .catch((error: unknown) => {
          if (failure === null) throw error
          return false
        })
      if (restarted) throw new NocturneError('olt-restarted', { host, port })
    }

    const readAll: OltPort = {
      recognise: async (signal) => {
        const live = await openSession()
        await restarts.look(live, signal)
        const found = await recognise(live, options.families, pace, signal)
        const system = systemOf(found.system)
        if (found.kind === 'unknown') {
          driver = null
          return { kind: 'unrecognised', system, maybeOlt: found.isOlt === 'maybe' }
        }
        driver = openOlt({ session: live, family: found.family, pace })
        return {
          kind: 'recognised',
          system,
          familyId: found.family.family,
          familyLabel: found.family.title,
          reason: found.reason,
          polling: {
            perPon: found.family.polling?.perPon === true,
            opticsByDefault: found.family.polling?.opticsByDefault !== false,
            reason: found.family.polling?.reason ?? null,
          },
        }
      },
      readChassis: async (signal) => {
        const olt = recognised()
        const system = systemOf(await readSystem(await openSession(), signal))
        const { boards, ...boardTable } = await olt.readBoards(signal)
        const { ports, ...ponPortTable } = await olt.readPonPorts(signal)
        return {
          system,
          boardFields: fieldsOf(boardTable, boardFieldNames),
          ponPortFields: fieldsOf(ponPortTable, ponPortFieldNames),
          boards: boards.map(({ slot, shelf, name, state, ...rest }) => ({
            slot,
            shelf,
            name,
            state: boardStateOf[state],
            cpuPercent: rest.cpuPercent,
            memoryPercent: rest.memoryPercent,
            temperatureC: rest.temperatureC,
          })),
          ponPorts: ports.map((pon) => ({
            shelf: pon.shelf,
            slot: pon.slot,
            port: pon.port,
            name: pon.ifName,
            description: pon.name,
            state: pon.oper === 'other' ? 'unknown' : pon.oper,
            capacity: pon.onuCapacity,
            txDbm: pon.txDbm,
            temperatureC: pon.temperatureC,
            voltageV: pon.voltageV,
            biasMa: pon.biasMa,
          })),
        }
      },
      readInterfaces: async (signal) => {
        const interfaces = await readInterfaces(await openSession(), pace, signal)
        return interfaces.map((entry) => ({
          index: entry.ifIndex,
          name: entry.name,
          description: null,
          type: entry.type,
          state: entry.oper === 'other' ? 'unknown' : entry.oper,
          isPon: isPonInterface(entry),
        }))
      },
      readUnconfigured: async (signal) => (await recognised().readUnconfigured(signal)).onus,
      readOnus: async (group, signal, onProgress, part) => {
        const olt = recognised()
        const totals = pace.gate.totals()
        const readings = await olt.readOnus(group, {
          signal,
          keepPartial: true,
          onProgress: ({ onus }) => onProgress(onus, null),
          ...(part === undefined ? {} : { pon: part.pon }),
        })
        const answerMs = meanAnswerMs(totals, pace.gate.totals())
        if (part?.checkRestart !== false) await refuseRestarted(readings.failure, signal)
        return { columns: columnsOf(readings), failure: readings.failure, answerMs }
      },
      ponsToRead: (group, signal) => recognised().ponsToRead(group, signal),
      canReadPon: (group, pon) => driver?.canReadPon(group, pon) === true,
      openOnuReader: (address) => {
        let reader: { readonly of: OltDriver; readonly it: OneOnuReader } | null = null
        return {
          read: async (signal) => {
            const totals = pace.gate.totals()
            const olt = recognised()
            // Recognised anew: its tables may be numbered anew.
            if (reader?.of !== olt) {
              reader = { of: olt, it: await olt.openOnuReader(address, signal) }
            }
            const { how, groups } = await reader.it.read(signal)
            const answerMs = meanAnswerMs(totals, pace.gate.totals())
            return { how, columns: groups.map(columnsOf), answerMs }
          },
        }
      },
      close: () => {
        closed = true
        session?.close()
        session = null
        driver = null
      },
    }
    return readAll
  }

  return Object.assign(openPort, {
    figuresOf: (host: string, port: number) => paces.get(`${host} ${port}`)?.figures() ?? null,
  })
}

const columnsOf = ({ problems, ...columns }: OnuReadings): OnuColumns => ({
  ...columns,
  problems: problems.map(problemOf),
})

const systemOf = ({ sysName, sysDescr, sysObjectId, upTimeS }: DriverSystem): OltSystem => ({
  sysName,
  sysDescr,
  sysObjectId,
  uptimeS: upTimeS,
})

/** What a row here is called, by the name of the driver's field. */
const boardFieldNames = {
  name: 'name',
  state: 'state',
  cpuPercent: 'cpuPercent',
  memoryPercent: 'memoryPercent',
  temperatureC: 'temperatureC',
} as const satisfies Readonly<Record<string, keyof OltBoard>>

const ponPortFieldNames = {
  ifName: 'name',
  name: 'description',
  onuCapacity: 'capacity',
  txDbm: 'txDbm',
  temperatureC: 'temperatureC',
  voltageV: 'voltageV',
  biasMa: 'biasMa',
} as const satisfies Readonly<Record<string, keyof OltPonPort>>

const fieldsOf = (
  table: { readonly offered: readonly string[]; readonly unproven: readonly string[] },
  names: Readonly<Record<string, string>>,
): TableFields => {
  const shown = Object.entries(names)
  return {
    notOffered: shown.flatMap(([field, name]) => (table.offered.includes(field) ? [] : [name])),
    unproven: shown.flatMap(([field, name]) => (table.unproven.includes(field) ? [name] : [])),
  }
}

const boardStateOf: Readonly<Record<BoardState, OltBoard['state']>> = {
  'in-service': 'in-service',
  faulty: 'out-of-service',
  absent: 'empty',
  starting: 'out-of-service',
  unknown: 'unknown',
}

const problemOf = ({
  kind,
  field,
  count,
  sample,
}: OltProblem): { text: string; count: number } => ({
  text: `${field}: ${kind} (${sample})`.slice(0, 255),
  count,
})
