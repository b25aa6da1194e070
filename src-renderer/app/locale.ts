import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import enAccess from '../../assets/locales/en/access.json' with { type: 'json' }
import enCare from '../../assets/locales/en/care.json' with { type: 'json' }
import enCommon from '../../assets/locales/en/common.json' with { type: 'json' }
import enError from '../../assets/locales/en/error.json' with { type: 'json' }
import enFamilies from '../../assets/locales/en/families.json' with { type: 'json' }
import enHistory from '../../assets/locales/en/history.json' with { type: 'json' }
import enNetwork from '../../assets/locales/en/network.json' with { type: 'json' }
import enSettings from '../../assets/locales/en/settings.json' with { type: 'json' }
import enTraps from '../../assets/locales/en/traps.json' with { type: 'json' }
import enWorkspace from '../../assets/locales/en/workspace.json' with { type: 'json' }
import idAccess from '../../assets/locales/id/access.json' with { type: 'json' }
import idCare from '../../assets/locales/id/care.json' with { type: 'json' }
import idCommon from '../../assets/locales/id/common.json' with { type: 'json' }
import idError from '../../assets/locales/id/error.json' with { type: 'json' }
import idFamilies from '../../assets/locales/id/families.json' with { type: 'json' }
import idHistory from '../../assets/locales/id/history.json' with { type: 'json' }
import idNetwork from '../../assets/locales/id/network.json' with { type: 'json' }
import idSettings from '../../assets/locales/id/settings.json' with { type: 'json' }
import idTraps from '../../assets/locales/id/traps.json' with { type: 'json' }
import idWorkspace from '../../assets/locales/id/workspace.json' with { type: 'json' }

/** One namespace per capability. English is the shape the other languages are held to. */
const english = {
  common: enCommon,
  error: enError,
  workspace: enWorkspace,
  access: enAccess,
  care: enCare,
  settings: enSettings,
  network: enNetwork,
  families: enFamilies,
  history: enHistory,
  traps: enTraps,
}

const indonesian = {
  common: idCommon,
  error: idError,
  workspace: idWorkspace,
  access: idAccess,
  care: idCare,
  settings: idSettings,
  network: idNetwork,
  families: idFamilies,
  history: idHistory,
  traps: idTraps,
}

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: typeof english
  }
}

export const languages = ['en', 'id'] as const
export type Language = (typeof languages)[number]

/** What the texts are called in their own language. */
export const languageNames: Readonly<Record<Language, string>> = {
  en: 'English',
  id: 'Bahasa Indonesia',
}

const isLanguage = (text: string): text is Language =>
  (languages as readonly string[]).includes(text)

/** Before anyone has signed in: the language of the machine, if we speak it. */
export const systemLanguage = (): Language => {
  const wanted = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase())
  // Some systems still report Indonesian by its old code.
  return wanted.map((tag) => (tag === 'in' ? 'id' : tag)).find(isLanguage) ?? 'en'
}

export const startLocale = async (language: Language): Promise<void> => {
  i18next.on('languageChanged', (lng) => {
    document.documentElement.lang = lng
  })
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    defaultNS: 'common',
    ns: Object.keys(english),
    resources: { en: english, id: indonesian },
    // React escapes what it renders; escaping twice would show entities.
    interpolation: { escapeValue: false },
    returnNull: false,
  })
}

export const changeLanguage = async (language: Language): Promise<void> => {
  if (i18next.language !== language) await i18next.changeLanguage(language)
}
