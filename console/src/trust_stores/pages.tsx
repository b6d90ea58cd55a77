import type { Place } from "../places";
import { CreateTrustStore } from "./create";
import { TrustStoreDetail } from "./detail";
import { TrustStoreList } from "./list";
import { creating } from "./places";

export function TrustStorePages({ place: [which] }: { place: Place }) {
  if (!which) return <TrustStoreList />;
  if (which === creating) return <CreateTrustStore />;
  return <TrustStoreDetail key={which} arn={which} />;
}
