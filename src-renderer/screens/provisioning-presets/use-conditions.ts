import { useTranslation } from 'react-i18next'
import type { Preset } from '../../../src-shared/contract/provisioning-model.ts'
import { useQuery } from '../../client/hooks.ts'
import { isForAll, ponsText } from './preset-rules.ts'

/** Conditions of a preset in words. */
export const useConditions = (): ((preset: Pick<Preset, 'when'>) => string) => {
  const { t } = useTranslation('provisioning')
  const olts = useQuery('network.olts', {}).value?.olts ?? []
  return (preset) => {
    if (isForAll(preset)) return t('presets.any')
    const { oltIds, slots, pons, serialPattern, model } = preset.when
    return [
      ...(oltIds.length === 0
        ? []
        : [oltIds.map((id) => olts.find((olt) => olt.id === id)?.name ?? '?').join(', ')]),
      ...(slots.length === 0 ? [] : [t('presets.saysSlots', { slots: slots.join(', ') })]),
      ...(pons.length === 0 ? [] : [t('presets.saysPons', { pons: ponsText(pons) })]),
      ...(serialPattern === '' ? [] : [t('presets.saysSerial', { pattern: serialPattern })]),
      ...(model === '' ? [] : [t('presets.saysModel', { pattern: model })]),
    ].join(' · ')
  }
}
