export const DOSSIER_READER = Symbol('DossierReader');
export const HISTORY_READER = Symbol('HistoryReader');
export const ASSESSOR = Symbol('Assessor');
