import { settings } from './0010-settings.ts'
import { writePath } from './0020-write-path.ts'
import { accounts } from './0030-accounts.ts'
import { olts } from './0040-olts.ts'
import { snmpAccess } from './0050-snmp-access.ts'
import { oltCare } from './0060-olt-care.ts'
import { familyTrust } from './0070-family-trust.ts'
import { alarms } from './0080-alarms.ts'
import { outages } from './0090-outages.ts'
import { plant } from './0100-plant.ts'
import { handover } from './0110-handover.ts'
import { oltCli } from './0120-olt-cli.ts'
import { provisioning } from './0130-provisioning.ts'
import { oltBackups } from './0140-olt-backups.ts'
import { access } from './0150-access.ts'
import { signIns } from './0160-sign-ins.ts'
import { audit } from './0170-audit.ts'
import { backups } from './0180-backups.ts'
import { companySignIn } from './0200-company-sign-in.ts'
import { approvals } from './0210-approvals.ts'
import { scopes } from './0220-scopes.ts'
import { subscribers } from './0230-subscribers.ts'
import { plans } from './0240-plans.ts'
import { billing } from './0250-billing.ts'
import { payments } from './0260-payments.ts'
import { cashSessions } from './0270-cash-sessions.ts'
import { serviceWishes } from './0280-service-wishes.ts'
import { dunning } from './0290-dunning.ts'
import { writeOffs } from './0300-write-offs.ts'
import { papers } from './0320-papers.ts'
import { bank } from './0330-bank.ts'
import { reconciliation } from './0350-reconciliation.ts'
import { prepaid } from './0360-prepaid.ts'
import { paypal } from './0370-paypal.ts'
import { agents } from './0380-agents.ts'
import { tickets } from './0400-tickets.ts'
import { ticketPromises } from './0410-ticket-promises.ts'
import { ticketDesk } from './0420-ticket-desk.ts'
import { ticketRounds } from './0440-ticket-rounds.ts'
import { payPalEnded } from './0445-paypal-ended.ts'
import { invoiceNumbering } from './0430-invoice-numbering.ts'
import type { Migration } from './migration.ts'
import { workOrders } from './0460-work-orders.ts'

/** In order. A new one goes to the end; the ones above it stay as they are. */
export const migrations: readonly Migration[] = [
  settings,
  writePath,
  accounts,
  olts,
  snmpAccess,
  oltCare,
  familyTrust,
  alarms,
  outages,
  plant,
  handover,
  oltCli,
  provisioning,
  oltBackups,
  access,
  signIns,
  audit,
  backups,
  companySignIn,
  approvals,
  scopes,
  subscribers,
  plans,
  billing,
  payments,
  cashSessions,
  serviceWishes,
  dunning,
  writeOffs,
  papers,
  bank,
  reconciliation,
  prepaid,
  paypal,
  agents,
  tickets,
  ticketPromises,
  ticketDesk,
  invoiceNumbering,
  ticketRounds,
  payPalEnded,
  workOrders,
]
