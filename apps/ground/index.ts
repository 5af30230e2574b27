/** What every process of Pacta stands on. */
export { type Ground, GroundModule } from './ground.module.js';
export { openGround } from './open-ground.js';
export { checkoutRoot, dataFolder } from './places.js';
export { Progress } from './progress.js';
export { METRICS, NOTICES, STATES, TREATY_RULES } from './tokens.js';
export { cleanUp, type Cleanup, inOneSentence, runProcess, untilTold } from './run.js';
