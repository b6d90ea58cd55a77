import type { ReactNode } from "react";
import type { Place } from "./places";
import { TrustStorePages } from "./trust_stores/pages";
import { path as trustStores } from "./trust_stores/places";

// What the console shows of a service. `place`: what follows the service's own name in the address.
export interface Service {
  path: string;
  title: string;
  group: string; // as the AWS console's navigation calls it
  page: (place: Place) => ReactNode;
}

export const services: Service[] = [
  { path: trustStores, title: "Trust stores", group: "Load balancing", page: (place) => <TrustStorePages place={place} /> },
];
