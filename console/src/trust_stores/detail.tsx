import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useState } from "react";
import { useAsked } from "../asked";
import { Failure } from "../failures";
import { type Session, useSession } from "../session";
import { type Store, associationsOf, oneStore, revocationsOf } from "./api";
import { DeleteTrustStore } from "./delete";

async function everythingOf(session: Session, arn: string) {
  const [store, revocations, associations] = await Promise.all(
    [oneStore(session, arn), revocationsOf(session, arn), associationsOf(session, arn)]);
  return { store, revocations, associations };
}

function copied(text: string) {
  return <CopyToClipboard variant="inline" textToCopy={text} copyButtonAriaLabel="Copy"
    copySuccessText="Copied" copyErrorText="The browser did not let it be copied" />;
}

function Facts({ store }: { store: Store }) {
  return (
    <Container header={<Header variant="h2">Details</Header>}>
      <KeyValuePairs columns={3} items={[
        { label: "ARN", value: copied(store.TrustStoreArn!) },
        { label: "Status", value: store.Status },
        { label: "CA certificates", value: store.NumberOfCaCertificates },
        { label: "Revoked", value: store.TotalRevokedEntries },
        { label: "Follows", value: store.follows ? copied(store.follows) : "no private CA" },
        { label: "Tags", value: store.tags.map((tag) => `${tag.Key} = ${tag.Value}`).join(", ") || "–" },
      ]} />
    </Container>
  );
}

const none = (words: string) => <Box textAlign="center" color="inherit">{words}</Box>;

export function TrustStoreDetail({ arn }: { arn: string }) {
  const session = useSession();
  const { value, failure, pending, again } = useAsked(() => everythingOf(session, arn), [session, arn]);
  const [deleting, setDeleting] = useState(false);
  const actions = (
    <SpaceBetween direction="horizontal" size="xs">
      <Button iconName="refresh" ariaLabel="Refresh" loading={pending} onClick={again} />
      <Button disabled={!value} onClick={() => setDeleting(true)}>Delete</Button>
    </SpaceBetween>
  );
  return (
    <ContentLayout header={<Header variant="h1" actions={actions}>{arn.split("/")[1] ?? arn}</Header>}>
      <SpaceBetween size="l">
        <Failure failure={failure} />
        {value && <>
          <Facts store={value.store} />
          <Table header={<Header variant="h2">Revocation lists</Header>} items={value.revocations}
            ariaLabels={{ tableLabel: "Revocation lists" }}
            columnDefinitions={[
              { id: "id", header: "ID", isRowHeader: true, cell: (each) => each.RevocationId },
              { id: "type", header: "Type", cell: (each) => each.RevocationType },
              { id: "entries", header: "Entries", cell: (each) => each.NumberOfRevokedEntries },
            ]}
            empty={none("No list has been added.")} />
          <Table header={<Header variant="h2">Listeners</Header>} items={value.associations}
            ariaLabels={{ tableLabel: "Listeners" }}
            columnDefinitions={[{ id: "arn", header: "ARN", isRowHeader: true, cell: (each) => each.ResourceArn }]}
            empty={none("No listener uses it.")} />
          {deleting && <DeleteTrustStore store={value.store} onDismiss={() => setDeleting(false)} />}
        </>}
      </SpaceBetween>
    </ContentLayout>
  );
}
