import { NocturneError } from '../../src-shared/errors.ts'
import type {
  OltChassis,
  OltPort,
  OltTarget,
  OnuColumns,
  OnuGroup,
  OnuWalk,
  Recognition,
} from '../../src-main/olt/poller/olt-port.ts'

/** An OLT that answers what it is told to, and watches how it is treated. */
export interface FakeOlt {
  readonly calls: string[]
  /** Walks in flight at the same time, at most. */
  mostAtOnce: number
  open: number
  recognition: Recognition
  /** Uptime when `clockS` says 0. */
  uptimeS: number
  clockS: () => number
  columns: Partial<Record<OnuGroup, OnuColumns>>
  /** By call (`recognise`, a group, `chassis`, `unconfigured`): what it fails with. */
  readonly failures: Map<string, NocturneError>
  /** What a walk had read before it failed. */
  readonly partial: Map<
    OnuGroup,
    { columns: OnuColumns; failure: NocturneError; answerMs: number | null }
  >
  /** Calls wait here until they are let go. */
  hold: boolean
  readonly letGo: () => void
  readonly openPort: (target: OltTarget) => OltPort
}

export const emptyColumns = (group: OnuGroup): OnuColumns => ({
  group,
  count: 0,
  address: new Int32Array(0),
  numbers: {},
  codes: {},
  texts: {},
  notOffered: [],
  unproven: [],
  problems: [],
})

export const createFakeOlt = (): FakeOlt => {
  let inFlight = 0
  let waiting: (() => void)[] = []

  const call = async <Value>(
    name: string,
    signal: AbortSignal,
    answer: () => Value,
  ): Promise<Value> => {
    fake.calls.push(name)
    inFlight++
    fake.mostAtOnce = Math.max(fake.mostAtOnce, inFlight)
    try {
      if (fake.hold) {
        await new Promise<void>((resolve, reject) => {
          waiting.push(resolve)
          signal.addEventListener('abort', () => reject(new NocturneError('cancelled')))
        })
      }
      await Promise.resolve()
      if (signal.aborted) throw new NocturneError('cancelled')
      const failure = fake.failures.get(name)
      if (failure !== undefined) throw failure
      return answer()
    } finally {
      inFlight--
    }
  }

  const system = () => ({
    sysName: 'OLT-1',
    sysDescr: 'a fake',
    sysObjectId: '1.3.6.1.4.1.1',
    uptimeS: fake.uptimeS + fake.clockS(),
  })

  const fake: FakeOlt = {
    calls: [],
    mostAtOnce: 0,
    open: 0,
    uptimeS: 1_000,
    clockS: () => 0,
    recognition: {
      kind: 'recognised',
      familyId: 'fake-family',
      familyLabel: 'Fake family',
      reason: 'because',
      polling: { perPon: false, opticsByDefault: true, reason: null },
      system: { sysName: 'OLT-1', sysDescr: 'a fake', sysObjectId: '1.3.6.1.4.1.1', uptimeS: 1 },
    },
    columns: {},
    failures: new Map(),
    partial: new Map(),
    hold: false,
    letGo: () => {
      const all = waiting
      waiting = []
      for (const go of all) go()
    },
    openPort: () => {
      fake.open++
      let closed = false
      return {
        recognise: (signal) =>
          call('recognise', signal, () => ({ ...fake.recognition, system: system() })),
        readChassis: (signal) =>
          call('chassis', signal, (): OltChassis => ({
            system: system(),
            boards: [],
            boardFields: { notOffered: [], unproven: [] },
            ponPorts: [],
            ponPortFields: { notOffered: [], unproven: [] },
          })),
        readInterfaces: (signal) => call('interfaces', signal, () => []),
        readUnconfigured: (signal) => call('unconfigured', signal, () => []),
        readOnus: (group, signal) =>
          call(
            group,
            signal,
            (): OnuWalk =>
              fake.partial.get(group) ?? {
                columns: fake.columns[group] ?? emptyColumns(group),
                failure: null,
                answerMs: null,
              },
          ),
        ponsToRead: () => Promise.resolve(null),
        canReadPon: () => false,
        openOnuReader: () => {
          throw new Error('not yet')
        },
        close: () => {
          if (!closed) fake.open--
          closed = true
        },
      }
    },
  }
  return fake
}
