import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import enAccess from '../../assets/locales/en/access.json' with { type: 'json' }
import enAccessCompany from '../../assets/locales/en/access-company.json' with { type: 'json' }
import enAccessOwn from '../../assets/locales/en/access-own.json' with { type: 'json' }
import enAccessPeople from '../../assets/locales/en/access-people.json' with { type: 'json' }
import enAccessPermissions from '../../assets/locales/en/access-permissions.json' with { type: 'json' }
import enApprovals from '../../assets/locales/en/approvals.json' with { type: 'json' }
import enAudit from '../../assets/locales/en/audit.json' with { type: 'json' }
import enBackup from '../../assets/locales/en/backup.json' with { type: 'json' }
import enBackups from '../../assets/locales/en/backups.json' with { type: 'json' }
import enBillingAgents from '../../assets/locales/en/billing-agents.json' with { type: 'json' }
import idBillingAgents from '../../assets/locales/id/billing-agents.json' with { type: 'json' }
import enBillingBank from '../../assets/locales/en/billing-bank.json' with { type: 'json' }
import idBillingBank from '../../assets/locales/id/billing-bank.json' with { type: 'json' }
import enBillingPrepaid from '../../assets/locales/en/billing-prepaid.json' with { type: 'json' }
import idBillingPrepaid from '../../assets/locales/id/billing-prepaid.json' with { type: 'json' }
import enBillingDunning from '../../assets/locales/en/billing-dunning.json' with { type: 'json' }
import idBillingDunning from '../../assets/locales/id/billing-dunning.json' with { type: 'json' }
import enBillingPapers from '../../assets/locales/en/billing-papers.json' with { type: 'json' }
import idBillingPapers from '../../assets/locales/id/billing-papers.json' with { type: 'json' }
import enBillingDocuments from '../../assets/locales/en/billing-documents.json' with { type: 'json' }
import idBillingDocuments from '../../assets/locales/id/billing-documents.json' with { type: 'json' }
import enBillingRuns from '../../assets/locales/en/billing-runs.json' with { type: 'json' }
import idBillingRuns from '../../assets/locales/id/billing-runs.json' with { type: 'json' }
import enBillingCounter from '../../assets/locales/en/billing-counter.json' with { type: 'json' }
import idBillingCounter from '../../assets/locales/id/billing-counter.json' with { type: 'json' }
import enBillingPayPal from '../../assets/locales/en/billing-paypal.json' with { type: 'json' }
import idBillingPayPal from '../../assets/locales/id/billing-paypal.json' with { type: 'json' }
import enBillingPayments from '../../assets/locales/en/billing-payments.json' with { type: 'json' }
import idBillingPayments from '../../assets/locales/id/billing-payments.json' with { type: 'json' }
import enBillingFinance from '../../assets/locales/en/billing-finance.json' with { type: 'json' }
import idBillingFinance from '../../assets/locales/id/billing-finance.json' with { type: 'json' }
import enBillingReconciliation from '../../assets/locales/en/billing-reconciliation.json' with { type: 'json' }
import idBillingReconciliation from '../../assets/locales/id/billing-reconciliation.json' with { type: 'json' }
import enBillingWriteOffs from '../../assets/locales/en/billing-write-offs.json' with { type: 'json' }
import idBillingWriteOffs from '../../assets/locales/id/billing-write-offs.json' with { type: 'json' }
import enBilling from '../../assets/locales/en/billing.json' with { type: 'json' }
import enCare from '../../assets/locales/en/care.json' with { type: 'json' }
import enCommon from '../../assets/locales/en/common.json' with { type: 'json' }
import enError from '../../assets/locales/en/error.json' with { type: 'json' }
import enFamilies from '../../assets/locales/en/families.json' with { type: 'json' }
import enHistory from '../../assets/locales/en/history.json' with { type: 'json' }
import enNetwork from '../../assets/locales/en/network.json' with { type: 'json' }
import enRestore from '../../assets/locales/en/restore.json' with { type: 'json' }
import enTransfer from '../../assets/locales/en/transfer.json' with { type: 'json' }
import enSettings from '../../assets/locales/en/settings.json' with { type: 'json' }
import enFieldwork from '../../assets/locales/en/fieldwork.json' with { type: 'json' }
import enTicketNew from '../../assets/locales/en/ticket-new.json' with { type: 'json' }
import enTicketRecord from '../../assets/locales/en/ticket-record.json' with { type: 'json' }
import enTickets from '../../assets/locales/en/tickets.json' with { type: 'json' }
import enTicketsDesk from '../../assets/locales/en/tickets-desk.json' with { type: 'json' }
import enTraps from '../../assets/locales/en/traps.json' with { type: 'json' }
import enAlarms from '../../assets/locales/en/alarms.json' with { type: 'json' }
import enSubscribers from '../../assets/locales/en/subscribers.json' with { type: 'json' }
import enOutages from '../../assets/locales/en/outages.json' with { type: 'json' }
import enDashboard from '../../assets/locales/en/dashboard.json' with { type: 'json' }
import enWallboard from '../../assets/locales/en/wallboard.json' with { type: 'json' }
import enPlant from '../../assets/locales/en/plant.json' with { type: 'json' }
import enMap from '../../assets/locales/en/map.json' with { type: 'json' }
import enHandover from '../../assets/locales/en/handover.json' with { type: 'json' }
import enPons from '../../assets/locales/en/pons.json' with { type: 'json' }
import enSearch from '../../assets/locales/en/search.json' with { type: 'json' }
import enAsof from '../../assets/locales/en/asof.json' with { type: 'json' }
import enNotify from '../../assets/locales/en/notify.json' with { type: 'json' }
import enOltBackups from '../../assets/locales/en/olt-backups.json' with { type: 'json' }
import enCatalogue from '../../assets/locales/en/catalogue.json' with { type: 'json' }
import enOltCli from '../../assets/locales/en/olt-cli.json' with { type: 'json' }
import enProvisioning from '../../assets/locales/en/provisioning.json' with { type: 'json' }
import enKeys from '../../assets/locales/en/keys.json' with { type: 'json' }
import enWorkspace from '../../assets/locales/en/workspace.json' with { type: 'json' }
import enWorkspaces from '../../assets/locales/en/workspaces.json' with { type: 'json' }
import idAccess from '../../assets/locales/id/access.json' with { type: 'json' }
import idAccessCompany from '../../assets/locales/id/access-company.json' with { type: 'json' }
import idAccessOwn from '../../assets/locales/id/access-own.json' with { type: 'json' }
import idAccessPeople from '../../assets/locales/id/access-people.json' with { type: 'json' }
import idAccessPermissions from '../../assets/locales/id/access-permissions.json' with { type: 'json' }
import idApprovals from '../../assets/locales/id/approvals.json' with { type: 'json' }
import idAudit from '../../assets/locales/id/audit.json' with { type: 'json' }
import idBackup from '../../assets/locales/id/backup.json' with { type: 'json' }
import idBackups from '../../assets/locales/id/backups.json' with { type: 'json' }
import idBilling from '../../assets/locales/id/billing.json' with { type: 'json' }
import idCare from '../../assets/locales/id/care.json' with { type: 'json' }
import idCommon from '../../assets/locales/id/common.json' with { type: 'json' }
import idError from '../../assets/locales/id/error.json' with { type: 'json' }
import idFamilies from '../../assets/locales/id/families.json' with { type: 'json' }
import idHistory from '../../assets/locales/id/history.json' with { type: 'json' }
import idNetwork from '../../assets/locales/id/network.json' with { type: 'json' }
import idRestore from '../../assets/locales/id/restore.json' with { type: 'json' }
import idTransfer from '../../assets/locales/id/transfer.json' with { type: 'json' }
import idSettings from '../../assets/locales/id/settings.json' with { type: 'json' }
import idFieldwork from '../../assets/locales/id/fieldwork.json' with { type: 'json' }
import idTicketNew from '../../assets/locales/id/ticket-new.json' with { type: 'json' }
import idTicketRecord from '../../assets/locales/id/ticket-record.json' with { type: 'json' }
import idTickets from '../../assets/locales/id/tickets.json' with { type: 'json' }
import idTicketsDesk from '../../assets/locales/id/tickets-desk.json' with { type: 'json' }
import idTraps from '../../assets/locales/id/traps.json' with { type: 'json' }
import idAlarms from '../../assets/locales/id/alarms.json' with { type: 'json' }
import idSubscribers from '../../assets/locales/id/subscribers.json' with { type: 'json' }
import idOutages from '../../assets/locales/id/outages.json' with { type: 'json' }
import idDashboard from '../../assets/locales/id/dashboard.json' with { type: 'json' }
import idWallboard from '../../assets/locales/id/wallboard.json' with { type: 'json' }
import idPlant from '../../assets/locales/id/plant.json' with { type: 'json' }
import idMap from '../../assets/locales/id/map.json' with { type: 'json' }
import idHandover from '../../assets/locales/id/handover.json' with { type: 'json' }
import idPons from '../../assets/locales/id/pons.json' with { type: 'json' }
import idSearch from '../../assets/locales/id/search.json' with { type: 'json' }
import idAsof from '../../assets/locales/id/asof.json' with { type: 'json' }
import idNotify from '../../assets/locales/id/notify.json' with { type: 'json' }
import idOltBackups from '../../assets/locales/id/olt-backups.json' with { type: 'json' }
import idCatalogue from '../../assets/locales/id/catalogue.json' with { type: 'json' }
import idOltCli from '../../assets/locales/id/olt-cli.json' with { type: 'json' }
import idProvisioning from '../../assets/locales/id/provisioning.json' with { type: 'json' }
import idKeys from '../../assets/locales/id/keys.json' with { type: 'json' }
import idWorkspace from '../../assets/locales/id/workspace.json' with { type: 'json' }
import idWorkspaces from '../../assets/locales/id/workspaces.json' with { type: 'json' }

/** One namespace per capability. English is the shape the other languages are held to. */
const english = {
  common: enCommon,
  error: enError,
  approvals: enApprovals,
  audit: enAudit,
  workspace: enWorkspace,
  workspaces: enWorkspaces,
  access: enAccess,
  'access-company': enAccessCompany,
  'access-own': enAccessOwn,
  'access-people': enAccessPeople,
  'access-permissions': enAccessPermissions,
  backup: enBackup,
  backups: enBackups,
  billing: enBilling,
  'billing-agents': enBillingAgents,
  'billing-bank': enBillingBank,
  'billing-prepaid': enBillingPrepaid,
  'billing-dunning': enBillingDunning,
  'billing-papers': enBillingPapers,
  'billing-counter': enBillingCounter,
  'billing-payments': enBillingPayments,
  'billing-paypal': enBillingPayPal,
  'billing-finance': enBillingFinance,
  'billing-reconciliation': enBillingReconciliation,
  'billing-documents': enBillingDocuments,
  'billing-runs': enBillingRuns,
  'billing-write-offs': enBillingWriteOffs,
  restore: enRestore,
  transfer: enTransfer,
  care: enCare,
  settings: enSettings,
  network: enNetwork,
  families: enFamilies,
  history: enHistory,
  fieldwork: enFieldwork,
  'ticket-new': enTicketNew,
  'ticket-record': enTicketRecord,
  tickets: enTickets,
  'tickets-desk': enTicketsDesk,
  traps: enTraps,
  alarms: enAlarms,
  outages: enOutages,
  subscribers: enSubscribers,
  dashboard: enDashboard,
  wallboard: enWallboard,
  plant: enPlant,
  map: enMap,
  handover: enHandover,
  pons: enPons,
  search: enSearch,
  asof: enAsof,
  notify: enNotify,
  'olt-backups': enOltBackups,
  catalogue: enCatalogue,
  'olt-cli': enOltCli,
  keys: enKeys,
  provisioning: enProvisioning,
}

const indonesian = {
  common: idCommon,
  error: idError,
  approvals: idApprovals,
  audit: idAudit,
  workspace: idWorkspace,
  workspaces: idWorkspaces,
  access: idAccess,
  'access-company': idAccessCompany,
  'access-own': idAccessOwn,
  'access-people': idAccessPeople,
  'access-permissions': idAccessPermissions,
  backup: idBackup,
  backups: idBackups,
  billing: idBilling,
  'billing-agents': idBillingAgents,
  'billing-bank': idBillingBank,
  'billing-prepaid': idBillingPrepaid,
  'billing-dunning': idBillingDunning,
  'billing-papers': idBillingPapers,
  'billing-counter': idBillingCounter,
  'billing-payments': idBillingPayments,
  'billing-paypal': idBillingPayPal,
  'billing-finance': idBillingFinance,
  'billing-reconciliation': idBillingReconciliation,
  'billing-documents': idBillingDocuments,
  'billing-runs': idBillingRuns,
  'billing-write-offs': idBillingWriteOffs,
  restore: idRestore,
  transfer: idTransfer,
  care: idCare,
  settings: idSettings,
  network: idNetwork,
  families: idFamilies,
  history: idHistory,
  fieldwork: idFieldwork,
  'ticket-new': idTicketNew,
  'ticket-record': idTicketRecord,
  tickets: idTickets,
  'tickets-desk': idTicketsDesk,
  traps: idTraps,
  alarms: idAlarms,
  outages: idOutages,
  subscribers: idSubscribers,
  dashboard: idDashboard,
  wallboard: idWallboard,
  plant: idPlant,
  map: idMap,
  handover: idHandover,
  pons: idPons,
  search: idSearch,
  asof: idAsof,
  notify: idNotify,
  'olt-backups': idOltBackups,
  catalogue: idCatalogue,
  'olt-cli': idOltCli,
  keys: idKeys,
  provisioning: idProvisioning,
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
