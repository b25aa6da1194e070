import { lazy } from 'react'

/** The pages of tickets; each comes with its own chunk, loaded when it is first opened. */

export const TicketBoardScreen = lazy(async () => ({
  default: (await import('../screens/tickets-desk/board-screen.tsx')).BoardScreen,
}))
export const TicketsDueScreen = lazy(async () => ({
  default: (await import('../screens/tickets-desk/due-screen.tsx')).DueScreen,
}))
export const TicketsLateScreen = lazy(async () => ({
  default: (await import('../screens/tickets-desk/late-screen.tsx')).LateScreen,
}))
export const TicketReportScreen = lazy(async () => ({
  default: (await import('../screens/tickets-desk/report-screen.tsx')).ReportScreen,
}))
export const TicketSetupScreen = lazy(async () => ({
  default: (await import('../screens/tickets-desk/setup-screen.tsx')).SetupScreen,
}))
export const TicketsScreen = lazy(async () => ({
  default: (await import('../screens/tickets/tickets-screen.tsx')).TicketsScreen,
}))
export const TicketOfNumber = lazy(async () => ({
  default: (await import('../screens/ticket-new/ticket-of-number.tsx')).TicketOfNumber,
}))
export const TicketScreen = lazy(async () => ({
  default: (await import('../screens/tickets/ticket-screen.tsx')).TicketScreen,
}))
