/** Where the plan that puts a version back is shown. */
export const restorePlanRoute = (planId: string): string => `/changes/${planId}`
