import Button from "@cloudscape-design/components/button";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import Link from "@cloudscape-design/components/link";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { TableProps } from "@cloudscape-design/components/table";
import { useAsked } from "../asked";
import { AskedTable } from "../asked_table";
import { useSession } from "../session";
import { type Store, allStores } from "./api";
import { ofCreating, ofStore } from "./places";

const columns: TableProps.ColumnDefinition<Store>[] = [
  { id: "name", header: "Name", isRowHeader: true,
    cell: (store) => <Link href={ofStore(store.TrustStoreArn!)}>{store.Name}</Link> },
  { id: "status", header: "Status", cell: (store) => store.Status },
  { id: "certificates", header: "CA certificates", cell: (store) => store.NumberOfCaCertificates },
  { id: "revoked", header: "Revoked", cell: (store) => store.TotalRevokedEntries },
  { id: "follows", header: "Follows", cell: (store) => store.tags ? store.follows ?? "–" : "not known" },
];

export function TrustStoreList() {
  const session = useSession();
  const asked = useAsked(() => allStores(session), [session]);
  const actions = (
    <SpaceBetween direction="horizontal" size="xs">
      <Button iconName="refresh" ariaLabel="Refresh" loading={asked.pending} onClick={asked.again} />
      <Button variant="primary" href={ofCreating}>Create trust store</Button>
    </SpaceBetween>
  );
  return (
    <ContentLayout header={
      <Header variant="h1" actions={actions} counter={asked.value && `(${asked.value.length})`}
        description="The CA certificates that clients are authenticated against, and who is revoked.">Trust stores</Header>}>
      <AskedTable label="Trust stores" asked={asked} columns={columns} empty="There are no trust stores in this region." />
    </ContentLayout>
  );
}
