/** The arrows of the house. Each rule says why it is there; see docs/architecture.md. */
const lib = (name) => `^libs/${name}/`;
const only = (name, may, comment) => ({
  name: `${name}-imports-only-what-it-may`,
  comment,
  severity: 'error',
  // A spec may set its scene with whatever it needs, the real record above all.
  from: { path: lib(name), pathNot: '(\\.spec\\.ts$|/testing/)' },
  to: { path: '^(libs|apps|test)/', pathNot: [lib(name), ...may.map(lib)] },
});

export default {
  forbidden: [
    { name: 'no-cycles', comment: 'A cycle has no top: nobody can read it from one end to the other.', severity: 'error', from: {}, to: { circular: true } },
    { name: 'treaty-is-pure', comment: 'The rules of the treaty must be readable and testable without any system around them.', severity: 'error', from: { path: lib('treaty'), pathNot: '\\.spec\\.ts$' }, to: { pathNot: lib('treaty') } },
    only('event-log', ['platform'], 'The log keeps any facts; it knows no treaty.'),
    only('platform', [], 'What everything stands on stands on nothing.'),
    only('embedded-postgres', [], 'A database server is no business of the domain.'),
    only('access', ['platform'], 'Who may do what is asked before anything of the treaty is touched.'),
    only('dossiers', ['treaty', 'event-log', 'platform'], 'The way in writes to the log and never reads a read model: what it decides on is the log itself.'),
    only('read-models', ['treaty', 'event-log', 'platform'], 'The way out follows the log; it never writes to it.'),
    only('notices', ['treaty', 'read-models', 'event-log', 'platform', 'work-queue', 'dossiers'], 'Who is told what follows from the record; the record knows nothing of letters.'),
    only('webhooks', ['treaty', 'read-models', 'event-log', 'platform', 'work-queue'], 'Who is told of what follows from the record; the record knows nothing of subscribers.'),
    { name: 'guard-is-for-deliveries', comment: 'What calls addresses that others choose is used by deliveries and by nothing else: whoever wants to call out says so here first.', severity: 'error', from: { path: '^(apps|libs|test)/', pathNot: '^libs/webhooks/(guard|delivery|endpoints|testing|open-webhooks\\.ts)' }, to: { path: '^libs/webhooks/guard/' } },
    { name: 'one-way-out', comment: 'One small module opens connections to addresses that others choose; a second one would have to be guarded too.', severity: 'error', from: { path: '^(apps|libs)/', pathNot: '(^libs/webhooks/guard/|\\.spec\\.ts$)' }, to: { path: '(^|/)node_modules/undici/' } },
    only('record', ['treaty', 'dossiers', 'event-log', 'platform'], 'Loading the record is a client of the same commands as the registrar.'),
    { name: 'libs-know-no-app', comment: 'Apps compose libs, never the other way round.', severity: 'error', from: { path: '^libs/' }, to: { path: '^apps/' } },
    { name: 'through-the-index', comment: 'What a lib offers is its index; the rest is its own affair.', severity: 'error', from: { path: '^(apps|test)/' }, to: { path: '^libs/[^/]+/(?!index\\.ts$|contract/index\\.ts$)' } },
    { name: 'lib-through-the-index', comment: 'What a lib offers is its index; the rest is its own affair.', severity: 'error', from: { path: '^libs/([^/]+)/' }, to: { path: '^libs/[^/]+/(?!index\\.ts$|contract/index\\.ts$)', pathNot: '^libs/$1/' } },
    { name: 'not-to-dev-dependency', comment: 'What ships must be installed where it runs.', severity: 'error', from: { path: '^(apps|libs)/', pathNot: '(\\.spec\\.ts$|/contract/)' }, to: { dependencyTypes: ['npm-dev'] } },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['source', 'import', 'require', 'node', 'default', 'types'] },
  },
};
