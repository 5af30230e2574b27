import type { Day } from '../calendar/day.js';

/** The first thirty instruments as they were deposited; the thirtieth came on 16 February 2010. */
export const FIRST_THIRTY: readonly (readonly [iso3: string, depositedOn: Day])[] = [
  ['IRL', '2008-12-03'], ['NOR', '2008-12-03'], ['SLE', '2008-12-03'], ['VAT', '2008-12-03'], ['LAO', '2009-03-18'], ['AUT', '2009-04-02'],
  ['MEX', '2009-05-06'], ['NER', '2009-06-02'], ['ALB', '2009-06-16'], ['ESP', '2009-06-17'], ['DEU', '2009-07-08'], ['LUX', '2009-07-10'],
  ['SMR', '2009-07-10'], ['JPN', '2009-07-14'], ['ZMB', '2009-08-12'], ['HRV', '2009-08-17'], ['SVN', '2009-08-19'], ['MLT', '2009-09-24'],
  ['URY', '2009-09-24'], ['BDI', '2009-09-25'], ['FRA', '2009-09-25'], ['MWI', '2009-10-07'], ['MKD', '2009-10-08'], ['NIC', '2009-11-02'],
  ['BEL', '2009-12-22'], ['NZL', '2009-12-22'], ['MNE', '2010-01-25'], ['DNK', '2010-02-12'], ['BFA', '2010-02-16'], ['MDA', '2010-02-16'],
];

/** The meetings of the Convention; the Second Review Conference was held in two parts. */
export const MEETINGS: readonly (readonly [id: string, start: Day, end: Day])[] = [
  ['1MSP', '2010-11-09', '2010-11-12'], ['2MSP', '2011-09-12', '2011-09-16'], ['3MSP', '2012-09-11', '2012-09-14'], ['4MSP', '2013-09-09', '2013-09-13'],
  ['5MSP', '2014-09-02', '2014-09-05'], ['1RC', '2015-09-07', '2015-09-11'], ['6MSP', '2016-09-05', '2016-09-07'], ['7MSP', '2017-09-04', '2017-09-06'],
  ['8MSP', '2018-09-03', '2018-09-05'], ['9MSP', '2019-09-02', '2019-09-04'], ['2RC', '2020-11-25', '2021-09-21'], ['10MSP', '2022-08-30', '2022-09-02'],
  ['11MSP', '2023-09-11', '2023-09-14'], ['12MSP', '2024-09-10', '2024-09-13'], ['13MSP', '2025-09-16', '2025-09-19'],
];

/** Until when the record of the Convention is complete. */
export const COMPLETE_UNTIL = { 'initial-report': '2020-09-28', 'stockpile-destruction': '2025-09-19', clearance: '2025-09-19', 'annual-report': null };
