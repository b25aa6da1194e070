import type { ReactNode } from 'react'
import { useShownMoment } from '../../client/moment.ts'

/** What acts on the network, or is of the present alone: away while a past moment is shown. */
export const PresentOnly = ({ children }: { readonly children: ReactNode }): ReactNode =>
  useShownMoment() === null ? children : null
