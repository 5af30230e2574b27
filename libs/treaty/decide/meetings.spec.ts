import { describe, expect, it } from '@jest/globals';
import type { Meeting } from '../assess/treaty-record.js';
import { decideMeeting, evolveMeeting, type MeetingProposal } from './meetings.js';
import { Refusal } from './refusal.js';

const known = { knownOn: '2025-09-19', recordedAt: '2026-01-01T00:00:00.000Z' };
const review: Meeting = { id: '3RC', title: 'Third Review Conference', start: null, end: null, ...known };
const refusal = (proposal: MeetingProposal, meeting?: Meeting): string => {
  try {
    decideMeeting(proposal, '3RC', meeting);
    return 'recorded';
  } catch (error) {
    if (error instanceof Refusal) return `${error.code}: ${error.message}`;
    throw error;
  }
};
const scheduled: MeetingProposal = { type: 'meeting-scheduled', data: { title: 'Third Review Conference', start: '2026-09-14', end: '2026-09-18' } };
const moved: MeetingProposal = { type: 'meeting-moved', data: { start: '2026-09-21', end: '2026-09-25' } };
const held: MeetingProposal = { type: 'meeting-held', data: {} };

describe('a meeting', () => {
  it('is scheduled once, with dates or without', () => {
    expect(refusal(scheduled)).toBe('recorded');
    expect(refusal({ type: 'meeting-scheduled', data: { title: 'Third Review Conference', start: null, end: null } })).toBe('recorded');
    expect(refusal(scheduled, review)).toMatch(/^meeting-already-scheduled: .*Move it if its dates have changed \(meeting-moved\)/);
  });
  it('is moved or held once it is scheduled', () => {
    expect([refusal(moved, review), refusal(held, review)]).toEqual(['recorded', 'recorded']);
    expect(refusal(moved)).toMatch(/^unknown-meeting: .*Schedule it first \(meeting-scheduled\)/);
    expect(refusal(held)).toMatch(/^unknown-meeting/);
  });
  it('that was held is neither moved nor held again', () => {
    expect(refusal(moved, { ...review, held: true })).toMatch(/^meeting-already-held: .*Note a discrepancy/);
    expect(refusal(held, { ...review, held: true })).toMatch(/^meeting-already-held/);
  });
  it('ends after it starts, by the dates that it then has', () => {
    expect(refusal({ type: 'meeting-moved', data: { start: '2026-09-21', end: '2026-09-20' } }, review)).toMatch(/^meeting-ends-before-it-starts: .*20 Sep 2026.*21 Sep 2026. Check both days/);
    expect(refusal({ type: 'meeting-moved', data: { start: '2026-09-21', end: '2026-09-21' } }, review)).toBe('recorded');
    expect(refusal({ type: 'meeting-held', data: { start: '2026-09-30' } }, { ...review, start: '2026-09-14', end: '2026-09-18' })).toMatch(/^meeting-ends-before-it-starts/);
  });
});

describe('its schedule', () => {
  it('keeps what a move does not change', () =>
    expect(evolveMeeting({ ...review, place: 'Vientiane', president: 'LAO' }, '3RC', { ...moved, knownOn: '2026-03-01', recordedAt: '2026-03-02T00:00:00.000Z' })).toEqual({
      id: '3RC', title: 'Third Review Conference', start: '2026-09-21', end: '2026-09-25', place: 'Vientiane', president: 'LAO', knownOn: '2026-03-01', recordedAt: '2026-03-02T00:00:00.000Z',
    }));
  it('is known from when it was known, also after it was held', () => {
    const later = { knownOn: '2026-09-25', recordedAt: '2026-09-26T00:00:00.000Z' };
    expect(evolveMeeting(review, '3RC', { ...held, ...later })).toEqual({ ...review, held: true });
    expect(evolveMeeting(review, '3RC', { type: 'meeting-held', data: { start: '2026-09-22', end: '2026-09-25' }, ...later })).toMatchObject({ start: '2026-09-22', held: true, ...later });
  });
});
