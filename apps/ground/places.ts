import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder that holds package.json, from wherever this was built to. */
export const checkoutRoot = (): string => {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'data'))) return folder;
    if (folder === dirname(folder)) throw new Error('The folder of the program is not complete: package.json and data are missing.');
  }
};

/** The record of a treaty as tables. */
export const dataFolder = (treaty: string): string => join(checkoutRoot(), 'data', treaty);
