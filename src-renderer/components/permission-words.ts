import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { isBuiltInRole } from '../../src-shared/domain/roles.ts'

export interface PermissionWords {
  /** "See ONUs, their light and their history"; a permission of another version is its own name. */
  readonly of: (permission: string) => string
  readonly ofCapability: (capability: string) => string
}

/** Permissions in plain words; a test holds the locales to the contract. */
export const usePermissionWords = (): PermissionWords => {
  const { t, i18n } = useTranslation('access-permissions')
  return useMemo(() => {
    const words = (key: string, name: string): string =>
      i18n.exists(`access-permissions:${key}`) ? t(key as 'capability.access') : name
    return {
      of: (permission) => words(`permission.${permission}`, permission),
      ofCapability: (capability) => words(`capability.${capability}`, capability),
    }
  }, [t, i18n])
}

/** What a role is called: a built-in one has words, one of the workspace's own its name. */
export const useRoleName = (): ((role: {
  readonly roleId: string
  readonly roleName: string
}) => string) => {
  const { t } = useTranslation('access-people')
  return useCallback(
    ({ roleId, roleName }) => (isBuiltInRole(roleId) ? t(`role.${roleId}`) : roleName),
    [t],
  )
}
