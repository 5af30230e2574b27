export const TREATY_REGISTER = Symbol('TreatyRegister');
