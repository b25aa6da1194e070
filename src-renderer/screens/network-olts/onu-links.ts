import type { PonAddress } from '../../../src-shared/domain/onu-address.ts'
import type { OnuFilter } from '../../../src-shared/contract/network-model.ts'
import { paths } from '../../app/paths.ts'
import { emptyFilter, serialiseOnuQuery } from '../network-onus/onu-query.ts'

/** The ONU table filtered in the way a figure on this screen counts. */
export const onusWith = (
  filter: Partial<OnuFilter>,
  sort: Parameters<typeof serialiseOnuQuery>[0]['sort'] = null,
): string => paths.onus(serialiseOnuQuery({ filter: { ...emptyFilter, ...filter }, sort }))

export const onusOfPon = (oltId: string, { shelf, slot, port }: PonAddress): string =>
  onusWith({ oltIds: [oltId], pon: { shelf, slot, port } })
