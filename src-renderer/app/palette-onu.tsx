import type { OnuRow } from '../../src-shared/contract/network-model.ts'
import { formatOnu } from '../../src-shared/domain/onu-address.ts'
import { StateBadge } from '../components/state-badge.tsx'

/** One ONU in the palette: state, serial, name, OLT, address. */
export const PaletteOnu = ({ onu }: { readonly onu: OnuRow }) => (
  <>
    <StateBadge state={onu.state} causeClass={onu.causeClass} cause={onu.cause} iconOnly />
    <span className="nc-mono nc-palette__serial">{onu.serial ?? '–'}</span>
    <span className="nc-palette__name nc-cut">{onu.name ?? onu.description ?? ''}</span>
    <span className="nc-soft nc-cut">{onu.oltName}</span>
    <span className="nc-mono nc-soft">{formatOnu(onu.address)}</span>
  </>
)
