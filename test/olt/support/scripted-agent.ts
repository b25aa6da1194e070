import {
  readRequest,
  writeResponse,
  type WireRequest,
  type WireValue,
  type WireVarbind,
} from './ber-writer.ts'

/** A tiny, honest agent over a fixed list of objects; a test bends it through `behave`. */
export interface ScriptedAgent {
  /** The datagrams to send back; none means silence. */
  readonly answer: (datagram: Buffer) => readonly Buffer[]
  readonly requests: readonly WireRequest[]
}

export interface ScriptedAgentOptions {
  readonly objects: Readonly<Record<string, WireValue>>
  readonly community?: string
  /** Stands in for the honest answer; undefined leaves it. */
  readonly behave?: (request: WireRequest, honest: () => Buffer) => readonly Buffer[] | undefined
}

const toArcs = (oid: string): readonly number[] => oid.split('.').map(Number)

export const compareArcs = (left: readonly number[], right: readonly number[]): number => {
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0)
    if (difference !== 0) return difference
  }
  return left.length - right.length
}

export const createScriptedAgent = (options: ScriptedAgentOptions): ScriptedAgent => {
  const community = options.community ?? 'public'
  const objects: WireVarbind[] = Object.entries(options.objects)
    .map(([oid, value]) => ({ oid: toArcs(oid), value }))
    .toSorted((left, right) => compareArcs(left.oid, right.oid))
  const requests: WireRequest[] = []

  const after = (oid: readonly number[]): WireVarbind => {
    let low = 0
    let high = objects.length
    while (low < high) {
      const middle = (low + high) >> 1
      const entry = objects[middle]
      if (entry !== undefined && compareArcs(entry.oid, oid) <= 0) low = middle + 1
      else high = middle
    }
    return objects[low] ?? { oid, value: { type: 'endOfMibView' } }
  }

  const exact = (oid: readonly number[]): WireVarbind =>
    objects.find((entry) => compareArcs(entry.oid, oid) === 0) ?? {
      oid,
      value: { type: 'noSuchInstance' },
    }

  const honestAnswer = (request: WireRequest): Buffer => {
    const varbinds: WireVarbind[] = []
    if (request.kind === 'get') varbinds.push(...request.oids.map(exact))
    if (request.kind === 'get-next') varbinds.push(...request.oids.map(after))
    if (request.kind === 'get-bulk') {
      let row = request.oids
      for (let repetition = 0; repetition < request.third; repetition++) {
        const next = row.map(after)
        varbinds.push(...next)
        row = next.map(({ oid }) => oid)
      }
    }
    return writeResponse(request.community, request.requestId, varbinds)
  }

  return {
    requests,
    answer: (datagram) => {
      const request = readRequest(datagram)
      requests.push(request)
      if (request.community !== community) return []
      const honest = (): Buffer => honestAnswer(request)
      return options.behave?.(request, honest) ?? [honest()]
    },
  }
}
