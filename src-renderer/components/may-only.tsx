import type { ReactNode } from 'react'
import { usePermissions } from '../state/workspace.ts'

export interface MayOnlyProps {
  /** A permission of the contract; the engine has the last word. */
  readonly needs: string
  readonly children: ReactNode
}

/** What the person's role can't do is not offered. */
export const MayOnly = ({ needs, children }: MayOnlyProps): ReactNode =>
  usePermissions().includes(needs) ? children : null
