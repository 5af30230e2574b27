export const TREATY_RULES = Symbol('TreatyRules');
export const STATES = Symbol('States');
export const NOTICES = Symbol('Notices');
export const WEBHOOKS = Symbol('Webhooks');
export const METRICS = Symbol('Metrics');
