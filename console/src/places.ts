import { useSyncExternalStore } from "react";

// Where in the console somebody is: the parts of the address after "#/". The server knows none of
// them, so that an ARN in one of them stays here.
export type Place = readonly string[];

export function hrefOf(...place: Place): string {
  return "#/" + place.map(encodeURIComponent).join("/");
}

export function go(href: string): void {
  window.location.hash = href;
}

function subscribe(changed: () => void): () => void {
  window.addEventListener("hashchange", changed);
  return () => window.removeEventListener("hashchange", changed);
}

function parts(hash: string): Place {
  try {
    return hash.replace(/^#\/?/, "").split("/").filter(Boolean).map(decodeURIComponent);
  } catch {
    return []; // not an address that we wrote
  }
}

export function usePlace(): Place {
  return parts(useSyncExternalStore(subscribe, () => window.location.hash));
}
