import type { CallInput } from '../../../src-shared/contract/index.ts'
import type { OltRow } from '../../../src-shared/contract/network-model.ts'
import type {
  SnmpAuthAlgorithm,
  SnmpPrivAlgorithm,
  SnmpVersion,
} from '../../../src-shared/contract/snmp-access.ts'

/** SNMP versions and levels as a person chooses among them, the safest first. */
export const snmpChoices = ['3-authPriv', '3-authNoPriv', '2c', '1'] as const
export type SnmpChoice = (typeof snmpChoices)[number]

/** What a person types about the way in. Secrets are write-only: never filled by the engine. */
export interface SnmpAccessForm {
  readonly access: SnmpChoice
  readonly community: string
  readonly userName: string
  readonly authAlgorithm: SnmpAuthAlgorithm
  readonly authPassword: string
  readonly privAlgorithm: SnmpPrivAlgorithm
  readonly privPassword: string
  readonly contextName: string
}

export type SnmpAccessFormField = keyof SnmpAccessForm

/** Keys of the locale under `olts.form.errors`. */
export type SnmpAccessFormError =
  | 'community-missing'
  | 'community-characters'
  | 'community-long'
  | 'user-missing'
  | 'user-long'
  | 'auth-missing'
  | 'priv-missing'
  | 'v3-long'
  | 'v3-characters'

export const emptySnmpAccess: SnmpAccessForm = {
  access: '3-authPriv',
  community: '',
  userName: '',
  authAlgorithm: 'sha256',
  authPassword: '',
  privAlgorithm: 'aes128',
  privPassword: '',
  contextName: '',
}

const versionOf = (choice: SnmpChoice): SnmpVersion =>
  choice === '1' || choice === '2c' ? choice : '3'

/** The fields that a choice needs; the others are neither shown nor sent. */
export const fieldsOfChoice = (choice: SnmpChoice): readonly SnmpAccessFormField[] => {
  switch (choice) {
    case '1':
    case '2c':
      return ['access', 'community']
    case '3-authNoPriv':
      return ['access', 'userName', 'contextName', 'authAlgorithm', 'authPassword']
    case '3-authPriv':
      return [...fieldsOfChoice('3-authNoPriv'), 'privAlgorithm', 'privPassword']
  }
}

const choiceOfOlt = (olt: OltRow): SnmpChoice =>
  olt.snmpVersion !== '3'
    ? olt.snmpVersion
    : olt.privAlgorithm === null
      ? '3-authNoPriv'
      : '3-authPriv'

/** All but the secrets, which can be replaced, never read back. */
export const accessFormOf = (olt: OltRow): SnmpAccessForm => ({
  ...emptySnmpAccess,
  access: choiceOfOlt(olt),
  userName: olt.userName ?? '',
  authAlgorithm: olt.authAlgorithm ?? emptySnmpAccess.authAlgorithm,
  privAlgorithm: olt.privAlgorithm ?? emptySnmpAccess.privAlgorithm,
  contextName: olt.contextName ?? '',
})

/** Secrets that are stored for this choice already: left empty, they stay. */
export const keptSecrets = (
  choice: SnmpChoice,
  olt: OltRow | undefined,
): readonly SnmpAccessFormField[] => {
  if (olt === undefined || (versionOf(choice) === '3') !== (olt.snmpVersion === '3')) return []
  if (olt.snmpVersion !== '3') return ['community']
  return olt.privAlgorithm === null ? ['authPassword'] : ['authPassword', 'privPassword']
}

const checkVisible = (value: string, longest: number): SnmpAccessFormError | undefined => {
  if (value.length > longest) return longest === 32 ? 'user-long' : 'v3-long'
  return /\p{Cc}/u.test(value) ? 'v3-characters' : undefined
}

/** What is wrong with one field, or nothing. `kept`: an empty secret means "as it is". */
export const checkAccessField = (
  field: SnmpAccessFormField,
  value: string,
  kept = false,
): SnmpAccessFormError | undefined => {
  switch (field) {
    case 'community':
      if (value === '') return kept ? undefined : 'community-missing'
      if (value.length > 64) return 'community-long'
      return /^[\x21-\x7e]+$/.test(value) ? undefined : 'community-characters'
    case 'userName':
      if (value.trim() === '') return 'user-missing'
      return checkVisible(value.trim(), 32)
    case 'authPassword':
      if (value === '') return kept ? undefined : 'auth-missing'
      return checkVisible(value, 255)
    case 'privPassword':
      if (value === '') return kept ? undefined : 'priv-missing'
      return checkVisible(value, 255)
    case 'contextName':
      return checkVisible(value.trim(), 255)
    case 'access':
    case 'authAlgorithm':
    case 'privAlgorithm':
      return undefined
  }
}

type AccessInput = Pick<
  CallInput<'network.probe'>,
  | 'snmpVersion'
  | 'community'
  | 'userName'
  | 'authAlgorithm'
  | 'authPassword'
  | 'privAlgorithm'
  | 'privPassword'
  | 'contextName'
>

/** For a probe and for a new OLT: only what belongs to the choice travels. */
export const accessInputOf = (form: SnmpAccessForm): AccessInput => {
  const snmpVersion = versionOf(form.access)
  if (snmpVersion !== '3') return { snmpVersion, community: form.community }
  const contextName = form.contextName.trim()
  return {
    snmpVersion,
    userName: form.userName.trim(),
    authAlgorithm: form.authAlgorithm,
    authPassword: form.authPassword,
    ...(form.access === '3-authPriv'
      ? { privAlgorithm: form.privAlgorithm, privPassword: form.privPassword }
      : {}),
    ...(contextName === '' ? {} : { contextName }),
  }
}

type AccessChanges = Pick<CallInput<'network.updateOlt'>, keyof AccessInput>

/** What is different from the stored way in; empty secrets stay as they are. */
export const accessChangesOf = (olt: OltRow, form: SnmpAccessForm): AccessChanges => {
  const snmpVersion = versionOf(form.access)
  const changed = snmpVersion === olt.snmpVersion ? {} : { snmpVersion }
  if (snmpVersion !== '3') {
    return { ...changed, ...(form.community === '' ? {} : { community: form.community }) }
  }
  const userName = form.userName.trim()
  const contextName = form.contextName.trim() === '' ? null : form.contextName.trim()
  const privAlgorithm = form.access === '3-authPriv' ? form.privAlgorithm : null
  return {
    ...changed,
    ...(userName === olt.userName ? {} : { userName }),
    ...(form.authAlgorithm === olt.authAlgorithm ? {} : { authAlgorithm: form.authAlgorithm }),
    ...(form.authPassword === '' ? {} : { authPassword: form.authPassword }),
    ...(privAlgorithm === olt.privAlgorithm ? {} : { privAlgorithm }),
    ...(privAlgorithm === null || form.privPassword === ''
      ? {}
      : { privPassword: form.privPassword }),
    ...(contextName === olt.contextName ? {} : { contextName }),
  }
}
