import type { Letters } from '../catalogue.js';

export const letters: Letters = {
  subjects: {
    before: { one: 'Reminder: {duty}, due on {date} – {state}', other: 'Reminder: {count} obligations, the first due on {date} – {state}' },
    today: { one: 'Due today: {duty} – {state}', other: 'Due today: {count} obligations – {state}' },
    overdue: { one: 'Overdue: {duty} – {state}', other: 'Overdue: {count} obligations – {state}' },
    mixed: { one: 'Reminder: {duty} – {state}', other: 'Reminder: {count} obligations, due or overdue – {state}' },
    filing: { one: 'Request for an extension, by {date} – {state}', other: 'Requests for extensions ({count}), the first by {date} – {state}' },
    goLive: { one: 'Open obligation: {duty} – {state}', other: 'Open obligations ({count}) – {state}' },
    goLiveCoordinator: { one: 'Your theme: one open obligation', other: 'Your theme: {count} open obligations' },
    escalation: { one: 'For coordinators: {duty} overdue – {state}', other: 'For coordinators: {count} overdue obligations' },
    digest: { one: 'Weekly overview for coordinators, {on}', other: 'Weekly overview for coordinators, {on}' },
    registrar: { one: 'No coordinator on record: one notice', other: 'No coordinator on record: {count} notices' },
    undeliverable: { one: 'Could not be delivered: {duty} – {state}', other: 'Could not be delivered: {count} notices' },
    confirmation: { one: 'Yearly confirmation of the contact address – {state}', other: 'Yearly confirmation of the contact address – {state}' },
  },
  openings: {
    before: {
      one: 'We have the honour to draw your attention to the following obligation {under}, which falls due on the date shown.',
      other: 'We have the honour to draw your attention to the following obligations {under}, which fall due on the dates shown.',
    },
    today: {
      one: 'We have the honour to draw your attention to the following obligation {under}, which falls due today.',
      other: 'We have the honour to draw your attention to the following obligations {under}, which fall due today.',
    },
    overdue: {
      one: 'According to the record that we keep, the due date of the following obligation {under} has passed.',
      other: 'According to the record that we keep, the due dates of the following obligations {under} have passed.',
    },
    mixed: {
      one: 'We have the honour to draw your attention to the following obligation {under}.',
      other: 'We have the honour to draw your attention to the following obligations {under}. Some are due shortly, others are overdue according to the record that we keep.',
    },
    filing: {
      one: 'Should your Government intend to ask for more time {under}, its request must reach us by the date shown.',
      other: 'Should your Government intend to ask for more time {under}, its requests must reach us by the dates shown.',
    },
    goLive: {
      one: 'We have begun to send reminders of obligations {under} by e-mail. To begin with, this is the obligation of your State that the record shows as open. From now on we will write to you before each due date.',
      other: 'We have begun to send reminders of obligations {under} by e-mail. To begin with, these are the obligations of your State that the record shows as open. From now on we will write to you before each due date.',
    },
    goLiveCoordinator: {
      one: 'We have begun to send reminders of obligations {under} by e-mail. To begin with, this is what the record shows as open for the theme that you coordinate.',
      other: 'We have begun to send reminders of obligations {under} by e-mail. To begin with, this is all that the record shows as open for the theme that you coordinate.',
    },
    escalation: {
      one: 'For your information as coordinator: the following obligation {under} remains overdue.',
      other: 'For your information as coordinator: the following obligations {under} remain overdue.',
    },
    digest: {
      one: 'This is the weekly overview of obligations {under} for the theme that you coordinate.',
      other: 'This is the weekly overview of obligations {under} for the theme that you coordinate.',
    },
    registrar: {
      one: 'The following notice {under} was meant for the coordinators of its theme. The record shows nobody in office, or no contact for those who are, so it comes to you.',
      other: 'The following notices {under} were meant for the coordinators of their themes. The record shows nobody in office, or no contact for those who are, so they come to you.',
    },
    undeliverable: {
      one: 'The following notice {under} could not be delivered to whom it was meant for, and nobody is left whom it could go to instead. So it comes to you.',
      other: 'The following notices {under} could not be delivered to whom they were meant for, and nobody is left whom they could go to instead. So they come to you.',
    },
    confirmation: {
      one: 'Once a year we ask all those to whom we write about obligations {under} whether the address is still right. We would be grateful if you could confirm this with one click.',
      other: 'Once a year we ask all those to whom we write about obligations {under} whether the address is still right. We would be grateful if you could confirm this with one click.',
    },
  },
  advice: {
    lastMeeting: 'The last meeting before this deadline is the {meeting}, which opens on {date}.',
    fileBy: 'Should more time be needed, a request for an extension must reach us by {date}.',
    fileMissed: 'A request for an extension had to reach us by {date}. Should more time be needed, please write to us without delay.',
    noMeeting: 'The last meeting before this deadline has no date yet. Once it has, we will tell you by when a request for an extension must reach us.',
    declare: 'If the obligation has been fulfilled, we would be glad to receive the declaration of compliance.',
    overdue: 'Please let us know what remains to be done, and by when; or, if the work is complete, send us the declaration of compliance.',
    report: 'The report is addressed to the Secretary-General of the United Nations; kindly send us a copy in reply to this message.',
    coverPage: 'If nothing has changed since the last report, the cover page alone is sufficient.',
    filing: 'We are at your disposal to help with the request. If no more time is needed, there is nothing to submit.',
    apology: 'If this has been done in the meantime, please accept our apologies and let us know, so that the record can be corrected.',
  },
  salutation: 'Dear Sir or Madam,',
  closing: 'Yours sincerely,',
  footer: {
    'focal-point': 'You receive this message as national focal point ({state}).',
    deputy: 'You receive this message as deputy national focal point ({state}).',
    'permanent-mission': 'This message is sent to the Permanent Mission because no national focal point can be reached ({state}).',
    coordinator: 'You receive this message as a thematic coordinator.',
    registrar: 'You receive this message as registrar.',
    automatic: 'It was sent automatically; a reply to it reaches the Implementation Support Unit.',
    nextContact: 'If you no longer wish to receive reminders, they will go to the next contact of your State.',
    confirm: 'Please confirm once a year that this is still the right address',
    unsubscribe: 'To stop receiving these messages',
  },
  confirmation: {
    yes: 'Yes, this is still the right address',
    no: 'If somebody else has taken over from you, kindly tell us in reply to this message.',
  },
  test: {
    subject: '[Test] {subject}',
    notice: 'This is a test message: it shows how a letter reads, and nothing follows from it.',
  },
};
