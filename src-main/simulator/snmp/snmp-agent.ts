import { errorStatus, tag } from './ber-tags.ts'
import { BerWriter } from './ber-writer.ts'
import type { MibView } from './mib-view.ts'
import { encodeOidContent, type Oid } from './oid.ts'
import { decodeRequest, type SnmpRequest } from './snmp-request.ts'

export interface AgentSettings {
  community: string
  /** May also write; without it nobody may. */
  writeCommunity?: string | undefined
  /** Answers stay within this many octets; 484 is the least that RFC 3417 allows. */
  maxReplyBytes: number
  /** ZTE C300 V2.1.0 never answers a GETBULK with max-repetitions 0 (facts/performance.md 1.2). */
  hangsOnZeroRepetitions: boolean
  /**
   * What becomes of a GETBULK whose whole answer would not fit: cut short as RFC 3416 section 4.2.3
   * says, refused with tooBig, or sent to nobody (facts/performance.md 1.2).
   */
  oversizedBulk: 'cut' | 'too-big' | 'drop'
}

/** One cursor of a GETBULK: the OID asked for, then the place of the last answer. */
interface Cursor {
  readonly asked: Oid
  started: boolean
  column: number
  row: number
  ended: boolean
}

/**
 * A v2c command responder (RFC 3416 section 4.2) over a view. `answer` gives the reply octets, valid
 * until the next call, or undefined where a real agent stays silent: wrong community, another
 * version, octets that are no request.
 */
export class SnmpAgent {
  readonly settings: AgentSettings
  readonly view: MibView
  private readonly writer = new BerWriter(70_000)
  private requestIdShift = 0

  constructor(view: MibView, settings: AgentSettings) {
    this.view = view
    this.settings = settings
  }

  answer(datagram: Uint8Array, nowMs: number, requestIdShift = 0): Uint8Array | undefined {
    this.requestIdShift = requestIdShift
    const request = decodeRequest(datagram)
    const { community, writeCommunity } = this.settings
    if (!request) return undefined
    const mayWrite = request.community === writeCommunity
    if (!mayWrite && request.community !== community) return undefined
    this.view.freshen()
    switch (request.kind) {
      case 'get':
      case 'getNext':
        return this.answerGet(request, nowMs)
      case 'set':
        return this.answerSet(request, mayWrite, nowMs)
      case 'getBulk':
        if (request.maxRepetitions === 0 && this.settings.hangsOnZeroRepetitions) return undefined
        return this.answerBulk(request, nowMs)
    }
  }

  private answerGet(request: SnmpRequest, nowMs: number): Uint8Array {
    const marks = this.begin(request, errorStatus.noError, 0)
    const next = request.kind === 'getNext'
    for (const name of request.names) {
      if (next) this.writeNext(name, nowMs)
      else this.writeExact(name, nowMs)
      if (this.writer.at > this.settings.maxReplyBytes)
        return this.fail(request, errorStatus.tooBig, 0)
    }
    return this.end(marks)
  }

  /**
   * noAccess for what is not there, notWritable for what is not to be written or not by this
   * community; then one after the other (RFC 3416 section 4.2.5 wants all or none: these are acts).
   */
  private answerSet(request: SnmpRequest, mayWrite: boolean, nowMs: number): Uint8Array {
    const { names, values } = request
    for (const [n, name] of names.entries()) {
      const found = this.view.find(name, nowMs) === 'instance'
      if (!found) return this.fail(request, errorStatus.noAccess, n + 1)
      if (!mayWrite || !this.view.setter) return this.fail(request, errorStatus.notWritable, n + 1)
    }
    for (const [n, name] of names.entries()) {
      const value = values[n]
      if (this.view.find(name, nowMs) !== 'instance' || value === undefined) continue
      const outcome = this.view.setter?.(this.view.item, value, nowMs) ?? 'wrongType'
      if (outcome !== 'done') return this.fail(request, errorStatus[outcome], n + 1)
    }
    return this.fail(request, errorStatus.noError, 0)
  }

  private answerBulk(request: SnmpRequest, nowMs: number): Uint8Array | undefined {
    const marks = this.begin(request, errorStatus.noError, 0)
    const nonRepeaters = Math.min(request.nonRepeaters, request.names.length)
    for (let i = 0; i < nonRepeaters; i++) {
      const before = this.writer.at
      this.writeNext(request.names[i] as Oid, nowMs)
      if (this.overflows(before)) return this.endOversized(request, marks)
    }
    const cursors = request.names
      .slice(nonRepeaters)
      .map((asked): Cursor => ({ asked, started: false, column: 0, row: 0, ended: false }))
    for (let repetition = 0; repetition < request.maxRepetitions; repetition++) {
      let alive = false
      for (const cursor of cursors) {
        const before = this.writer.at
        this.writeRepeated(cursor, nowMs)
        if (this.overflows(before)) return this.endOversized(request, marks)
        alive ||= !cursor.ended
      }
      if (!alive) break
    }
    return this.end(marks)
  }

  private writeRepeated(cursor: Cursor, nowMs: number): void {
    const view = this.view
    if (!cursor.ended) {
      view.column = cursor.column
      view.row = cursor.row
      const found = cursor.started ? view.advance(nowMs) : view.next(cursor.asked, nowMs)
      if (found) {
        cursor.started = true
        cursor.column = view.column
        cursor.row = view.row
        this.writeHere(nowMs)
        return
      }
      cursor.ended = true
    }
    const mark = this.writer.openShort(tag.sequence)
    if (cursor.started) {
      view.column = cursor.column
      view.row = cursor.row
      view.writeName(this.writer)
    } else this.writer.octets(encodeOidContent(cursor.asked), tag.oid)
    this.writer.empty(tag.endOfMibView)
    this.writer.closeShort(mark)
  }

  private writeNext(name: Oid, nowMs: number): void {
    if (this.view.next(name, nowMs)) this.writeHere(nowMs)
    else this.writeMissing(name, tag.endOfMibView)
  }

  private writeExact(name: Oid, nowMs: number): void {
    const found = this.view.find(name, nowMs)
    if (found === 'instance') this.writeHere(nowMs)
    else this.writeMissing(name, tag[found])
  }

  private writeHere(nowMs: number): void {
    const mark = this.writer.openShort(tag.sequence)
    this.view.writeName(this.writer)
    this.view.writeValue(this.writer, nowMs)
    this.writer.closeShort(mark)
  }

  private writeMissing(name: Oid, marker: number): void {
    const mark = this.writer.openShort(tag.sequence)
    this.writer.octets(encodeOidContent(name), tag.oid)
    this.writer.empty(marker)
    this.writer.closeShort(mark)
  }

  private overflows(before: number): boolean {
    if (this.writer.at <= this.settings.maxReplyBytes) return false
    this.writer.at = before
    return true
  }

  private endOversized(
    request: SnmpRequest,
    marks: [number, number, number],
  ): Uint8Array | undefined {
    switch (this.settings.oversizedBulk) {
      case 'cut':
        return this.end(marks)
      case 'too-big':
        return this.fail(request, errorStatus.tooBig, 0)
      case 'drop':
        return undefined
    }
  }

  private begin(
    request: SnmpRequest,
    status: number,
    errorIndex: number,
  ): [number, number, number] {
    const writer = this.writer
    writer.at = 0
    const message = writer.open(tag.sequence)
    writer.integer(1)
    writer.octets(Buffer.from(request.community, 'latin1'))
    const pdu = writer.open(tag.response)
    writer.raw(request.requestId)
    if (this.requestIdShift !== 0) {
      writer.bytes[writer.at - 1] =
        ((writer.bytes[writer.at - 1] as number) + this.requestIdShift) & 0xff
    }
    writer.integer(status)
    writer.integer(errorIndex)
    return [message, pdu, writer.open(tag.sequence)]
  }

  private end([message, pdu, list]: [number, number, number]): Uint8Array {
    this.writer.close(list)
    this.writer.close(pdu)
    this.writer.close(message)
    return this.writer.bytes.subarray(0, this.writer.at)
  }

  /** An error answer: the bindings as they came, or none for tooBig (RFC 3416 section 4.2.1). */
  private fail(request: SnmpRequest, status: number, errorIndex: number): Uint8Array {
    const marks = this.begin(request, status, errorIndex)
    if (status !== errorStatus.tooBig) {
      this.writer.at -= 4
      this.writer.raw(request.bindings)
      this.writer.close(marks[1])
      this.writer.close(marks[0])
      return this.writer.bytes.subarray(0, this.writer.at)
    }
    return this.end(marks)
  }
}
