import { describe, expect, it } from '@jest/globals';
import { correlationOf, parentFrom, spanIdOf, traceIdOf } from './correlation.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';

describe('a correlation id', () => {
  it('is the number of the trace that the caller names', () => {
    expect(parentFrom(`00-${TRACE}-${SPAN}-01`)).toEqual({ traceId: TRACE, spanId: SPAN, sampled: true });
    expect(correlationOf({ traceId: TRACE })).toBe('4bf92f35-77b3-4da6-a3ce-929d0e0e4736');
    expect(traceIdOf('4bf92f35-77b3-4da6-a3ce-929d0e0e4736')).toBe(TRACE);
  });

  it('is read from later versions, too, and whether the trace is kept', () => {
    expect(parentFrom(`cc-${TRACE}-${SPAN}-00-what-comes-later`)).toEqual({ traceId: TRACE, spanId: SPAN, sampled: false });
  });

  it.each([
    undefined, '', 'hello', ['00'], `00-${TRACE}-${SPAN}`, `ff-${TRACE}-${SPAN}-01`, `00-${'0'.repeat(32)}-${SPAN}-01`, `00-${TRACE}-${'0'.repeat(16)}-01`, `00-${TRACE.toUpperCase()}-${SPAN}-01`, `00-${TRACE}x-${SPAN}-01`,
  ])('is not taken from %j', (traceparent) => {
    expect(parentFrom(traceparent)).toBeNull();
  });

  it('of an imported line is no number of a trace', () => {
    expect([traceIdOf('treaty_actions.csv:12'), traceIdOf(undefined), spanIdOf('12')]).toEqual([null, null, null]);
  });
});
