import type { ProbeResult } from '../../src-shared/contract/network-model.ts'
import { formatPon, ponOf, unpackOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { isNocturneError } from '../../src-shared/errors.ts'
import type { OltPort, OnuColumns } from '../olt/poller/olt-port.ts'
import type { Clock } from '../engine/clock.ts'

/** What a host is and how many ONUs it has: asked before it is saved, nothing is kept. */
export const probeOlt = async (
  port: OltPort,
  clock: Clock,
  signal: AbortSignal,
  progress: (step: 'recognise' | 'identity' | 'status', done: number, total: number | null) => void,
): Promise<
  | Exclude<ProbeResult, { kind: 'recognised' | 'failed' }>
  | Omit<Extract<ProbeResult, { kind: 'recognised' }>, 'known'>
> => {
  progress('recognise', 0, null)
  const askedAt = clock.monotonic()
  const recognition = await port.recognise(signal)
  const answerMs = Math.round((clock.monotonic() - askedAt) * 10) / 10
  const { sysName, sysDescr, sysObjectId, uptimeS } = recognition.system
  if (recognition.kind === 'unrecognised') {
    const interfaces = await port.readInterfaces(signal)
    const ponInterfaces = interfaces.filter(({ isPon }) => isPon).length
    return ponInterfaces === 0 && !recognition.maybeOlt
      ? { kind: 'not-an-olt', sysName, sysDescr, sysObjectId }
      : {
          kind: 'unknown-family',
          sysName,
          sysDescr,
          sysObjectId,
          interfaces: interfaces.length,
          ponInterfaces,
          answerMs,
        }
  }
  const read = async (group: 'identity' | 'status'): Promise<OnuColumns> => {
    const walk = await port.readOnus(group, signal, (done, total) => progress(group, done, total))
    if (walk.failure !== null) throw walk.failure
    return walk.columns
  }
  const identity = await read('identity')
  const status = await read('status')
  const columns = status.count >= identity.count ? status : identity
  const onusByPon = new Map<number, number>()
  for (const address of columns.address) {
    const pon = ponOf(address)
    onusByPon.set(pon, (onusByPon.get(pon) ?? 0) + 1)
  }
  return {
    kind: 'recognised',
    familyId: recognition.familyId,
    familyLabel: recognition.familyLabel,
    reason: recognition.reason,
    sysName,
    sysDescr,
    sysObjectId,
    uptimeS,
    answerMs,
    onus: columns.count,
    ponPorts: [...onusByPon].map(([pon, onus]) => ({
      name: formatPon(unpackOnuAddress(pon)),
      onus,
    })),
    notOffered: [...new Set([...identity.notOffered, ...status.notOffered])],
  }
}

/** A failed question is an answer: the screen says what to check. A cancelled one is not. */
export const probeFailure = (error: unknown): Extract<ProbeResult, { kind: 'failed' }> => {
  if (!isNocturneError(error) || error.code === 'cancelled') throw error
  return { kind: 'failed', problem: { code: error.code, params: { ...error.params } } }
}
