import { createRoles } from '../../src-main/access/roles.ts'
import type { StoreReader } from '../../src-main/store/read-handle.ts'
import type { BuiltInRole } from '../../src-shared/domain/roles.ts'

const untouched = {
  prepare: () => ({ get: () => undefined, all: () => [] }),
} as unknown as StoreReader
const roles = createRoles(untouched)

/** What the role that comes with the console may do. */
export const roleMay = (role: BuiltInRole): ReadonlySet<string> => roles.permissionsOf(role)
