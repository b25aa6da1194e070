import type { OnuAddress } from '../../../src-shared/domain/onu-address.ts'
import { ConfigPanel } from './config-panel.tsx'
import { JournalPanel } from './journal-panel.tsx'
import '../provisioning/provisioning.css'
import './onu-changes.css'

/** The part of an ONU's page about how it is set and what was changed. */
export const OnuChanges = ({
  oltId,
  address,
}: {
  readonly oltId: string
  readonly address: OnuAddress
}) => (
  <div className="npo-changes" tabIndex={-1}>
    <ConfigPanel oltId={oltId} address={address} />
    <JournalPanel oltId={oltId} address={address} />
  </div>
)
