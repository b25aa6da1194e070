/**
 * The roles that come with the console. They are fixed in what they may do; a copy of one can be
 * changed. Their permissions: src-main/access/roles.ts.
 */
export const builtInRoles = [
  'owner',
  'administrator',
  'finance',
  'cashier',
  'support',
  'noc-engineer',
  'technician',
  'field-supervisor',
  'sales-agent',
  'auditor',
] as const

export type BuiltInRole = (typeof builtInRoles)[number]

export const isBuiltInRole = (roleId: string): roleId is BuiltInRole =>
  builtInRoles.some((one) => one === roleId)
