import type { Feed } from './feed.js';

/** As JSON Feed 1.1. */
export const asJsonFeed = ({ title, self, home, entries }: Feed): string =>
  JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1', title, home_page_url: home, feed_url: self, language: 'en', authors: [{ name: 'Pacta' }],
    items: entries.map(({ id, title, text, link, published, updated, tags }) => ({ id, url: link, title, content_text: text, date_published: published, date_modified: updated, tags })),
  });
