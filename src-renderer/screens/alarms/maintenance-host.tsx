import { lazy, Suspense, useEffect, type ReactNode } from 'react'
import { closeMaintenance, useMaintenanceQuestion } from './maintenance-opener.ts'

const MaintenanceDialog = lazy(async () => ({
  default: (await import('./maintenance-dialog.tsx')).MaintenanceDialog,
}))

/** In the frame, so that every page can plan maintenance; what was asked goes with the sign-out. */
export const MaintenanceHost = (): ReactNode => {
  const asked = useMaintenanceQuestion((state) => state.asked)
  useEffect(() => closeMaintenance, [])
  return asked === null ? null : (
    <Suspense fallback={null}>
      <MaintenanceDialog question={asked} onClose={closeMaintenance} />
    </Suspense>
  )
}
