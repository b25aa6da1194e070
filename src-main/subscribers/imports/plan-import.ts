import type { Output } from '../../../src-shared/contract/index.ts'
import type { SubscriberImportField } from '../../../src-shared/contract/subscribers.ts'
import { languageTag } from '../../../src-shared/contract/subscribers-model.ts'
import { onuSerialOf } from '../../../src-shared/domain/onu-serial.ts'
import { phoneOf } from '../../../src-shared/domain/phone.ts'
import type { SubscriberStatus } from '../../../src-shared/domain/subscriber-status.ts'
import type { SubscribersDependencies } from '../ports.ts'
import { isMail } from '../rules.ts'
import type { SubscriberSettings } from '../settings.ts'
import { codeKeyOf, nameKeyOf } from '../words.ts'
import type { ImportLine } from './read-lines.ts'
import { countryOf, degreesOf, kindOf, statusOf } from './read-values.ts'

type Preview = Output<'subscribers.previewImport'>
export type ImportProblem = Preview['problems'][number]
export type ImportWarning = Preview['warnings'][number]

/** One subscriber of a file, checked. */
export interface PlannedSubscriber {
  readonly line: number
  /** Null: the next one of the pattern. */
  readonly code: string | null
  readonly kind: 'person' | 'company'
  readonly name: string
  readonly status: SubscriberStatus
  readonly language: string
  readonly taxId: string
  readonly agentId: string | null
  readonly phones: readonly string[]
  readonly emails: readonly string[]
  readonly address: {
    readonly lines: string
    readonly city: string
    readonly region: string
    readonly postcode: string
    readonly country: string
    readonly coordinates: { readonly latitude: number; readonly longitude: number } | null
  } | null
  readonly service: string | null
  readonly onu: { readonly oltId: string; readonly serial: string } | null
  readonly note: string
}

export interface ImportPlan {
  readonly fileName: string
  readonly planned: readonly PlannedSubscriber[]
  readonly problems: readonly ImportProblem[]
  readonly warnings: readonly ImportWarning[]
}

const printable = /^\P{Cc}*$/u

/** What is kept already, by what two of the same have in common. */
export interface Known {
  readonly hasCode: (codeKey: string) => boolean
  readonly hasName: (nameKey: string) => boolean
  readonly hasPhone: (phone: string) => boolean
  readonly hasEmail: (email: string) => boolean
  /** Why a live service may not be put upon this ONU; null: it may. */
  readonly carrierOf: (oltId: string, serial: string) => string | null
}

class Refused extends Error {
  readonly problem: Omit<ImportProblem, 'line'>
  constructor(field: SubscriberImportField | null, code: string, text: string) {
    super(code)
    this.problem = { field, code, text: text.slice(0, 200) }
  }
}

/**
 * Each line becomes a subscriber or is told with its line and why; none is lost, and none is made
 * twice. `yield` lets whoever drives it take a rest.
 */
export function* planImport(
  lines: readonly ImportLine[],
  deps: Pick<SubscribersDependencies, 'facts' | 'withSerial' | 'activeAccounts'> & {
    readonly settings: SubscriberSettings
    readonly known: Known
    readonly fileName: string
    readonly keepRest: boolean
  },
): Generator<number, ImportPlan, void> {
  const { facts, settings, known } = deps
  const oltByName = new Map<string, string | null>()
  for (const { id, name } of facts.olts()) {
    const key = name.trim().toLowerCase()
    oltByName.set(key, oltByName.has(key) ? null : id)
  }
  const agents = new Map(deps.activeAccounts().map(({ id, name }) => [name.toLowerCase(), id]))
  const codes = new Set<string>()
  const onus = new Set<string>()
  const phones = new Set<string>()
  const planned: PlannedSubscriber[] = []
  const problems: ImportProblem[] = []
  const warnings: ImportWarning[] = []

  const refuse = (field: SubscriberImportField | null, code: string, text = ''): never => {
    throw new Refused(field, code, text)
  }

  const short = (line: ImportLine, field: SubscriberImportField, most: number): string => {
    const text = line.text(field).replaceAll(/\s+/gu, ' ')
    if (text.length > most) return refuse(field, 'too-long', text)
    if (!printable.test(text)) return refuse(field, 'control', '')
    return text
  }

  const choice = <Value>(
    line: ImportLine,
    field: SubscriberImportField,
    read: (text: string) => Value | null,
    otherwise: Value,
  ): Value => {
    const text = line.text(field)
    if (text === '') return otherwise
    return read(text) ?? refuse(field, 'unknown-value', text)
  }

  const onuOf = (line: ImportLine): PlannedSubscriber['onu'] => {
    const typed = line.text('serial')
    const oltName = line.text('olt')
    if (typed === '') return oltName === '' ? null : refuse('serial', 'serial-missing', oltName)
    const serial = onuSerialOf(typed)
    if (serial === '' || serial.length > 40) return refuse('serial', 'serial', typed)
    let oltId: string | null | undefined
    if (oltName === '') {
      const on = new Set(deps.withSerial(serial).flatMap((row) => facts.oltOfRow(row)?.id ?? []))
      if (on.size !== 1) return refuse('serial', on.size === 0 ? 'onu-unknown' : 'onu-many', typed)
      oltId = [...on][0]
    } else {
      oltId = oltByName.get(oltName.trim().toLowerCase())
      if (oltId === null) return refuse('olt', 'olt-many', oltName)
      if (oltId === undefined) return refuse('olt', 'olt-unknown', oltName)
    }
    if (oltId == null) return null
    const key = `${oltId} ${serial}`
    if (onus.has(key)) return refuse('serial', 'onu-twice', typed)
    const carrier = known.carrierOf(oltId, serial)
    if (carrier !== null) return refuse('serial', 'onu-taken', `${serial}: ${carrier}`)
    return { oltId, serial }
  }

  const addressOf = (line: ImportLine): PlannedSubscriber['address'] => {
    const latitude = choice(line, 'latitude', (text) => degreesOf(text, 90), null)
    const longitude = choice(line, 'longitude', (text) => degreesOf(text, 180), null)
    if ((latitude === null) !== (longitude === null)) return refuse('latitude', 'half-place', '')
    const isZero = latitude === 0 && longitude === 0
    const address = {
      lines: short(line, 'street', 300),
      city: short(line, 'city', 80),
      region: short(line, 'region', 80),
      postcode: short(line, 'postcode', 20),
      country: choice(line, 'country', countryOf, ''),
      coordinates:
        latitude === null || longitude === null || isZero ? null : { latitude, longitude },
    }
    const { lines: street, city, region, postcode, coordinates } = address
    const isEmpty =
      coordinates === null && [street, city, region, postcode].every((one) => one === '')
    return isEmpty ? null : address
  }

  const noteOf = (line: ImportLine): string => {
    const rest = deps.keepRest ? line.rest.map(({ header, text }) => `${header}: ${text}`) : []
    const note = [...line.texts('note'), ...rest].join('\n').replaceAll(/[^\P{Cc}\n]/gu, ' ')
    return note.length > 4000 ? refuse('note', 'too-long', '') : note
  }

  const plan = (line: ImportLine): PlannedSubscriber => {
    const name = short(line, 'name', 160)
    if (name === '') return refuse('name', 'name-missing')
    const code = short(line, 'code', 40)
    const codeKey = codeKeyOf(code)
    if (code !== '' && codes.has(codeKey)) return refuse('code', 'code-twice', code)
    if (code !== '' && known.hasCode(codeKey)) return refuse('code', 'code-taken', code)
    const found = line.texts('phone').map((typed) => {
      return phoneOf(typed, settings.country) ?? refuse('phone', 'phone', typed)
    })
    const emails = line.texts('email').map((typed) => {
      const mail = typed.toLowerCase()
      return isMail(mail) ? mail : refuse('email', 'email', typed)
    })
    const onu = onuOf(line)
    const status = choice(line, 'status', statusOf, onu === null ? 'lead' : 'active')
    if (status === 'ended' && onu !== null) return refuse('status', 'ended-served', '')
    const agent = line.text('agent')
    const agentId = agent === '' ? null : agents.get(agent.toLowerCase())
    if (agentId === undefined) return refuse('agent', 'agent-unknown', agent)
    const language = line.text('language') || settings.language
    if (!languageTag.safeParse(language).success)
      return refuse('language', 'unknown-value', language)
    const service = short(line, 'service', 80)
    return {
      line: line.line,
      code: code === '' ? null : code,
      kind: choice(line, 'kind', kindOf, 'person'),
      name,
      status,
      language,
      taxId: short(line, 'taxId', 40),
      agentId,
      phones: [...new Set(found)],
      emails: [...new Set(emails)],
      address: addressOf(line),
      service: service === '' ? null : service,
      onu,
      note: noteOf(line),
    }
  }

  const warn = (one: PlannedSubscriber): void => {
    const add = (code: string, text: string): void =>
      void warnings.push({ line: one.line, code, text: text.slice(0, 200) })
    const phone = one.phones.find((number) => known.hasPhone(number) || phones.has(number))
    const email = one.emails.find(known.hasEmail)
    if (phone !== undefined) add('alike-phone', `${one.name}: ${phone}`)
    else if (email !== undefined) add('alike-email', `${one.name}: ${email}`)
    else if (known.hasName(nameKeyOf(one.name))) add('alike-name', one.name)
    if (one.onu !== null && deps.withSerial(one.onu.serial).length === 0) {
      add('onu-not-seen', `${one.name}: ${one.onu.serial}`)
    }
  }

  let count = 0
  for (const line of lines) {
    if (++count % 500 === 0) yield count
    try {
      const one = plan(line)
      warn(one)
      planned.push(one)
      if (one.code !== null) codes.add(codeKeyOf(one.code))
      if (one.onu !== null) onus.add(`${one.onu.oltId} ${one.onu.serial}`)
      for (const number of one.phones) phones.add(number)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      problems.push({ line: line.line, ...error.problem })
    }
  }
  return { fileName: deps.fileName, planned, problems, warnings }
}
