export const SellerScreen = () => null
