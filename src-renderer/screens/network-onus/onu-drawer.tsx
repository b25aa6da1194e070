import type { ReactNode } from 'react'
import type { OnuRow } from '../../../src-shared/contract/network-model.ts'
import { formatOnu } from '../../../src-shared/domain/onu-address.ts'
import { paths } from '../../app/paths.ts'
import { RecordDrawer } from '../../components/record-drawer.tsx'
import { OnuRecord } from './onu-record.tsx'

export interface OnuDrawerProps {
  readonly row: OnuRow
  readonly onClose: () => void
}

/** The record of an ONU beside the list; the same as its page, in one column. */
export const OnuDrawer = ({ row, onClose }: OnuDrawerProps): ReactNode => (
  <RecordDrawer
    title={row.name ?? <span className="nc-mono">{row.serial ?? formatOnu(row.address)}</span>}
    subtitle={
      <>
        {row.oltName} · <span className="nc-mono">{formatOnu(row.address)}</span>
      </>
    }
    href={paths.onu(row.oltId, row.address)}
    onClose={onClose}
  >
    <OnuRecord
      key={`${row.oltId} ${formatOnu(row.address)}`}
      oltId={row.oltId}
      address={row.address}
      narrow
    />
  </RecordDrawer>
)
