import { useState } from 'react'
import { usePlanDrawer } from '../provisioning/plan-drawer.tsx'
import type { PlanInput } from '../provisioning/provisioning-acts.ts'
import { useRights } from '../provisioning/use-rights.ts'
import { ActMenu } from './act-menu.tsx'
import { batchActs, type OnuAct } from './act-rules.ts'
import { ChangeDialog } from './change-dialog.tsx'
import './onu-changes.css'

export interface BatchMenuProps {
  readonly targets: PlanInput['targets']
  readonly count: number
  /** Where all of them are; null: on several OLTs. */
  readonly oltId: string | null
  readonly label: string
  readonly subtle?: boolean
}

/** As many as a plan holds. */
const most = 20_000

/** One act on many ONUs: those that were chosen, or all that the filter shows. */
export const BatchMenu = ({ targets, count, oltId, label, subtle = false }: BatchMenuProps) => {
  const rights = useRights()
  const [asked, setAsked] = useState<Exclude<OnuAct, 'move'> | null>(null)
  const drawer = usePlanDrawer()
  if (!rights.make || (count > 1 && !rights.batch)) return null
  const tooMany = count > most
  return (
    <>
      <ActMenu
        label={label}
        acts={batchActs}
        reasonAgainst={() => (tooMany ? 'tooMany' : null)}
        onAct={(act) => act !== 'move' && setAsked(act)}
        busy={false}
        subtle={subtle}
        disabled={count === 0}
      />
      {asked !== null && (
        <ChangeDialog
          act={asked}
          targets={targets}
          count={count}
          oltId={oltId}
          onPlan={drawer.show}
          onClose={() => setAsked(null)}
        />
      )}
      {drawer.node}
    </>
  )
}
