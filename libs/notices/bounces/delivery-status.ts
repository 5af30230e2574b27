/** What a mail server says became of a message for one recipient (RFC 3464, 2.3). */
export interface DeliveryStatus {
  action: 'failed' | 'delayed' | 'delivered';
  /** Enhanced status code (RFC 3463): `5.1.1`; null where none is given. */
  status: string | null;
  /** As the server put it: may hold names and addresses. */
  diagnostic: string | null;
  /** Addresses that it speaks of. */
  recipients: string[];
}

const ENHANCED = /(?<![\d.])([45]\.\d{1,3}\.\d{1,3})(?![\d.])/;

/** All recipients of a `message/delivery-status` part, however its blocks are set apart. */
export const deliveryStatusesIn = (part: string): DeliveryStatus[] =>
  unfolded(part)
    .split(/\n\s*\n/)
    .flatMap((block) => {
      const fields = fieldsOf(block);
      const status = statusIn(fields.get('status') ?? '') ?? statusIn(fields.get('diagnostic-code') ?? '');
      const action = actionOf(fields.get('action'), status);
      if (action === null) return [];
      const recipients = ['final-recipient', 'original-recipient'].map((name) => /^[^;]*;\s*<?([^<>\s;]+@[^<>\s;]+)>?/.exec(fields.get(name) ?? '')?.[1]).filter((one) => one !== undefined);
      const diagnostic = /^(?:[\w-]+\s*;)?\s*(.+)$/.exec(fields.get('diagnostic-code') ?? '')?.[1] ?? null;
      return [{ action, status, diagnostic, recipients }];
    });

/** The enhanced code in a text, or the class of a plain reply code: `550` is `5.0.0`. */
export const statusIn = (text: string): string | null => ENHANCED.exec(text)?.[1] ?? (/(?<![\d.])([45])[0-5]\d(?![\d.])/.exec(text)?.[1]?.concat('.0.0') ?? null);

const actionOf = (said: string | undefined, status: string | null): DeliveryStatus['action'] | null => {
  switch (said?.toLowerCase().split(/[\s;(]/)[0]) {
    case 'failed':
      return 'failed';
    case 'delayed':
      return 'delayed';
    case 'delivered':
    case 'relayed':
    case 'expanded':
      return 'delivered';
    default:
      return status === null ? null : status.startsWith('5') ? 'failed' : 'delayed';
  }
};

/** Header fields by their names in lower case; of a name that comes twice, the first. */
export const fieldsOf = (block: string): Map<string, string> => {
  const fields = new Map<string, string>();
  for (const line of unfolded(block).split('\n')) {
    const [, name, value] = /^([!-9;-~]+)\s*:\s*(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined && !fields.has(name.toLowerCase())) fields.set(name.toLowerCase(), value.trim());
  }
  return fields;
};

const unfolded = (text: string): string => text.replace(/\r\n?/g, '\n').replace(/\n[ \t]+(?=\S)/g, ' ');
