import { eventTypes, type PublicEvent } from '#webhooks';

const DESCRIPTIONS = new Map(eventTypes().map(({ type, description }) => [type, description.replace(/\.$/, '')]));

/** What happened, in one line: "Guinea-Bissau deposited its instrument of ratification". `name`: of the State. */
export const headline = ({ type, meeting, details }: Pick<PublicEvent, 'type' | 'meeting' | 'details'>, name: string | null): string => {
  const who = name ?? (meeting === null ? 'The record' : `Meeting ${meeting}`);
  const said = (member: string): string => String(details[member]);
  switch (type) {
    case 'treaty.instrument.deposited':
      return `${who} deposited its instrument of ${said('instrument')}`;
    case 'extension.decided':
      return `${who}: the extension under Article ${said('article')} was ${said('outcome')}`;
    case 'deadline.passed':
      return `${who}: ${said('kind').replaceAll('-', ' ')} under Article ${said('article')} was due on ${said('dueOn')}`;
    default:
      return inSentence(DESCRIPTIONS.get(type) ?? type, who);
  }
};

const inSentence = (description: string, who: string): string => {
  const put = description.replace(/^A (State|meeting)\b/, () => who).replace(/\ba State$/, () => who);
  return put === description ? `${who}: ${description[0]?.toLowerCase()}${description.slice(1)}` : put;
};
