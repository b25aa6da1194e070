import { lazy, Suspense, type ComponentType, type LazyExoticComponent } from 'react'
import { Redirect, Route, Switch } from 'wouter'
import { LoadingState } from '../components/loading-state.tsx'
import { SettingsScreen } from '../screens/settings/settings-screen.tsx'
import { WelcomeScreen } from '../screens/workspace/welcome-screen.tsx'
import { useLive } from '../state/live.ts'
import { useSimulated } from '../state/workspace.ts'
import { NotFound } from './not-found.tsx'
import { ScreenBoundary } from './screen-boundary.tsx'

// Until every network screen is there, what is missing is "not found" instead of a broken build.
const modules = import.meta.glob<Record<string, ComponentType>>('../screens/network-*/*-screen.tsx')

const screen = (file: string, name: string): LazyExoticComponent<ComponentType> =>
  lazy(async () => {
    const load = modules[`../screens/${file}.tsx`]
    const found = load === undefined ? undefined : (await load())[name]
    return { default: found ?? NotFound }
  })

const DashboardScreen = screen('network-dashboard/dashboard-screen', 'DashboardScreen')
const OltsScreen = screen('network-olts/olts-screen', 'OltsScreen')
const AddOltScreen = screen('network-olts/add-olt-screen', 'AddOltScreen')
const OltScreen = screen('network-olts/olt-screen', 'OltScreen')
const OnusScreen = screen('network-onus/onus-screen', 'OnusScreen')
const OnuScreen = screen('network-onus/onu-screen', 'OnuScreen')
const UnconfiguredScreen = screen('network-onus/unconfigured-screen', 'UnconfiguredScreen')

/** The route table. Addresses are written in paths.ts; screens read parameters with `useParams`. */
export const Routes = () => (
  <ScreenBoundary>
    <Suspense fallback={<LoadingState rows={12} />}>
      <Switch>
        <Route path="/" component={Start} />
        <Route path="/welcome" component={WelcomeScreen} />
        <Route path="/olts" component={OltsScreen} />
        <Route path="/olts/add" component={AddOltScreen} />
        <Route path="/olts/:oltId" component={OltScreen} />
        <Route path="/onus" component={OnusScreen} />
        <Route path="/onus/:oltId/:address" component={OnuScreen} />
        <Route path="/unconfigured" component={UnconfiguredScreen} />
        <Route path="/settings" component={SettingsScreen} />
        <Route component={NotFound} />
      </Switch>
    </Suspense>
  </ScreenBoundary>
)

/** A workspace without any OLT begins with the two doors. */
const Start = () => {
  const known = useLive((state) => state.counts !== undefined)
  const empty = useLive((state) => state.oltsTotal === 0)
  const simulated = useSimulated()
  if (!known) return <LoadingState rows={12} />
  return empty && !simulated ? <Redirect to="/welcome" replace /> : <DashboardScreen />
}
