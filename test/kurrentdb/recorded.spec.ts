import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { KurrentDouble } from './double/index.js';
import { Likeness } from './recorded/likeness.js';
import { type Exchange, leftOut, readSteps, type Step, THEMES, whole } from './recorded/recording.js';
import { Speaker, type Talk } from './wire/speaker.js';

/** Says what was said to a real server, in its order, and holds what comes against what came from it. */
class Replay {
  private readonly likeness = new Likeness();

  constructor(
    private readonly double: KurrentDouble,
    private readonly speaker: Speaker,
  ) {}

  async differences({ exchanges }: Step): Promise<string[]> {
    const open: { talk: Talk; exchange: Exchange }[] = [];
    const found: string[] = [];
    for (const exchange of exchanges) {
      // What is followed is followed further only once it has caught up.
      for (const { talk, exchange: { answered } } of open) await talk.until(countOf(answered.slice(0, answered.findIndex((one) => typeof one !== 'string' && 'caught_up' in one) + 1)));
      const talk = this.say(exchange);
      if (isSubscription(exchange)) open.push({ talk, exchange });
      else found.push(...(await this.heard(talk, exchange)));
    }
    for (const { talk, exchange } of open) {
      await talk.until(countOf(exchange.answered));
      talk.cancel();
      found.push(...this.likeness.of(exchange.answered, talk.answers));
    }
    return found;
  }

  private say({ call, sent, requiresLeader, fault }: Exchange): Talk {
    if (fault) this.double.node.faults.next(call, fault.endsWith('kept open') ? 'silence' : 'reply lost');
    return this.speaker.say(call, sent.map((message) => this.likeness.translated(whole(message))), requiresLeader ? { 'requires-leader': 'true' } : {});
  }

  private async heard(talk: Talk, { call, answered, refused, fault }: Exchange): Promise<string[]> {
    if (fault) {
      await Promise.race([talk.over, sleep(50)]);
      talk.cancel();
      return talk.answers.length > 0 ? ['an answer came that should have been lost'] : [];
    }
    // The one call that stays open between appends.
    if (call === 'BatchAppend') await talk.until(1);
    else await talk.over;
    const found = [...this.likeness.of(answered, talk.answers), ...this.likeness.ofRefusals(refused, talk.error)];
    talk.cancel();
    return found;
  }
}

const isSubscription = ({ sent }: Exchange): boolean => (sent[0]?.['options'] as { subscription?: object } | undefined)?.subscription !== undefined;

const countOf = (answered: Exchange['answered']): number => answered.reduce((sum, one) => sum + (typeof one === 'string' ? leftOut(one) : 1), 0);

describe('the double answers as a real KurrentDB 26.1 did', () => {
  let double: KurrentDouble;
  let speaker: Speaker;
  let replay: Replay;
  beforeAll(async () => {
    double = await KurrentDouble.start();
    speaker = new Speaker(`127.0.0.1:${double.node.port}`);
    replay = new Replay(double, speaker);
  });
  afterAll(() => {
    speaker.close();
    double.stop();
  });

  // In their order, on one database: each rests on what was written before.
  describe.each(THEMES)('%s', (theme) => {
    it.each(readSteps(theme))('$what', async (step) => expect(await replay.differences(step)).toEqual([]));
  });
});

describe('a follower of the double answers as a real one did', () => {
  let double: KurrentDouble;
  let speaker: Speaker;
  beforeAll(async () => {
    double = await KurrentDouble.start({ nodes: 3 });
    speaker = new Speaker(`127.0.0.1:${double.nodes[1]!.port}`);
  });
  afterAll(() => {
    speaker.close();
    double.stop();
  });

  it.each(readSteps('not-leader'))('$what', async (step) => expect(await new Replay(double, speaker).differences(step)).toEqual([]));
});
