/** What every process of Pacta stands on. */
export { type Ground, GroundModule } from './ground.module.js';
export { openGround } from './open-ground.js';
export { checkoutRoot, dataFolder } from './places.js';
export { Measures } from './measures.js';
export { refuseOtherLog } from './refuse-other-log.js';
export { Readiness } from './readiness.js';
export { Progress } from './progress.js';
export { LazyQueues, QUEUE_NAMES } from './queues.js';
export { SubscriberKeys } from './subscriber-keys.js';
export { METRICS, NOTICES, STATES, TREATY_RULES, WEBHOOKS } from './tokens.js';
export { cleanUp, type Cleanup, inOneSentence, runProcess, untilTold } from './run.js';
