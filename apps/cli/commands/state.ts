import type { Command } from 'commander';
import { GetState, type StateView } from '#read-models';
import { inWords, type Obligation, type Participation } from '#treaty';
import { type AskedDates, withDates } from '../asked.js';
import { catchUp } from '../catch-up.js';
import { Misuse } from '../failure.js';
import { print } from '../output.js';
import type { Session } from '../session.js';

export const addState = (program: Command, session: Session): void => {
  withDates(program.command('state').description('where one State stands, what it owes and how each date comes about').argument('<iso3>', 'the State, such as LAO'))
    .action(async (asked: string, { treaty, asAt, knownOn, json }: AskedDates) => {
      const ground = await session.ground();
      const rules = await session.rules(treaty);
      const state = ground.states.get(asked.toUpperCase());
      if (!state) throw new Misuse(`"${asked}" is no State that we know: give its three letters, such as LAO.`);
      await catchUp(ground);
      const view = await (await session.buses(ground)).queries.execute(new GetState(rules, state.iso3, { asAt, knownOn }));
      print(json, view, () => inText(state.name, rules.title, view));
    });
};

const inText = (name: string, title: string, { iso3, asAt, knownOn, participation, obligations }: StateView): string =>
  [
    `${name} (${iso3}), ${title}, as at ${inWords(asAt)}${knownOn === asAt ? '' : `, by what was known on ${inWords(knownOn)}`}`,
    '',
    participation.status === 'none' ? 'neither signatory nor party' : participation.status,
    ...stepsOf(participation).map((step) => `  ${step}`),
    ...obligations.flatMap((one) => ['', ...obligationInText(one)]),
  ].join('\n');

const stepsOf = ({ signedOn, instrument, withdrawalNotifiedOn, withdrawalTakesEffectOn, provisionallyApplying, derivation }: Participation): string[] => [
  ...(signedOn ? [`signed ${inWords(signedOn)}`] : []),
  ...(instrument ? [`by ${instrument}`] : []),
  ...derivation,
  ...(provisionallyApplying ? ['applies the treaty provisionally'] : []),
  ...(withdrawalNotifiedOn && withdrawalTakesEffectOn ? [`withdrawal notified ${inWords(withdrawalNotifiedOn)}, takes effect ${inWords(withdrawalTakesEffectOn)}`] : []),
];

const obligationInText = ({ article, kind, year, status, dueOn, extended, metOn, derivation }: Obligation): string[] => [
  `Art. ${article} ${kind}${year === undefined ? '' : ` for ${year}`}: ${status}, ${dueOn ? `due ${inWords(dueOn)}` : 'due date not known yet'}${extended ? ' (extended)' : ''}${metOn ? `, met ${inWords(metOn)}` : ''}`,
  ...derivation.map((step) => `  ${step}`),
];
