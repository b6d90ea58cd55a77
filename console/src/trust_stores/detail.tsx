import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useAsked } from "../asked";
import { Failure } from "../failures";
import { useSession } from "../session";
import { type Store, oneStore } from "./api";
import { DeleteTrustStore } from "./delete";
import { Listeners, RevocationLists } from "./parts";

function copied(text: string) {
  return <CopyToClipboard variant="inline" textToCopy={text} copyButtonAriaLabel="Copy"
    copySuccessText="Copied" copyErrorText="The browser did not let it be copied" />;
}

function followed({ tags, follows }: Store) {
  if (!tags) return "not known";
  return follows ? copied(follows) : "no private CA";
}

function tagsIn({ tags }: Store) {
  if (!tags) return "not known";
  return tags.map((tag) => `${tag.Key} = ${tag.Value}`).join(", ") || "–";
}

function Facts({ store }: { store: Store }) {
  return (
    <Container header={<Header variant="h2">Details</Header>}>
      <KeyValuePairs columns={3} items={[
        { label: "ARN", value: copied(store.TrustStoreArn!) },
        { label: "Status", value: store.Status },
        { label: "CA certificates", value: store.NumberOfCaCertificates },
        { label: "Revoked", value: store.TotalRevokedEntries },
        { label: "Follows", value: followed(store) },
        { label: "Tags", value: tagsIn(store) },
      ]} />
    </Container>
  );
}

export function TrustStoreDetail({ arn }: { arn: string }) {
  const session = useSession();
  const [times, setTimes] = useState(0);
  const { value: store, failure, pending } = useAsked(() => oneStore(session, arn), [session, arn, times]);
  const [deleting, setDeleting] = useState(false);
  const actions = (
    <SpaceBetween direction="horizontal" size="xs">
      <Button iconName="refresh" ariaLabel="Refresh" loading={pending} onClick={() => setTimes(times + 1)} />
      <Button disabled={!store} onClick={() => setDeleting(true)}>Delete</Button>
    </SpaceBetween>
  );
  return (
    <ContentLayout header={<Header variant="h1" actions={actions}>{arn.split("/")[1] ?? arn}</Header>}>
      <SpaceBetween size="l">
        <Failure failure={failure} />
        {store && <>
          <Facts store={store} />
          <RevocationLists arn={arn} times={times} />
          <Listeners arn={arn} times={times} />
          {deleting && <DeleteTrustStore store={store} onDismiss={() => setDeleting(false)} />}
        </>}
      </SpaceBetween>
    </ContentLayout>
  );
}
