import { NocturneError } from '../../src-shared/errors.ts'
import type {
  OltChassis,
  OltPort,
  OltTarget,
  OnuColumns,
  OnuGroup,
  OnuReading,
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
  /** Ports that a round is read by, one after the other; their calls are named `status@5120`. */
  pons: readonly number[] | null
  columnsOfPon: (group: OnuGroup, pon: number) => OnuColumns
  /** Whether one PON can be asked for alone. */
  isCut: boolean
  /** Mean time to an answer that its walks tell of. */
  answerMs: number | null
  /** What the reader of one ONU tells; its calls are named `onu`. */
  reading: OnuReading
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
    isWalk = true,
  ): Promise<Value> => {
    fake.calls.push(name)
    if (isWalk) inFlight++
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
      if (isWalk) inFlight--
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
    pons: null,
    columnsOfPon: emptyColumns,
    isCut: false,
    answerMs: null,
    reading: { how: 'onu', columns: [], answerMs: null },
    hold: false,
    letGo: () => {
      const all = waiting
      waiting = []
      for (const go of all) go()
    },
    openPort: () => {
      fake.open++
      let closed = false
      let recognised = false
      const ready = (): void => {
        if (closed) throw new NocturneError('cancelled')
        if (!recognised) throw new Error('an OLT is read before it was recognised')
      }
      return {
        recognise: (signal) =>
          call('recognise', signal, () => {
            recognised = fake.recognition.kind === 'recognised'
            return { ...fake.recognition, system: system() }
          }),
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
        readOnus: (group, signal, _onProgress, part) =>
          call(part === undefined ? group : `${group}@${part.pon}`, signal, (): OnuWalk => {
            ready()
            const { answerMs } = fake
            if (part !== undefined) {
              const columns = fake.columnsOfPon(group, part.pon)
              return { columns, failure: null, answerMs }
            }
            const columns = fake.columns[group] ?? emptyColumns(group)
            return fake.partial.get(group) ?? { columns, failure: null, answerMs }
          }),
        ponsToRead: () => Promise.resolve(fake.pons),
        canReadPon: () => fake.isCut,
        openOnuReader: () => ({
          read: (signal) =>
            call(
              'onu',
              signal,
              () => {
                ready()
                return fake.reading
              },
              false,
            ),
        }),
        close: () => {
          if (!closed) fake.open--
          closed = true
        },
      }
    },
  }
  return fake
}
