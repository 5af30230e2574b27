import { setImmediate as endOfTurn } from 'node:timers/promises';

/**
 * Makes one call of many: what is asked for while a call is under way goes together in the next, so that ten letters
 * pay for one commit between them and a lone one waits for nobody. `ask` answers in the order of what it was asked;
 * where it fails, it fails for all that went together.
 */
export const together = <Asked, Answer>(ask: (all: readonly Asked[]) => Promise<readonly Answer[]>, most = 100): ((one: Asked) => Promise<Answer>) => {
  const waiting: { one: Asked; resolve: (answer: Answer) => void; reject: (reason: unknown) => void }[] = [];
  let running = false;
  const run = async (): Promise<void> => {
    running = true;
    while (waiting.length > 0) {
      // Whoever asks in the same turn of the event loop comes along.
      await endOfTurn();
      const batch = waiting.splice(0, most);
      try {
        const answers = await ask(batch.map(({ one }) => one));
        batch.forEach(({ resolve }, index) => resolve(answers[index] as Answer));
      } catch (reason) {
        batch.forEach(({ reject }) => reject(reason));
      }
    }
    running = false;
  };
  return (one) =>
    new Promise((resolve, reject) => {
      waiting.push({ one, resolve, reject });
      if (!running) void run();
    });
};
