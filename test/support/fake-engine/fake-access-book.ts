import type { Account, Employee, Role } from '../../../src-shared/contract/access-accounts.ts'
import type { Region } from '../../../src-shared/contract/access-scope.ts'
import type { SignIn } from '../../../src-shared/contract/access.ts'
import { commands, events, extraPermissions, queries } from '../../../src-shared/contract/index.ts'
import { builtInRoles, type BuiltInRole } from '../../../src-shared/domain/roles.ts'

import { oltUuidOf } from './fake-plant.ts'

/** Generated people, accounts, roles and sign-ins of the fake engine. */

export const uuidAt = (group: string, at: number): string =>
  `01930000-0000-7000-80${group}-0000000000${(at + 0xaa).toString(16).padStart(2, '0')}`

export const everyPermission: readonly string[] = [
  ...new Set(
    [
      ...[queries, commands, events].flatMap((group) =>
        Object.values(group).map((definition) => definition.access as string),
      ),
      ...extraPermissions,
    ].filter((access) => access !== 'public' && access !== 'session'),
  ),
].toSorted()

const only = (...patterns: readonly RegExp[]): string[] =>
  everyPermission.filter((name) => patterns.some((pattern) => pattern.test(name)))

/** Nearly as the engine has them: enough to see what a screen hides. */
const permissionsOf = (role: BuiltInRole): string[] => {
  switch (role) {
    case 'owner':
      return [...everyPermission]
    case 'administrator':
      return everyPermission.filter((name) => name !== 'access.owner.transfer')
    case 'noc-engineer':
      return only(/^(network|alarms|plant|provisioning|olt-cli|olt-backups|handover)\./)
    case 'technician':
      return only(/\.read$/, /^alarms\.alarm\.act/, /^provisioning\.plan\./).filter(
        (name) => !/^(access|audit|billing)\./.test(name),
      )
    case 'field-supervisor':
      return only(/^(network|plant|alarms)\..*\.read$/, /^plant\./, /^handover\./)
    case 'support':
      return only(/^network\..*\.read$/, /^alarms\.alarm\.read/, /^plant\.node\.read/)
    case 'auditor':
      return only(/^audit\./)
    case 'cashier':
      return only(/^billing\.cash\.run/)
    case 'finance':
      return only(/^network\.onu\.read/)
    case 'sales-agent':
      return only(
        /^plant\.node\.read/,
        /^subscribers\.(onu\.read|subscriber\.(read|manage))/,
        /^billing\.(plan|subscription)\.read/,
        /^billing\.agent\.(own|take)/,
      )
  }
}

export const makeRoles = (): Role[] => [
  ...builtInRoles.map((name): Role => ({
    id: name,
    version: 1,
    name,
    isBuiltIn: true,
    copyOf: name,
    permissions: permissionsOf(name),
    secondFactorRequired: name === 'owner' || name === 'administrator',
    lockAfterMinutes: name === 'noc-engineer' ? 15 : 5,
    sessionHours: name === 'noc-engineer' ? 12 : 8,
    accounts: 0,
  })),
  {
    id: uuidAt('20', 0),
    version: 3,
    name: 'Night shift',
    isBuiltIn: false,
    copyOf: 'noc-engineer',
    permissions: permissionsOf('noc-engineer').filter(
      (name) => name !== 'provisioning.batch.apply',
    ),
    secondFactorRequired: true,
    lockAfterMinutes: 10,
    sessionHours: 12,
    accounts: 0,
  },
]

const people = [
  ['Sari Wijaya', 'Owner', 'Office', 'owner'],
  ['Dewi Lestari', 'NOC engineer', 'NOC', 'noc-engineer'],
  ['Agus Pratama', 'Field technician', 'Field north', 'technician'],
  ['Budi Santoso', 'Head of network', 'NOC', 'administrator'],
  ['Rina Hartono', 'Bookkeeper', 'Office', 'finance'],
  ['Joko Susilo', 'NOC engineer', 'NOC', uuidAt('20', 0)],
  ['Maya Putri', 'Auditor', 'Outside', 'auditor'],
] as const

const hour = 3_600_000
const day = 24 * hour

export const makeEmployees = (): Employee[] => [
  ...people.map(([name, position, group], at): Employee => ({
    id: uuidAt('21', at),
    version: 1,
    name,
    position,
    group,
    phone: `+62 812 5550 01${at}${at}`,
    email: `${name.split(' ')[0]?.toLowerCase()}@isp.example`,
    note: '',
    photo: null,
    accountId: uuidAt('00', at),
  })),
  {
    id: uuidAt('21', people.length),
    version: 1,
    name: 'Tono Wibowo',
    position: 'Splicer',
    group: 'Field north',
    phone: '+62 812 5550 0199',
    email: '',
    note: 'Works with a contractor’s own phone',
    photo: null,
    accountId: null,
  },
]

const northRegion = uuidAt('31', 0)

/** Of the first OLTs that there are. */
export const makeRegions = (now: number): Region[] => [
  {
    id: northRegion,
    version: 1,
    name: 'North',
    oltIds: [oltUuidOf(1), oltUuidOf(2)],
    accounts: 1,
    changedAt: now - 30 * day,
  },
  {
    id: uuidAt('31', 1),
    version: 1,
    name: 'Harbour',
    oltIds: [oltUuidOf(3)],
    accounts: 0,
    changedAt: now - 12 * day,
  },
]

export const makeAccounts = (now: number): Account[] =>
  people.map(([name, , , roleId], at): Account => ({
    id: uuidAt('00', at),
    version: 1,
    name,
    login: name.split(' ')[0]!.toLowerCase(),
    roleId,
    roleName: roleId.includes('-7000-') ? 'Night shift' : roleId,
    employeeId: uuidAt('21', at),
    disabledAt: at === 4 ? now - 12 * day : null,
    createdAt: now - (200 - at * 20) * day,
    lastSignInAt: at === 5 ? null : now - at * 7 * hour - 12 * 60_000,
    secondFactorSince: at === 0 || at === 3 ? now - 90 * day : null,
    codeUntil: at === 5 ? now + 20 * hour : null,
    passwordImportedAt: at === 3 ? now - 20 * day : null,
    company:
      at === 2
        ? { subject: '7f3c-budi', since: now - 9 * day, isCurrent: true, companyOnly: true }
        : null,
    sessions: at < 2 ? 1 : 0,
    scope:
      at === 3
        ? { kind: 'regions', regionIds: [northRegion] }
        : at === 5
          ? { kind: 'own' }
          : { kind: 'all' },
  }))

export const makeSignIns = (now: number): SignIn[] => {
  const own = { accountId: uuidAt('00', 0), accountName: 'Sari Wijaya', means: 'password' } as const
  return (
    [
      {
        ...own,
        at: now - 26 * hour,
        result: 'done',
        device: 'night-desk',
        suspicions: ['new-device', 'unusual-hour'],
      },
      { ...own, at: now - 12 * 60_000, result: 'done', device: 'noc-1', suspicions: [] },
      { ...own, at: now - 13 * 60_000, result: 'wrong-password', device: 'noc-1', suspicions: [] },
      { ...own, at: now - 27 * hour, result: 'stepped-up', device: 'noc-1', suspicions: [] },
      {
        ...own,
        at: now - 50 * hour,
        result: 'done',
        device: 'noc-1',
        suspicions: [],
        means: 'totp',
      },
      {
        ...own,
        at: now - 75 * hour,
        result: 'wrong-code',
        device: 'noc-1',
        suspicions: [],
        means: 'totp',
      },
    ] as const
  ).map((one, at) => ({
    ...one,
    id: uuidAt('22', at),
    suspicions: [...one.suspicions],
    addresses: at === 0 ? ['192.168.40.17'] : ['10.20.0.5'],
  }))
}
