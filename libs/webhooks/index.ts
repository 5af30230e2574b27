/** Who is told of what happens, by a call to an address of their own: subscriptions, signed deliveries, and the public log. */
export { CLOUD_EVENT_TYPE, type CloudEvent, cloudEventOf } from './catalogue/cloud-event.js';
export { type EventTypeInfo, eventTypes } from './catalogue/data-schema.js';
export type { PublicEvent } from './catalogue/public-event.js';
export type { DeliveryView } from './delivery/delivery-log.js';
export type { BlockedHost } from './endpoints/blocked-hosts.js';
export type { ServiceLetter, WriteTo } from './endpoints/disabled-endpoints.js';
export { type Endpoint, ENDPOINT_STATUSES, type NewEndpoint } from './endpoints/endpoint.js';
export type { Courier } from './courier.js';
export type { OnCalled } from './delivery/deliverer.js';
export { EventTail } from './events/event-tail.js';
export type { EventFilter } from './events/published-events.js';
export { openWebhooks, type Webhooks } from './open-webhooks.js';
export { ownerOfSubscriber, type Subscriber } from './subscribers/subscribers.js';
