import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readStates, type States } from '../states.js';
import { BadStatusFile, readStatusXml, type StatusTable } from './index.js';

const NAMES = [
  ['BEL', 'Belgium'], ['BOL', 'Bolivia (Plurinational State of)'], ['CIV', "Côte d'Ivoire"], ['COD', 'Democratic Republic of the Congo'], ['COG', 'Congo'],
  ['CPV', 'Cabo Verde'], ['CZE', 'Czechia', 'Czech Republic'], ['GBR', 'United Kingdom of Great Britain and Northern Ireland'], ['GRD', 'Grenada'], ['JPN', 'Japan'],
  ['KNA', 'Saint Kitts and Nevis', 'St. Kitts and Nevis'], ['LAO', "Lao People's Democratic Republic"], ['LTU', 'Lithuania'], ['MKD', 'North Macedonia'],
  ['MNE', 'Montenegro'], ['NLD', 'Netherlands (Kingdom of the)'], ['NOR', 'Norway'], ['STP', 'Sao Tome and Principe'], ['SWZ', 'Eswatini'], ['TUR', 'Türkiye'],
] as const;
const states: States = new Map(NAMES.map(([iso3, name, officialName = name]) => [iso3, { iso3, name, officialName, region: '' }]));

const HEADER = ['Participant', 'Signature', 'Provisional application(n)', 'Approval(AA), Acceptance(A), Accession(a), Ratification'];
const row = (cells: readonly string[]): string => `<Row>${cells.map((cell) => `<Entry>${cell}</Entry>`).join('')}</Row>`;
const page = (rows: readonly (readonly string[])[], { header = HEADER, prolog = '<?xml version="1.0" encoding="UTF-8"?>' } = {}): string => `${prolog}
<MTDSG><Treaty><Header>XXVI-6</Header><Participants><Table><TGroup>
  <Thead>${row(header)}</Thead>
  <Tbody><Rows>${rows.map(row).join('\n')}</Rows></Tbody>
</TGroup></Table></Participants></Treaty></MTDSG>`;

const read = (text: string): StatusTable => readStatusXml(Buffer.from(text), states);
const readRow = (...cells: string[]) => read(page([cells])).rows[0];
const refusalOf = (bytes: Uint8Array | string): string => {
  try {
    readStatusXml(Buffer.from(bytes), states);
  } catch (error) {
    if (error instanceof BadStatusFile) return error.message;
    throw error;
  }
  return 'was read';
};

describe('readStatusXml', () => {
  it('reads signatures, provisional applications and deposits with their instruments', () => {
    const { rows, unknown } = read(page([
      ['Belgium', '3 Dec 2008', '', '22 Dec 2009'],
      ['Grenada', '', '', '29 Jun 2011 a'],
      ['Japan', '3 Dec 2008', '', '14 Jul 2009 A'],
      ['Norway', '3 Dec 2008', '3 Dec 2008 n', '3 Dec 2008'],
      ['Czech Republic', '3 Dec 2008', '', '22 Sep 2011AA'],
      ['Montenegro', '', '', '23 Oct 2006   d'],
      ['Congo', '3 Dec 2008', '', ''],
    ]));
    expect(unknown).toEqual([]);
    expect(rows.map(({ iso3, signedOn, provisionalOn, deposit }) => [iso3, signedOn, provisionalOn, deposit?.on, deposit?.instrument])).toEqual([
      ['BEL', '2008-12-03', null, '2009-12-22', 'ratification'],
      ['GRD', null, null, '2011-06-29', 'accession'],
      ['JPN', '2008-12-03', null, '2009-07-14', 'acceptance'],
      ['NOR', '2008-12-03', '2008-12-03', '2008-12-03', 'ratification'],
      ['CZE', '2008-12-03', null, '2011-09-22', 'approval'],
      ['MNE', null, null, '2006-10-23', 'succession'],
      ['COG', '2008-12-03', null, undefined, undefined],
    ]);
  });

  it.each([
    ['Belgium<superscript>a</superscript>', 'BEL'],
    ['Belgium &lt;superscript&gt;1, 2&lt;/superscript&gt;', 'BEL'],
    ['<![CDATA[Belgium<superscript>12</superscript>]]>', 'BEL'],
    ['\tBelgium  2, 3 ', 'BEL'],
    ['Lao People&apos;s  Democratic\u00a0Republic', 'LAO'],
    ['Lao People&#8217;s Democratic&#160;Republic', 'LAO'],
  ])('reads the name %j without its footnotes and odd spaces', (name, iso3) => {
    expect(readRow(name, '3 Dec 2008', '', '')).toMatchObject({ iso3, name: expect.stringMatching(/^(Belgium|Lao People['’]s Democratic Republic)$/) });
  });

  it.each([
    ['Swaziland', 'SWZ'], ['Cape Verde', 'CPV'], ['The former Yugoslav Republic of Macedonia', 'MKD'], ['Turkey', 'TUR'], ['TÜRKIYE', 'TUR'], ['Czechia', 'CZE'],
    ['Netherlands', 'NLD'], ['Netherlands (Kingdom of the)', 'NLD'], ['Netherlands, Kingdom of the', 'NLD'], ['St. Kitts and Nevis', 'KNA'],
    ['Saint Kitts &amp; Nevis', 'KNA'], ['Côte d’Ivoire', 'CIV'], ['Cote d`Ivoire', 'CIV'], ['São Tomé and Príncipe', 'STP'], ['Bolivia', 'BOL'],
    ['Bolivia (Plurinational State of)', 'BOL'], ['United Kingdom of Great Britain and Northern Ireland', 'GBR'], ['Democratic Republic of the Congo', 'COD'],
  ])('knows %s as %s', (name, iso3) => {
    expect(readRow(name, '', '', '3 Dec 2008 a')?.iso3).toBe(iso3);
  });

  it('knows each State of our own table by both of its names', async () => {
    const all = await readStates(join(import.meta.dirname, '../../../data/ccm'));
    for (const nameOf of ['name', 'officialName'] as const) {
      const { rows, unknown } = readStatusXml(Buffer.from(page([...all.values()].map((state) => [state[nameOf], '3 Dec 2008', '', '']))), all);
      expect(unknown).toEqual([]);
      expect(rows.map(({ iso3 }) => iso3)).toEqual([...all.keys()]);
    }
  });

  it('lists participants that are no State that we know, and guesses none', () => {
    const { rows, unknown } = read(page([['European Union', '', '', ''], ['Belgium', '', '', ''], ['Congo (Democratic Republic of)', '', '', '']]));
    expect(rows.map(({ iso3 }) => iso3)).toEqual(['BEL']);
    expect(unknown).toEqual([{ name: 'European Union', row: 1 }, { name: 'Congo (Democratic Republic of)', row: 3 }]);
  });

  it.each(['[ 24 Mar\t 2011 ]', '[24 Mar 2011]', '[ 24  Mar 2011&lt;superscript&gt;5&lt;/superscript&gt; ]'])('says that %j is in brackets', (date) => {
    expect(readRow('Lithuania', '3 Dec 2008', '', date)).toMatchObject({ deposit: { on: '2011-03-24', instrument: 'ratification' }, bracketed: true });
  });

  it.each(['[20 Jan\t 2021 A]', '[ 20 Jan 2021 ] A', '[ 20 January 2021A ]'])('finds the instrument of %j inside or behind the brackets', (date) => {
    expect(readRow('Japan', '', '', date)).toMatchObject({ deposit: { on: '2021-01-20', instrument: 'acceptance' }, bracketed: true });
  });

  it('finds its columns by their headings, wherever they stand', () => {
    const header = ['PARTICIPANT 1', 'Ratification,\tAccession (a),  Succession(d)', 'signature'];
    expect(read(page([['Belgium', '5 Jun 2009 a', '3 Dec 2008']], { header })).rows[0]).toMatchObject({ signedOn: '2008-12-03', deposit: { on: '2009-06-05', instrument: 'accession' }, provisionalOn: null });
  });

  it('decodes what the file declares, and a byte order mark before that', () => {
    const latin = page([["Côte d'Ivoire", '4 Dec 2008', '', '']], { prolog: '<?xml version="1.0" encoding="ISO-8859-1"?>' });
    for (const bytes of [Buffer.from(latin, 'latin1'), Buffer.from(`\ufeff${latin}`), Buffer.from(`\ufeff${latin}`, 'utf16le')]) {
      expect(readStatusXml(bytes, states).rows[0]).toMatchObject({ iso3: 'CIV', name: "Côte d'Ivoire" });
    }
  });

  const whole = page([['Belgium', '3 Dec 2008', '', '22 Dec 2009']]);
  const bomb = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]>${whole.slice(whole.indexOf('<MTDSG>'))}`;
  it.each([
    ['an empty file', '', 'is empty'],
    ['only spaces', ' \n', 'is empty'],
    ['a maintenance page', '<!DOCTYPE html><html><body>urgent maintenance</body></html>', 'web page'],
    ['no XML', '%PDF-1.7', 'not XML'],
    ['a file that was cut off', whole.slice(0, -40), 'cut off'],
    ['a file that was cut off in a row', whole.slice(0, whole.indexOf('22 Dec')), 'cut off'],
    ['entities of its own', bomb, 'document type or entities'],
    ['another XML', '<rss><channel/></rss>', 'begins with <rss>'],
    ['a table without rows', page([]), 'has no rows'],
    ['a table without a State', page([['', '', '', ''], ['Atlantis', '', '', '']]), 'names no State'],
    ['a column that is new', page([['Belgium', '', '']], { header: ['Participant', 'Entry into force', 'Ratification'] }), 'column "Entry into force"'],
    ['letters that mean something else', page([['Belgium', '']], { header: ['Participant', 'Ratification, Acceptance(AA)'] }), 'column "Ratification, Acceptance(AA)"'],
    ['a table without deposits', page([['Belgium', '']], { header: ['Participant', 'Signature'] }), 'no column for ratifications'],
    ['a row with a cell too few', page([['Belgium', '3 Dec 2008', '']]), 'Row 1 (Belgium) has 3 cells under 4 columns'],
    ['a day that does not exist', page([['Japan', '', '', ''], ['Belgium', '31 Feb 2009', '', '']]), 'Row 2 (Belgium), column "Signature", holds "31 Feb 2009", a day that does not exist'],
    ['something else than a date', page([['Belgium', 'soon', '', '']]), '"soon", which is no date'],
    ['a month that does not exist', page([['Belgium', '3 Déc 2008', '', '']]), 'no date'],
    ['half a bracket', page([['Belgium', '[3 Dec 2008', '', '']]), 'no date'],
    ['an unknown mark', page([['Belgium', '', '', '3 Dec 2008 c']]), 'marks its date with "c"'],
    ['an accession among the signatures', page([['Belgium', '3 Dec 2008 a', '', '']]), 'marks its date with "a"'],
    ['a State that comes twice', page([['Turkey', '', '', ''], ['Türkiye', '', '', '']]), 'Türkiye twice, in row 1 ("Turkey") and row 2'],
    ['an unknown encoding', '<?xml version="1.0" encoding="klingon"?><a/>', 'encoding "klingon"'],
    ['bytes that are not of the encoding', Buffer.from(page([["Côte d'Ivoire", '', '', '']]), 'latin1'), 'not in the encoding'],
    ['a bottomless document', '<a>'.repeat(5000) + '</a>'.repeat(5000), 'not XML that we can read'],
  ])('refuses %s', (_, file, because) => {
    expect(refusalOf(file)).toContain(because);
  });

  it('refuses a file that ends anywhere before its end', () => {
    for (let end = 0; end < whole.length; end++) expect(refusalOf(whole.slice(0, end))).not.toBe('was read');
  });

  it('never expands an entity, known or not', () => {
    expect(read(page([['Belgium', '', '', ''], ['&foo;&amp;lt;b', '', '', '']])).unknown).toEqual([{ name: '&foo;&lt;b', row: 2 }]);
  });
});
