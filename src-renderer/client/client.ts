import type {
  CallInput,
  CommandName,
  EventName,
  Output,
  Payload,
  QueryName,
} from '../../src-shared/contract/index.ts'
import type { Bridge, Envelope, Failure } from '../../src-shared/contract/envelope.ts'
import { atShownMoment, isRefusedAtMoment } from './moment.ts'
import { askStepUp, stepUpCount } from './step-up.ts'
import { makeUuidV7 } from './uuid.ts'

/**
 * The only way from the screen to the engine. Types come from the contract; a refusal is thrown as
 * a `CallError` that carries a code, its parameters and the trace id, never a text.
 */
export class CallError extends Error {
  readonly failure: Failure

  constructor(failure: Failure) {
    super(failure.code)
    this.name = 'CallError'
    this.failure = failure
  }
}

declare global {
  interface Window {
    readonly nocturne: Bridge
  }
}

const unwrap = <Value>(envelope: Envelope): Value => {
  if (!envelope.ok) throw new CallError(envelope.error)
  return envelope.value as Value
}

export const callQuery = async <Name extends QueryName>(
  name: Name,
  input: CallInput<Name>,
): Promise<Output<Name>> => {
  refuseAtMoment(name)
  return unwrap(await window.nocturne.invoke(name, atShownMoment(name, input)))
}

/**
 * `commandId` makes a repeat harmless: pass the same one to try again after a doubtful failure.
 * What asks who is there (`step-up-needed`) is repeated under the same one once he has said so.
 */
export const runCommand = async <Name extends CommandName>(
  name: Name,
  input: CallInput<Name>,
  commandId: string = makeUuidV7(),
): Promise<Output<Name>> => {
  refuseAtMoment(name)
  return unwrap(await invokeSteppedUp(name, { commandId, input }))
}

const mostRepeats = 2

const invokeSteppedUp = async (name: CommandName, call: object): Promise<Envelope> => {
  for (let repeats = 0; ; repeats += 1) {
    const before = stepUpCount()
    const envelope = await window.nocturne.invoke(name, call)
    if (envelope.ok || envelope.error.code !== 'step-up-needed') return envelope
    if (repeats === mostRepeats) return envelope
    // Another command may have asked while this one was on its way.
    if (stepUpCount() === before && !(await askStepUp())) return envelope
  }
}

const refuseAtMoment = (name: CommandName | QueryName): void => {
  if (!isRefusedAtMoment(name)) return
  throw new CallError({ code: 'past-is-shown', params: {}, traceId: 'renderer' })
}

type Listener = (payload: never) => void
const listeners = new Map<string, Set<Listener>>()
let connected = false

/** Events come in numbered batches; taking one lets the engine send the next (back-pressure). */
const batchChannel = '$events'
const ackChannel = '$ack'

interface Batch {
  readonly seq: number
  readonly events: readonly { readonly channel: string; readonly payload: unknown }[]
}

const deliver = (channel: string, payload: unknown): void => {
  for (const listener of listeners.get(channel) ?? []) listener(payload as never)
}

const connect = (): void => {
  if (connected) return
  connected = true
  window.nocturne.on((channel, payload) => {
    if (channel !== batchChannel) return deliver(channel, payload)
    const batch = payload as Batch
    try {
      for (const event of batch.events) deliver(event.channel, event.payload)
    } finally {
      void window.nocturne.invoke(ackChannel, batch.seq)
    }
    return undefined
  })
  // A page that has loaded anew waits for nothing it was sent before.
  void window.nocturne.invoke(ackChannel, -1)
}

/** Returns the function that ends the subscription. */
export const onEvent = <Name extends EventName>(
  name: Name,
  listener: (payload: Payload<Name>) => void,
): (() => void) => {
  connect()
  const set = listeners.get(name) ?? new Set<Listener>()
  listeners.set(name, set)
  set.add(listener)
  return () => set.delete(listener)
}
