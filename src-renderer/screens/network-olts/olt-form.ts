import type { CallInput } from '../../../src-shared/contract/index.ts'
import type {
  OltRow,
  OpticsPolling,
  PollIntervals,
} from '../../../src-shared/contract/network-model.ts'
import {
  accessChangesOf,
  accessFormOf,
  accessInputOf,
  checkAccessField,
  emptySnmpAccess,
  fieldsOfChoice,
  keptSecrets,
  type SnmpAccessForm,
  type SnmpAccessFormError,
} from './snmp-access-form.ts'

/** What a person types about an OLT, and how it becomes the input of a command. */
export interface OltForm extends SnmpAccessForm {
  readonly host: string
  readonly port: string
  readonly name: string
  readonly opticClass: 'B+' | 'C+'
  readonly statusMinutes: string
  readonly countersMinutes: string
  readonly opticsMinutes: string
  readonly opticsPolling: OpticsPolling
  readonly note: string
}

export type OltFormField = keyof OltForm

/** Keys of the locale under `olts.form.errors`. */
export type OltFormError =
  | SnmpAccessFormError
  | 'host-missing'
  | 'host-characters'
  | 'port-range'
  | 'name-missing'
  | 'name-long'
  | 'name-characters'
  | 'status-range'
  | 'counters-range'
  | 'optics-range'
  | 'note-long'

export const emptyOltForm: OltForm = {
  host: '',
  port: '161',
  ...emptySnmpAccess,
  name: '',
  opticClass: 'B+',
  statusMinutes: '1',
  countersMinutes: '5',
  opticsMinutes: '60',
  opticsPolling: 'family',
  note: '',
}

const minutesText = (seconds: number): string => String(Math.round((seconds / 60) * 100) / 100)

/** Secrets stay empty: they can be replaced, never read back. */
export const formOfOlt = (olt: OltRow): OltForm => ({
  host: olt.host,
  port: String(olt.port),
  ...accessFormOf(olt),
  name: olt.name,
  opticClass: olt.opticClass,
  statusMinutes: minutesText(olt.intervals.statusS),
  countersMinutes: minutesText(olt.intervals.countersS),
  opticsMinutes: minutesText(olt.intervals.opticsS),
  opticsPolling: olt.opticsPolling,
  note: olt.note ?? '',
})

/** Seconds, or NaN; a decimal comma is as good as a point. */
const secondsOf = (minutes: string): number => {
  const text = minutes.trim().replace(',', '.')
  return /^\d+(\.\d+)?$/.test(text) ? Math.round(Number(text) * 60) : Number.NaN
}

const within = (value: number, min: number, max: number): boolean => value >= min && value <= max

/** What is wrong with one field, or nothing. `kept`: an empty secret means "as it is". */
export const checkOltField = (
  field: OltFormField,
  value: string,
  kept = false,
): OltFormError | undefined => {
  switch (field) {
    case 'host':
      if (value.trim() === '') return 'host-missing'
      return /^[A-Za-z0-9_.:-]{1,253}$/.test(value.trim()) ? undefined : 'host-characters'
    case 'port':
      return /^\d{1,5}$/.test(value.trim()) && within(Number(value), 1, 65_535)
        ? undefined
        : 'port-range'
    case 'name':
      if (value.trim() === '') return 'name-missing'
      if (value.trim().length > 80) return 'name-long'
      return /\p{Cc}/u.test(value.trim()) ? 'name-characters' : undefined
    case 'statusMinutes':
      return within(secondsOf(value), 15, 86_400) ? undefined : 'status-range'
    case 'countersMinutes':
      return within(secondsOf(value), 60, 86_400) ? undefined : 'counters-range'
    case 'opticsMinutes':
      return within(secondsOf(value), 300, 604_800) ? undefined : 'optics-range'
    case 'note':
      return value.length > 2000 ? 'note-long' : undefined
    case 'opticClass':
    case 'opticsPolling':
      return undefined
    default:
      return checkAccessField(field, value, kept)
  }
}

/** The fields that a test needs. */
export const connectionFields = (form: OltForm): readonly OltFormField[] => [
  'host',
  'port',
  ...fieldsOfChoice(form.access),
]

const detailFields = [
  'name',
  'opticClass',
  'statusMinutes',
  'countersMinutes',
  'opticsMinutes',
  'opticsPolling',
  'note',
] as const satisfies readonly OltFormField[]

/** What is wrong with the form; fields of another SNMP version do not count. `olt`: a known one. */
export const checkOltForm = (
  form: OltForm,
  olt?: OltRow,
): Partial<Record<OltFormField, OltFormError>> => {
  const kept = keptSecrets(form.access, olt)
  const errors: Partial<Record<OltFormField, OltFormError>> = {}
  for (const field of [...connectionFields(form), ...detailFields]) {
    const error = checkOltField(
      field,
      form[field],
      kept.some((secret) => secret === field),
    )
    if (error !== undefined) errors[field] = error
  }
  return errors
}

const intervalsOf = (form: OltForm): PollIntervals => ({
  statusS: secondsOf(form.statusMinutes),
  countersS: secondsOf(form.countersMinutes),
  opticsS: secondsOf(form.opticsMinutes),
})

const noteOf = (form: OltForm): string | null => (form.note.trim() === '' ? null : form.note.trim())

export const probeInputOf = (form: OltForm, taskId: string): CallInput<'network.probe'> => ({
  taskId,
  host: form.host.trim(),
  port: Number(form.port),
  ...accessInputOf(form),
})

export const addInputOf = (form: OltForm): CallInput<'network.addOlt'> => ({
  name: form.name.trim(),
  host: form.host.trim(),
  port: Number(form.port),
  ...accessInputOf(form),
  opticClass: form.opticClass,
  intervals: intervalsOf(form),
  opticsPolling: form.opticsPolling,
  note: noteOf(form),
})

/** Only what was changed travels, against the version that was edited. Undefined: nothing was. */
export const updateInputOf = (
  olt: OltRow,
  form: OltForm,
): CallInput<'network.updateOlt'> | undefined => {
  const intervals = intervalsOf(form)
  const changes: Omit<CallInput<'network.updateOlt'>, 'oltId' | 'baseVersion'> = {
    ...(form.name.trim() === olt.name ? {} : { name: form.name.trim() }),
    ...(form.host.trim() === olt.host ? {} : { host: form.host.trim() }),
    ...(Number(form.port) === olt.port ? {} : { port: Number(form.port) }),
    ...accessChangesOf(olt, form),
    ...(form.opticClass === olt.opticClass ? {} : { opticClass: form.opticClass }),
    ...(JSON.stringify(intervals) === JSON.stringify(olt.intervals) ? {} : { intervals }),
    ...(form.opticsPolling === olt.opticsPolling ? {} : { opticsPolling: form.opticsPolling }),
    ...(noteOf(form) === olt.note ? {} : { note: noteOf(form) }),
  }
  return Object.keys(changes).length === 0
    ? undefined
    : { oltId: olt.id, baseVersion: olt.version, ...changes }
}

/** A test holds for the address and the way in it was made with, and for no other. */
export const probedConnection = (form: OltForm): string =>
  JSON.stringify([form.host.trim(), form.port.trim(), accessInputOf(form)])

/** A device's own name is hostile text: what is left of it fits the field it is offered in. */
export const nameFromDevice = (sysName: string | null): string =>
  (sysName ?? '')
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, 80)
    .trim()
