import type { OnuSettings } from '../../../src-shared/contract/provisioning-model.ts'
import type { OnuConfig } from '../../../src-shared/domain/onu-config.ts'
import type { SettingsGroup } from '../provisioning-form/settings-fields.tsx'

/** What an ONU is set to, as settings to begin with; what is not known is left out. */
export const settingsOf = (config: OnuConfig | null, group: SettingsGroup): OnuSettings => {
  if (config === null) return {}
  const { onuType, lineProfile, serviceProfile, name, description } = config
  switch (group) {
    case 'profiles':
      return {
        ...(onuType === null ? {} : { onuType }),
        ...(lineProfile === null ? {} : { lineProfile }),
        ...(serviceProfile === null ? {} : { serviceProfile }),
      }
    case 'texts':
      return {
        ...(name === null ? {} : { name }),
        ...(description === null ? {} : { description }),
      }
    case 'services':
      return config.services === null ? {} : { services: [...config.services] }
    case 'ethPorts':
      return config.ethPorts === null ? {} : { ethPorts: [...config.ethPorts] }
    case 'wan':
      return config.wan === null ? {} : { wan: config.wan }
    case 'wifi':
      return config.wifi === null ? {} : { wifi: [...config.wifi] }
  }
}
