import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import Link from "@cloudscape-design/components/link";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import { useAsked } from "../asked";
import { Failure } from "../failures";
import { useSession } from "../session";
import { type Store, allStores } from "./api";
import { ofCreating, ofStore } from "./places";

const columns: TableProps.ColumnDefinition<Store>[] = [
  { id: "name", header: "Name", isRowHeader: true,
    cell: (store) => <Link href={ofStore(store.TrustStoreArn!)}>{store.Name}</Link> },
  { id: "status", header: "Status", cell: (store) => store.Status },
  { id: "certificates", header: "CA certificates", cell: (store) => store.NumberOfCaCertificates },
  { id: "revoked", header: "Revoked", cell: (store) => store.TotalRevokedEntries },
  { id: "follows", header: "Follows", cell: (store) => store.follows ?? "–" },
];

export function TrustStoreList() {
  const session = useSession();
  const { value, failure, pending, again } = useAsked(() => allStores(session), [session]);
  const actions = (
    <SpaceBetween direction="horizontal" size="xs">
      <Button iconName="refresh" ariaLabel="Refresh" loading={pending} onClick={again} />
      <Button variant="primary" href={ofCreating}>Create trust store</Button>
    </SpaceBetween>
  );
  return (
    <ContentLayout header={
      <Header variant="h1" actions={actions} counter={value && `(${value.length})`}
        description="The CA certificates that clients are authenticated against, and who is revoked.">Trust stores</Header>}>
      <SpaceBetween size="l">
        <Failure failure={failure} />
        <Table items={value ?? []} trackBy="TrustStoreArn" columnDefinitions={columns} variant="container"
          loading={pending && !value} loadingText="Loading trust stores"
          ariaLabels={{ tableLabel: "Trust stores" }}
          empty={<Box textAlign="center" color="inherit">
            {value ? "There are no trust stores in this region." : "Which trust stores there are is not known."}</Box>} />
      </SpaceBetween>
    </ContentLayout>
  );
}
