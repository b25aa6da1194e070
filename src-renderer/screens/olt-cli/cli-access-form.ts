import type { CallInput } from '../../../src-shared/contract/index.ts'
import type { OltCliAccess } from '../../../src-shared/contract/olt-cli.ts'

/** What is typed about an OLT's CLI; secrets are never filled in: empty means "as it is". */
export interface CliAccessForm {
  readonly transport: 'ssh' | 'telnet'
  readonly host: string
  readonly port: number | string
  readonly userName: string
  readonly password: string
  readonly enablePassword: string
  readonly writeCommunity: string
  readonly noEnablePassword: boolean
  readonly noWriteCommunity: boolean
  readonly allowTelnet: boolean
  readonly allowLegacySsh: boolean
  readonly maxReaders: number | string
}

export const usualPorts = { ssh: 22, telnet: 23 } as const

export const formOf = (access: OltCliAccess): CliAccessForm => {
  const offered = access.familyTransports
  const transport =
    access.configured || offered.length === 0 || offered.includes(access.transport)
      ? access.transport
      : offered[0]!
  return {
    transport,
    host: access.host ?? '',
    port: access.configured ? access.port : usualPorts[transport],
    userName: access.userName,
    password: '',
    enablePassword: '',
    writeCommunity: '',
    noEnablePassword: !access.hasEnablePassword,
    noWriteCommunity: !access.hasWriteCommunity,
    allowTelnet: access.allowTelnet,
    allowLegacySsh: access.allowLegacySsh,
    maxReaders: access.maxReaders,
  }
}

/** The other transport brings its usual port, unless the port is one that somebody chose. */
export const withTransport = (
  form: CliAccessForm,
  transport: CliAccessForm['transport'],
): CliAccessForm => ({
  ...form,
  transport,
  port: form.port === usualPorts[form.transport] ? usualPorts[transport] : form.port,
})

export type CliField =
  | 'host'
  | 'port'
  | 'userName'
  | 'password'
  | 'enablePassword'
  | 'writeCommunity'
  | 'allowTelnet'
  | 'maxReaders'

const whole = (value: number | string, from: number, to: number): boolean =>
  value !== '' && Number.isInteger(Number(value)) && Number(value) >= from && Number(value) <= to

const hasControl = (text: string): boolean => /\p{Cc}/u.test(text)

/** Fields that cannot be saved so; each has a text of its own. */
export const wrongFields = (form: CliAccessForm, access: OltCliAccess): readonly CliField[] => {
  const wrong: Readonly<Record<CliField, boolean>> = {
    host: !/^[A-Za-z0-9_.:-]{0,253}$/.test(form.host.trim()),
    port: !whole(form.port, 1, 65_535),
    userName: !/^\P{Cc}{1,64}$/u.test(form.userName.trim()),
    password: (form.password === '' && !access.hasPassword) || hasControl(form.password),
    enablePassword: hasControl(form.enablePassword),
    writeCommunity: hasControl(form.writeCommunity),
    // SECURITY: Telnet is never taken up by choosing it alone.
    allowTelnet: form.transport === 'telnet' && !form.allowTelnet,
    maxReaders: !whole(form.maxReaders, 1, 4),
  }
  return (Object.keys(wrong) as CliField[]).filter((field) => wrong[field])
}

const secretOf = (typed: string, none: boolean, had: boolean): string | null | undefined =>
  none ? (had ? null : undefined) : typed === '' ? undefined : typed

/** What is sent; secrets that were not typed are not in it. */
export const inputOf = (
  form: CliAccessForm,
  access: OltCliAccess,
): CallInput<'olt-cli.setAccess'> => {
  const enablePassword = secretOf(
    form.enablePassword,
    form.noEnablePassword,
    access.hasEnablePassword,
  )
  const writeCommunity = secretOf(
    form.writeCommunity,
    form.noWriteCommunity,
    access.hasWriteCommunity,
  )
  return {
    oltId: access.oltId,
    baseVersion: access.version,
    transport: form.transport,
    host: form.host.trim() === '' ? null : form.host.trim(),
    port: Number(form.port),
    userName: form.userName.trim(),
    allowTelnet: form.allowTelnet,
    allowLegacySsh: form.allowLegacySsh,
    maxReaders: Number(form.maxReaders),
    ...(form.password === '' ? {} : { password: form.password }),
    ...(enablePassword === undefined ? {} : { enablePassword }),
    ...(writeCommunity === undefined ? {} : { writeCommunity }),
  }
}
