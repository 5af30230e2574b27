import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AppendConflict, AppendRefused, type Appended, type EventLog, type Expectation } from '../port.js';
import { freshStream, readToEnd, sampleEvent } from './samples.js';

/** Streams and event ids by number, few enough that appends meet each other. */
interface Write { stream: number; ids: number[]; expected: Expectation }
type Append = Write[];

/** The log as plainly as it can be said: ids in the order written, over all streams. */
type Model = readonly { stream: number; id: number }[];

const idsOf = (model: Model, stream: number): number[] => model.filter((event) => event.stream === stream).map(({ id }) => id);

/** What an append should answer, and the log afterwards. */
const judge = (model: Model, append: Append): { answer: string; after: Model } => {
  const known = append.map(({ stream, ids }) => ids.filter((id) => idsOf(model, stream).includes(id)).length);
  const partly = known.some((count) => count > 0);
  const repeat = append.every(({ ids }, index) => known[index] === ids.length);
  if (partly && !repeat) return { answer: 'refused', after: model };
  const misfit = append.find(({ stream, expected }) => !fits(idsOf(model, stream).length - 1, expected));
  if (misfit && !repeat) return { answer: `conflict ${misfit.stream} at ${idsOf(model, misfit.stream).length - 1}`, after: model };
  const after = repeat ? model : [...model, ...append.flatMap(({ stream, ids }) => ids.map((id) => ({ stream, id })))];
  return { answer: append.map(({ stream, ids }) => `${stream} at ${idsOf(after, stream).indexOf(ids.at(-1)!)}`).join(', '), after };
};

const fits = (actual: number, expected: Expectation): boolean =>
  expected === 'any' || (expected === 'none' ? actual < 0 : expected === 'exists' ? actual >= 0 : actual === expected);

/** Some order of appends made at the same moment that explains all answers; undefined when there is none. */
const explain = (model: Model, made: readonly { append: Append; answer: string }[]): Model[] => {
  if (made.length === 0) return [model];
  return made.flatMap(({ append, answer }, index) => {
    const judged = judge(model, append);
    return judged.answer === answer ? explain(judged.after, made.toSpliced(index, 1)) : [];
  });
};

const expectations = fc.oneof(fc.constantFrom<Expectation>('any', 'none', 'exists'), fc.nat(4));
const writes = fc.record({ stream: fc.nat(2), ids: fc.uniqueArray(fc.nat(14), { minLength: 1, maxLength: 3 }), expected: expectations });
const appends = fc.uniqueArray(writes, { minLength: 1, maxLength: 2, selector: ({ stream }) => stream });
/** Appends of one wave are made at the same moment. */
const waves = fc.array(fc.array(appends, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 });

export const agreesWithModel = (log: () => EventLog): void => describe('any appends in any order', () => {
  it('answer as if made one after another on a plain list', async () => {
    await fc.assert(fc.asyncProperty(waves, (history) => replay(log(), history)), { numRuns: 60, interruptAfterTimeLimit: 5_000 });
  });
});

const replay = async (log: EventLog, history: Append[][]): Promise<void> => {
  const prefix = freshStream('model');
  const ids = Array.from({ length: 15 }, () => randomUUID());
  const start = await log.lastPosition();
  const name = (stream: number): string => `${prefix}/${stream}`;

  const make = async (append: Append): Promise<string> => {
    const sent = append.map(({ stream, ids: numbers, expected }) => ({
      stream: name(stream), expected, events: numbers.map((n) => sampleEvent({ n }, { id: ids[n]! })),
    }));
    try {
      return (await log.appendAll(sent)).map(({ stream, revision }: Appended) => `${stream.at(-1)} at ${revision}`).join(', ');
    } catch (error) {
      if (error instanceof AppendConflict) return `conflict ${error.stream.at(-1)} at ${error.actual}`;
      if (error instanceof AppendRefused) return 'refused';
      throw error;
    }
  };

  let models: Model[] = [[]];
  for (const wave of history) {
    const made = await Promise.all(wave.map(async (append) => ({ append, answer: await make(append) })));
    models = models.flatMap((model) => explain(model, made));
    // Orders that end alike are one from here on.
    models = [...new Map(models.map((model) => [JSON.stringify(model), model])).values()];
    expect(models).not.toEqual([]);
  }
  const stored = (await readToEnd(log, prefix, 5, start)).map(({ stream, data }) => ({ stream: Number(stream.at(-1)), id: data.n }));
  expect(models).toContainEqual(stored);
};
