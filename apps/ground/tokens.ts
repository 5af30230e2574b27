export const TREATY_RULES = Symbol('TreatyRules');
export const STATES = Symbol('States');
export const METRICS = Symbol('Metrics');
