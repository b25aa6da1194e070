import { lazy, Suspense } from 'react'
import { Redirect, Route, Switch, useLocation } from 'wouter'
import { LoadingState } from '../components/loading-state.tsx'
import { SettingsScreen } from '../screens/settings/settings-screen.tsx'
import { WelcomeScreen } from '../screens/workspace/welcome-screen.tsx'
import { useLive } from '../state/live.ts'
import { usePermissions, useReachesAll, useSimulated } from '../state/workspace.ts'
import { BeyondReach, NotAllowed } from './not-allowed.tsx'
import { NotFound } from './not-found.tsx'
import { asksForEverything, firstPage, neededFor } from './page-needs.ts'
import { paths } from './paths.ts'
import { ScreenBoundary } from './screen-boundary.tsx'
import { FieldworkPages } from './fieldwork-pages.tsx'
import {
  TicketBoardScreen,
  TicketOfNumber,
  TicketReportScreen,
  TicketScreen,
  TicketSetupScreen,
  TicketsDueScreen,
  TicketsLateScreen,
  TicketsScreen,
} from './ticket-pages.ts'

/** Each page comes with its own chunk, loaded when it is first opened. */
const DashboardScreen = lazy(async () => ({
  default: (await import('../screens/network-dashboard/dashboard-screen.tsx')).DashboardScreen,
}))
const OltsScreen = lazy(async () => ({
  default: (await import('../screens/network-olts/olts-screen.tsx')).OltsScreen,
}))
const AddOltScreen = lazy(async () => ({
  default: (await import('../screens/network-olts/add-olt-screen.tsx')).AddOltScreen,
}))
const OltScreen = lazy(async () => ({
  default: (await import('../screens/network-olts/olt-screen.tsx')).OltScreen,
}))
const PonScreen = lazy(async () => ({
  default: (await import('../screens/network-pons/pon-screen.tsx')).PonScreen,
}))
const OnusScreen = lazy(async () => ({
  default: (await import('../screens/network-onus/onus-screen.tsx')).OnusScreen,
}))
const OnuScreen = lazy(async () => ({
  default: (await import('../screens/network-onus/onu-screen.tsx')).OnuScreen,
}))
const WaitingScreen = lazy(async () => ({
  default: (await import('../screens/provisioning-waiting/waiting-screen.tsx')).WaitingScreen,
}))
const ChangesScreen = lazy(async () => ({
  default: (await import('../screens/provisioning/changes-screen.tsx')).ChangesScreen,
}))
const ChangeScreen = lazy(async () => ({
  default: (await import('../screens/provisioning/change-screen.tsx')).ChangeScreen,
}))

const ApprovalsScreen = lazy(async () => ({
  default: (await import('../screens/approvals/approvals-screen.tsx')).ApprovalsScreen,
}))
const PresetsScreen = lazy(async () => ({
  default: (await import('../screens/provisioning-presets/presets-screen.tsx')).PresetsScreen,
}))
const MismatchesScreen = lazy(async () => ({
  default: (await import('../screens/provisioning-records/mismatches-screen.tsx')).MismatchesScreen,
}))
const ServicesScreen = lazy(async () => ({
  default: (await import('../screens/provisioning-records/services-screen.tsx')).ServicesScreen,
}))
const AdoptionScreen = lazy(async () => ({
  default: (await import('../screens/provisioning-records/adoption-screen.tsx')).AdoptionScreen,
}))

const TrapsScreen = lazy(async () => ({
  default: (await import('../screens/network-traps/traps-screen.tsx')).TrapsScreen,
}))

const SubscribersScreen = lazy(async () => ({
  default: (await import('../screens/subscribers/subscribers-screen.tsx')).SubscribersScreen,
}))
const SubscriberScreen = lazy(async () => ({
  default: (await import('../screens/subscribers/subscriber-screen.tsx')).SubscriberScreen,
}))
const MapScreen = lazy(async () => ({
  default: (await import('../screens/map/map-screen.tsx')).MapScreen,
}))
const PlansScreen = lazy(async () => ({
  default: (await import('../screens/billing/plans/plans-screen.tsx')).PlansScreen,
}))
const PlanScreen = lazy(async () => ({
  default: (await import('../screens/billing/plans/plan-screen.tsx')).PlanScreen,
}))
const PayPalScreen = lazy(async () => ({
  default: (await import('../screens/billing/paypal/paypal-screen.tsx')).PayPalScreen,
}))
const BankScreen = lazy(async () => ({
  default: (await import('../screens/billing/bank/bank-screen.tsx')).BankScreen,
}))
const DocumentsScreen = lazy(async () => ({
  default: (await import('../screens/billing/documents/documents-screen.tsx')).DocumentsScreen,
}))
const DocumentScreen = lazy(async () => ({
  default: (await import('../screens/billing/documents/document-screen.tsx')).DocumentScreen,
}))
const DraftScreen = lazy(async () => ({
  default: (await import('../screens/billing/documents/draft-screen.tsx')).DraftScreen,
}))
const RunsScreen = lazy(async () => ({
  default: (await import('../screens/billing/runs/runs-screen.tsx')).RunsScreen,
}))
const RunScreen = lazy(async () => ({
  default: (await import('../screens/billing/runs/run-screen.tsx')).RunScreen,
}))
const SellerScreen = lazy(async () => ({
  default: (await import('../screens/billing/seller/seller-screen.tsx')).SellerScreen,
}))
const AgentsScreen = lazy(async () => ({
  default: (await import('../screens/billing/agents/agents-screen.tsx')).AgentsScreen,
}))
const AgentScreen = lazy(async () => ({
  default: (await import('../screens/billing/agents/agent-screen.tsx')).AgentScreen,
}))
const MineScreen = lazy(async () => ({
  default: (await import('../screens/billing/agents/mine-screen.tsx')).MineScreen,
}))
const VouchersScreen = lazy(async () => ({
  default: (await import('../screens/billing/vouchers/vouchers-screen.tsx')).VouchersScreen,
}))
const BillingHome = lazy(async () => ({
  default: (await import('../screens/billing/billing-home.tsx')).BillingHome,
}))
const ReportsScreen = lazy(async () => ({
  default: (await import('../screens/billing/reports/reports-screen.tsx')).ReportsScreen,
}))
const ReconciliationScreen = lazy(async () => ({
  default: (await import('../screens/billing/reconciliation/reconciliation-screen.tsx'))
    .ReconciliationScreen,
}))
const DunningScreen = lazy(async () => ({
  default: (await import('../screens/billing/dunning/dunning-screen.tsx')).DunningScreen,
}))
const PrepaidScreen = lazy(async () => ({
  default: (await import('../screens/billing/prepaid/prepaid-screen.tsx')).PrepaidScreen,
}))
const TaxesScreen = lazy(async () => ({
  default: (await import('../screens/billing/taxes/taxes-screen.tsx')).TaxesScreen,
}))
const CounterScreen = lazy(async () => ({
  default: (await import('../screens/counter/counter-screen.tsx')).CounterScreen,
}))
const CashSessionsScreen = lazy(async () => ({
  default: (await import('../screens/counter/sessions-screen.tsx')).SessionsScreen,
}))
const TillsScreen = lazy(async () => ({
  default: (await import('../screens/counter/tills-screen.tsx')).TillsScreen,
}))
const HandoverScreen = lazy(async () => ({
  default: (await import('../screens/handover/handover-screen.tsx')).HandoverScreen,
}))
const FamiliesScreen = lazy(async () => ({
  default: (await import('../screens/families/families-screen.tsx')).FamiliesScreen,
}))
const FamilyScreen = lazy(async () => ({
  default: (await import('../screens/families/family-screen.tsx')).FamilyScreen,
}))
const AuditScreen = lazy(async () => ({
  default: (await import('../screens/audit/audit-screen.tsx')).AuditScreen,
}))
const AuditTimelineScreen = lazy(async () => ({
  default: (await import('../screens/audit/timeline-screen.tsx')).AuditTimelineScreen,
}))
const OutagesScreen = lazy(async () => ({
  default: (await import('../screens/outages/outages-screen.tsx')).OutagesScreen,
}))
const OutageScreen = lazy(async () => ({
  default: (await import('../screens/outages/outage-screen.tsx')).OutageScreen,
}))

const AlarmsScreen = lazy(async () => ({
  default: (await import('../screens/alarms/alarms-screen.tsx')).AlarmsScreen,
}))
const AlarmScreen = lazy(async () => ({
  default: (await import('../screens/alarms/alarm-screen.tsx')).AlarmScreen,
}))
const AlarmRulesScreen = lazy(async () => ({
  default: (await import('../screens/alarms/rules-screen.tsx')).RulesScreen,
}))
const AlarmLoadScreen = lazy(async () => ({
  default: (await import('../screens/alarms/load-screen.tsx')).LoadScreen,
}))
const MaintenanceScreen = lazy(async () => ({
  default: (await import('../screens/alarms/maintenance-screen.tsx')).MaintenanceScreen,
}))
const AlarmGuideScreen = lazy(async () => ({
  default: (await import('../screens/alarms/guide-screen.tsx')).GuideScreen,
}))
const WallboardScreen = lazy(async () => ({
  default: (await import('../screens/wallboard/wallboard-screen.tsx')).WallboardScreen,
}))

const PlantScreen = lazy(async () => ({
  default: (await import('../screens/plant/plant-screen.tsx')).PlantScreen,
}))

const TerminalScreen = lazy(async () => ({
  default: (await import('../screens/olt-cli/terminal-screen.tsx')).TerminalScreen,
}))
const TranscriptsScreen = lazy(async () => ({
  default: (await import('../screens/olt-cli/transcripts-screen.tsx')).TranscriptsScreen,
}))
const TranscriptScreen = lazy(async () => ({
  default: (await import('../screens/olt-cli/transcript-screen.tsx')).TranscriptScreen,
}))
const CatalogueScreen = lazy(async () => ({
  default: (await import('../screens/olt-catalogue/catalogue-screen.tsx')).CatalogueScreen,
}))
const SpeedsScreen = lazy(async () => ({
  default: (await import('../screens/olt-catalogue/speeds-screen.tsx')).SpeedsScreen,
}))
const BackupsScreen = lazy(async () => ({
  default: (await import('../screens/olt-backups/backups-screen.tsx')).BackupsScreen,
}))
const OltBackupsScreen = lazy(async () => ({
  default: (await import('../screens/olt-backups/olt-backups-screen.tsx')).OltBackupsScreen,
}))
const TextScreen = lazy(async () => ({
  default: (await import('../screens/olt-backups/text-screen.tsx')).TextScreen,
}))
const DiffScreen = lazy(async () => ({
  default: (await import('../screens/olt-backups/diff-screen.tsx')).DiffScreen,
}))

const OwnScreen = lazy(async () => ({
  default: (await import('../screens/access-own/own-screen.tsx')).OwnScreen,
}))
const AccountsScreen = lazy(async () => ({
  default: (await import('../screens/access-accounts/accounts-screen.tsx')).AccountsScreen,
}))
const EmployeesScreen = lazy(async () => ({
  default: (await import('../screens/access-employees/employees-screen.tsx')).EmployeesScreen,
}))
const RegionsScreen = lazy(async () => ({
  default: (await import('../screens/access-regions/regions-screen.tsx')).RegionsScreen,
}))
const RolesScreen = lazy(async () => ({
  default: (await import('../screens/access-roles/roles-screen.tsx')).RolesScreen,
}))
const CompanyScreen = lazy(async () => ({
  default: (await import('../screens/access-company/company-screen.tsx')).CompanyScreen,
}))
const RoleScreen = lazy(async () => ({
  default: (await import('../screens/access-roles/role-screen.tsx')).RoleScreen,
}))

/** The route table. Addresses are written in paths.ts; screens read parameters with `useParams`. */
export const Routes = () => {
  const [path] = useLocation()
  const permissions = usePermissions()
  const reachesAll = useReachesAll()
  const needed = path === paths.dashboard() ? undefined : neededFor(path)
  // The engine refuses it anyway: this says why, in place of a page without anything.
  if (needed !== undefined && !permissions.includes(needed)) {
    return <NotAllowed permission={needed} />
  }
  if (!reachesAll && asksForEverything(path)) return <BeyondReach />
  return <AllowedRoutes />
}

const AllowedRoutes = () => (
  <ScreenBoundary>
    <Suspense fallback={<LoadingState rows={12} />}>
      <Switch>
        <Route path="/" component={Start} />
        <Route path="/welcome" component={WelcomeScreen} />
        <Route path="/olts" component={OltsScreen} />
        <Route path="/olts/add" component={AddOltScreen} />
        <Route path="/olts/:oltId" component={OltScreen} />
        <Route path="/olts/:oltId/pon/:address" component={PonScreen} />
        <Route path="/olts/:oltId/terminal" component={TerminalScreen} />
        <Route path="/transcripts" component={TranscriptsScreen} />
        <Route path="/transcripts/:transcriptId" component={TranscriptScreen} />
        <Route path="/olts/:oltId/catalogue" component={CatalogueScreen} />
        <Route path="/speeds" component={SpeedsScreen} />
        <Route path="/billing" component={BillingHome} />
        <Route path="/billing/plans" component={PlansScreen} />
        <Route path="/billing/plans/:planId">
          {({ planId }) => <PlanScreen key={planId} planId={planId} />}
        </Route>
        <Route path="/billing/bank" component={BankScreen} />
        <Route path="/billing/paypal" component={PayPalScreen} />
        <Route path="/billing/documents" component={DocumentsScreen} />
        <Route path="/billing/documents/new">
          <DraftScreen />
        </Route>
        <Route path="/billing/documents/:documentId">
          {({ documentId }) => <DocumentScreen key={documentId} documentId={documentId} />}
        </Route>
        <Route path="/billing/documents/:documentId/edit">
          {({ documentId }) => <DraftScreen key={documentId} documentId={documentId} />}
        </Route>
        <Route path="/billing/runs" component={RunsScreen} />
        <Route path="/billing/runs/:runId">
          {({ runId }) => <RunScreen key={runId} runId={runId} />}
        </Route>
        <Route path="/billing/seller" component={SellerScreen} />
        <Route path="/billing/agents" component={AgentsScreen} />
        <Route path="/billing/agents/:accountId">
          {({ accountId }) => <AgentScreen key={accountId} accountId={accountId} />}
        </Route>
        <Route path="/billing/mine" component={MineScreen} />
        <Route path="/billing/vouchers" component={VouchersScreen} />
        <Route path="/billing/reports" component={ReportsScreen} />
        <Route path="/billing/reconciliation" component={ReconciliationScreen} />
        <Route path="/billing/dunning">{() => <DunningScreen caseId={null} />}</Route>
        <Route path="/billing/dunning/:caseId">
          {({ caseId }) => <DunningScreen caseId={caseId} />}
        </Route>
        <Route path="/billing/prepaid" component={PrepaidScreen} />
        <Route path="/billing/taxes" component={TaxesScreen} />
        <Route path="/fieldwork/*?" component={FieldworkPages} />
        <Route path="/tickets" component={TicketsScreen} />
        <Route path="/tickets/number/:number">
          {({ number }) => <TicketOfNumber key={number} number={decodeURIComponent(number)} />}
        </Route>
        <Route path="/tickets/one/:ticketId">
          {({ ticketId }) => <TicketScreen key={ticketId} ticketId={ticketId} />}
        </Route>
        <Route path="/counter" component={CounterScreen} />
        <Route path="/counter/sessions/:sessionId?" component={CashSessionsScreen} />
        <Route path="/counter/tills" component={TillsScreen} />
        <Route path="/tickets/board" component={TicketBoardScreen} />
        <Route path="/tickets/due" component={TicketsDueScreen} />
        <Route path="/tickets/late" component={TicketsLateScreen} />
        <Route path="/tickets/report" component={TicketReportScreen} />
        <Route path="/tickets/settings" component={TicketSetupScreen} />
        <Route path="/configurations" component={BackupsScreen} />
        <Route path="/configurations/diff/:beforeId/:afterId" component={DiffScreen} />
        <Route path="/configurations/:oltId" component={OltBackupsScreen} />
        <Route path="/configurations/:oltId/text/:versionId" component={TextScreen} />
        <Route path="/onus" component={OnusScreen} />
        <Route path="/onus/:oltId/:address" component={OnuScreen} />
        <Route path="/subscribers" component={SubscribersScreen} />
        <Route path="/subscribers/:id" component={SubscriberScreen} />
        <Route path="/unconfigured" component={WaitingScreen} />
        <Route path="/changes" component={ChangesScreen} />
        <Route path="/changes/:planId" component={ChangeScreen} />
        <Route path="/approvals" component={ApprovalsScreen} />
        <Route path="/presets" component={PresetsScreen} />
        <Route path="/mismatches" component={MismatchesScreen} />
        <Route path="/services" component={ServicesScreen} />
        <Route path="/mismatches/adopt/:oltId" component={AdoptionScreen} />
        <Route path="/traps" component={TrapsScreen} />
        <Route path="/plant/:nodeId?" component={PlantScreen} />
        <Route path="/map" component={MapScreen} />
        <Route path="/handover" component={HandoverScreen} />
        <Route path="/outages" component={OutagesScreen} />
        <Route path="/outages/:outageId" component={OutageScreen} />
        <Route path="/alarms" component={AlarmsScreen} />
        <Route path="/alarms/one/:id" component={AlarmScreen} />
        <Route path="/alarms/rules" component={AlarmRulesScreen} />
        <Route path="/alarms/load" component={AlarmLoadScreen} />
        <Route path="/alarms/maintenance" component={MaintenanceScreen} />
        <Route path="/alarms/guide" component={AlarmGuideScreen} />
        <Route path="/alarms/guide/:type" component={AlarmGuideScreen} />
        <Route path="/wall" component={WallboardScreen} />
        <Route path="/families" component={FamiliesScreen} />
        <Route path="/families/:familyId" component={FamilyScreen} />
        <Route path="/people" component={AccountsScreen} />
        <Route path="/people/employees" component={EmployeesScreen} />
        <Route path="/people/regions" component={RegionsScreen} />
        <Route path="/people/company" component={CompanyScreen} />
        <Route path="/people/roles" component={RolesScreen} />
        <Route path="/people/roles/:roleId" component={RoleScreen} />
        <Route path="/me" component={OwnScreen} />
        <Route path="/audit" component={AuditScreen} />
        <Route path="/audit/of/:kind/:id" component={AuditTimelineScreen} />
        <Route path="/settings" component={SettingsScreen} />
        <Route component={NotFound} />
      </Switch>
    </Suspense>
  </ScreenBoundary>
)

/** A workspace without any OLT begins with the two doors; who sees no OLTs, with his own page. */
const Start = () => {
  const known = useLive((state) => state.counts !== undefined)
  const empty = useLive((state) => state.oltsTotal === 0)
  const simulated = useSimulated()
  const permissions = usePermissions()
  const needed = neededFor(paths.dashboard())
  if (needed !== undefined && !permissions.includes(needed)) {
    return <Redirect to={firstPage(permissions, paths.me())} replace />
  }
  if (!known) return <LoadingState rows={12} />
  return empty && !simulated ? <Redirect to="/welcome" replace /> : <DashboardScreen />
}
