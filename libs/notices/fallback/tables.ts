/** What a letter stands in for; see docs/architecture.md, "Promises of the letters". */
export const FALLBACK_STEPS = [
  `-- The first of the letters that one after the other did not reach anybody, and the role that it was for.
   ALTER TABLE notices.messages ADD COLUMN instead_of uuid, ADD COLUMN meant_for text;
   CREATE INDEX messages_instead ON notices.messages (instead_of) WHERE instead_of IS NOT NULL`,
];
