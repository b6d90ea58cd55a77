import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { Failure } from "../failures";
import { useTell } from "../news";
import { go } from "../places";
import { useSession } from "../session";
import { useSubmission } from "../submission";
import { type Store, deleteStore } from "./api";
import { ofList } from "./places";

export function DeleteTrustStore({ store, onDismiss }: { store: Store; onDismiss: () => void }) {
  const session = useSession();
  const tell = useTell();
  const { submit, pending, failure } = useSubmission(async () => {
    await deleteStore(session, store.TrustStoreArn!);
    tell(`The trust store ${store.Name} has been deleted.`);
  }, () => go(ofList));
  const footer = (
    <Box float="right">
      <SpaceBetween direction="horizontal" size="xs">
        <Button variant="link" disabled={pending} onClick={onDismiss}>Cancel</Button>
        <Button variant="primary" loading={pending} onClick={submit}>Delete</Button>
      </SpaceBetween>
    </Box>
  );
  return (
    <Modal visible header={`Delete ${store.Name}?`} onDismiss={() => pending || onDismiss()} footer={footer}>
      <SpaceBetween size="l">
        <Box>Listeners can no longer use it. A trust store that a listener uses cannot be deleted.</Box>
        <Failure failure={failure} />
      </SpaceBetween>
    </Modal>
  );
}
