import type { Message } from '../wire/codec.js';

/** As a server 26.1 says them, features after a space. An older one lacks the last of the newer calls. */
const METHODS = `
kurrentdb.protocol.v2.streams.streamsservice/appendsession
kurrentdb.protocol.v2.streams.streamsservice/appendrecords
event_store.client.persistent_subscriptions.persistentsubscriptions/create stream,all
event_store.client.persistent_subscriptions.persistentsubscriptions/update stream,all
event_store.client.persistent_subscriptions.persistentsubscriptions/delete stream,all
event_store.client.persistent_subscriptions.persistentsubscriptions/read stream,all
event_store.client.persistent_subscriptions.persistentsubscriptions/getinfo stream,all
event_store.client.persistent_subscriptions.persistentsubscriptions/replayparked stream,all
event_store.client.persistent_subscriptions.persistentsubscriptions/list stream,all
event_store.client.persistent_subscriptions.persistentsubscriptions/restartsubsystem stream,all
event_store.client.users.users/create
event_store.client.users.users/update
event_store.client.users.users/delete
event_store.client.users.users/disable
event_store.client.users.users/enable
event_store.client.users.users/details
event_store.client.users.users/changepassword
event_store.client.users.users/resetpassword
event_store.client.streams.streams/read position,events
event_store.client.streams.streams/append
event_store.client.streams.streams/delete
event_store.client.streams.streams/tombstone
event_store.client.streams.streams/batchappend deadline_duration
event_store.client.operations.operations/startscavenge
event_store.client.operations.operations/stopscavenge
event_store.client.operations.operations/shutdown
event_store.client.operations.operations/mergeindexes
event_store.client.operations.operations/resignnode
event_store.client.operations.operations/setnodepriority
event_store.client.operations.operations/restartpersistentsubscriptions
event_store.client.gossip.gossip/read
event_store.client.monitoring.monitoring/stats
event_store.client.server_features.serverfeatures/getsupportedmethods
kurrent.client.redaction.redaction/geteventpositions
kurrent.client.redaction.redaction/switchchunks
`;

export const supportedMethods = (version: string): Message => ({
  methods: METHODS.trim().split('\n').filter((line) => Number.parseFloat(version) >= 26.1 || !line.includes('/appendrecords')).map((line) => {
    const [path = '', features] = line.split(' ');
    const [service_name, method_name] = path.split('/');
    return { method_name, service_name, ...(features ? { features: features.split(',') } : {}) };
  }),
  event_store_server_version: version,
});
