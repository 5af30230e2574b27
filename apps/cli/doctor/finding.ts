export interface Finding {
  name: string;
  ok: boolean;
  /** How it is; never a secret. */
  detail: string;
  /** What to do where it is not well. */
  advice?: string;
}

export const well = (name: string, detail: string): Finding => ({ name, ok: true, detail });
export const unwell = (name: string, detail: string, advice: string): Finding => ({ name, ok: false, detail, advice });
