import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, getSchemaPath, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { describeWebhooks } from './events/webhooks-in-openapi.js';
import { FACT_DATA, FACT_TYPES } from './facts/data/index.js';

/** The API's own description, served at /openapi.json and, to look at, at /docs. */
export const describeApi = (app: NestFastifyApplication): OpenAPIObject => {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Pacta')
    .setDescription(
      'The system of record of a disarmament treaty. Every read takes `asAt` (the day asked about), `knownOn` (by what was known then) and `recordedBy` (by what this system held). Errors are problem documents (RFC 9457) with a stable `code`.',
    )
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'A key (pacta_…) or a token of the configured OpenID Connect issuer.' })
    .addBasicAuth({ type: 'http', scheme: 'basic', description: 'For pages in a browser: a key as the password, with any user name.' })
    .build();
  const document = SwaggerModule.createDocument(app, config, { extraModels: [...new Set(Object.values(FACT_DATA))] });
  return describeWebhooks(describeFactKinds(document));
};

/** Which `data` goes with which kind of fact, as one alternative for each. */
const describeFactKinds = (document: OpenAPIObject): OpenAPIObject => {
  const body = document.components?.schemas?.['FactBody'];
  if (!body || !('properties' in body)) return document;
  const alternatives = FACT_TYPES.map((type) => ({ title: type, properties: { type: { const: type }, data: { $ref: getSchemaPath(FACT_DATA[type]) } } }));
  Object.assign(body, { oneOf: alternatives });
  return document;
};
