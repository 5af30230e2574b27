import { type Clock, Problem, todayOf } from '#platform';
import type { DossierReader } from '#read-models';
import { assess, type Day, END_OF_TIME, treatyAt, type TreatyRules } from '#treaty';
import { compose, type NameOf, type Notice, type Rendered, render, type Sender } from '../email/index.js';
import { noticeSubject } from '../outbox/notice-subject.js';
import { sequenceOf } from '../outbox/sequence.js';
import type { TemplateLanguage } from '../simulation/sample-directory.js';
import { type Template, type TemplateKind, TEMPLATES } from './templates.js';

export interface AskedPreview {
  kind: TemplateKind;
  iso3: string;
  language: TemplateLanguage;
  /** The day of the letter; today unless given. */
  asAt?: Day;
}

/**
 * Letters as they would read on a day, with what the record says of a State; nothing is planned and nobody is told. They
 * carry no name, and their links lead nowhere: a preview is shown to others than the contact.
 */
export class Previews {
  constructor(
    private readonly reader: DossierReader,
    private readonly nameOf: NameOf,
    private readonly clock: Clock,
    private readonly settings: { from: Sender; publicUrl: string },
  ) {}

  /** @throws {Problem} where the State has nothing that such a letter would speak of */
  async of(rules: TreatyRules, { kind, iso3, language, asAt }: AskedPreview, { id = `preview-${kind}`, isTest = false } = {}): Promise<Rendered> {
    const { from, publicUrl } = this.settings;
    const template: Template = TEMPLATES[kind];
    const today = todayOf(this.clock);
    const on = asAt ?? today;
    const about = await this.subjects(rules, template, iso3, on, today);
    if (about.length === 0 && !template.isQuestion) throw new Problem(409, 'nothing-to-tell', `As at ${on} there is nothing that this letter would tell ${this.nameOf(iso3, 'en')}: it is about ${template.about}. Choose another State or day.`);
    const notice: Notice = {
      id, treaty: { id: rules.id, title: rules.title }, on, about, isTest, recipient: { role: template.to, contactId: 'preview', language, address: '' },
      ...(template.isQuestion ? { confirms: iso3 } : {}), ...(kind === 'undeliverable' ? { meantFor: 'focal-point' } : {}),
    };
    const links = { state: (state: string) => `${publicUrl}/v1/treaties/${rules.id}/states/${state}`, unsubscribe: `${publicUrl}/u/preview`, confirm: `${publicUrl}/c/preview` };
    return render(notice, language, links, from, this.nameOf);
  }

  /** The whole message, as a mail program opens it. */
  async mime(rendered: Rendered, to: string, at: string): Promise<Buffer> {
    return await compose(rendered, { from: this.settings.from, to: { address: to }, date: at });
  }

  private async subjects(rules: TreatyRules, { pick, step }: Template, iso3: string, on: Day, today: Day): Promise<Notice['about']> {
    const cut = { asAt: on, knownOn: on < today ? on : today, recordedBy: END_OF_TIME };
    const { facts, record } = await this.reader.state(rules.id, iso3);
    const treaty = treatyAt(rules, record, cut);
    const assessment = assess(rules, facts, treaty, cut);
    return pick(assessment.obligations, on).map((obligation) => {
      const { article, kind, year, dueOn } = obligation;
      const subject = { iso3, article, kind, ...(year === undefined ? {} : { year }), dueOn, step };
      return { ...noticeSubject(rules, subject, obligation, assessment, treaty, on), sequence: sequenceOf(facts, record, obligation) };
    });
  }
}
