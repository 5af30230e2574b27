import { Injectable, type PipeTransform } from '@nestjs/common';
import { Problem } from '#platform';

/** What has no form of an id names nothing. */
@Injectable()
export class IdPipe implements PipeTransform<string, string> {
  transform(id: string): string {
    if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return id;
    throw new Problem(404, 'unknown-id', `There is nothing with the id "${id.slice(0, 40)}". Ids are those that lists show.`);
  }
}
