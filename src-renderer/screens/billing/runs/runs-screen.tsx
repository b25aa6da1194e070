export const RunsScreen = () => null
