/** The part of JSON Schema (draft 2020-12) that our events need. */
export interface Schema {
  $schema?: string;
  $id?: string;
  title?: string;
  description?: string;
  type?: string | string[];
  format?: string;
  pattern?: string;
  enum?: readonly string[];
  const?: string | number;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  maxItems?: number;
  items?: Schema;
  properties?: { readonly [name: string]: Schema };
  required?: readonly string[];
  examples?: readonly unknown[];
}

export const text = (maxLength: number, description?: string): Schema => ({ type: 'string', maxLength, ...(description ? { description } : {}) });
export const code = (pattern: string, description: string): Schema => ({ type: 'string', pattern, maxLength: 100, description });
export const day = (description?: string): Schema => ({ type: 'string', format: 'date', ...(description ? { description } : {}) });
export const integer = (minimum: number, maximum: number, description?: string): Schema => ({ type: 'integer', minimum, maximum, ...(description ? { description } : {}) });
export const oneOf = (values: readonly string[], description?: string): Schema => ({ type: 'string', enum: values, ...(description ? { description } : {}) });
export const listOf = (items: Schema, maxItems: number, description?: string): Schema => ({ type: 'array', items, maxItems, ...(description ? { description } : {}) });
export const uuid = (description: string): Schema => ({ type: 'string', format: 'uuid', description });
export const quantity = (description: string): Schema => ({ type: 'number', minimum: 0, description });
export const yesOrNo: Schema = { type: 'boolean' };

/**
 * Of what a fact says, only what the schema names and as it describes it: nothing enters an event that was not meant to.
 * Texts that are too long end earlier; what does not have the shape of a code is left out.
 */
export const only = (properties: Readonly<Record<string, Schema>>, said: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(properties).flatMap(([name, schema]) => {
    const value = fitting(schema, said[name]);
    return value === undefined ? [] : [[name, value]];
  }));

const fitting = (schema: Schema, value: unknown): unknown => {
  if (value === undefined || value === null) return undefined;
  if (schema.type === 'array') return Array.isArray(value) ? value.slice(0, schema.maxItems).filter((one) => fitting(schema.items ?? {}, one) !== undefined) : undefined;
  if (schema.type === 'string') return typeof value === 'string' ? fittingText(schema, value) : undefined;
  return typeof value === (schema.type === 'integer' ? 'number' : schema.type) ? value : undefined;
};

const fittingText = ({ enum: values, pattern, maxLength }: Schema, value: string): string | undefined => {
  if (values && !values.includes(value)) return undefined;
  if (pattern && !new RegExp(pattern, 'u').test(value)) return undefined;
  return maxLength === undefined ? value : [...value].slice(0, maxLength).join('');
};
