export interface ImportOptions {
  csv?: string;
  xml?: string;
  treaty: string;
  dryRun?: boolean;
  /** True: ask for each. */
  confirm?: true | 'all';
  asOf?: string;
  json?: boolean;
}
