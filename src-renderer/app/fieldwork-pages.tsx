import { lazy } from 'react'
import { Route, Switch } from 'wouter'
import { NotFound } from './not-found.tsx'

/** The pages of work orders; each comes with its own chunk, loaded when it is first opened. */

const OrdersScreen = lazy(async () => ({
  default: (await import('../screens/fieldwork/orders-screen.tsx')).OrdersScreen,
}))
const OrderScreen = lazy(async () => ({
  default: (await import('../screens/fieldwork-order/order-screen.tsx')).OrderScreen,
}))
const PlanScreen = lazy(async () => ({
  default: (await import('../screens/fieldwork-plan/plan-screen.tsx')).PlanScreen,
}))
const SetupScreen = lazy(async () => ({
  default: (await import('../screens/fieldwork-settings/setup-screen.tsx')).SetupScreen,
}))

export const FieldworkPages = () => (
  <Switch>
    <Route path="/fieldwork" component={OrdersScreen} />
    <Route path="/fieldwork/one/:orderId">
      {({ orderId }) => <OrderScreen key={orderId} orderId={orderId} />}
    </Route>
    <Route path="/fieldwork/plan" component={PlanScreen} />
    <Route path="/fieldwork/settings" component={SetupScreen} />
    <Route component={NotFound} />
  </Switch>
)
