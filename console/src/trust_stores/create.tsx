import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Form from "@cloudscape-design/components/form";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Toggle from "@cloudscape-design/components/toggle";
import { type FormEvent, useState } from "react";
import { Failure } from "../failures";
import { useTell } from "../news";
import { go } from "../places";
import { useSession } from "../session";
import { useSubmission } from "../submission";
import { createFollowing, createFromFile } from "./api";
import { CaField } from "./ca_field";
import { FileFields } from "./file_fields";
import { ofList, ofStore } from "./places";

export function CreateTrustStore() {
  const session = useSession();
  const tell = useTell();
  const [name, setName] = useState("");
  const [follows, setFollows] = useState(true);
  const [ca, setCa] = useState("");
  const [file, setFile] = useState({ bucket: "", key: "", version: "" });
  const [tried, setTried] = useState(false);
  const lacksCa = follows && !ca;
  const { submit, pending, failure } = useSubmission(async () => {
    const arn = await (follows ? createFollowing(session, name, ca) : createFromFile(session, name, file));
    tell(`The trust store ${name} has been created.`);
    return arn;
  }, (arn) => go(ofStore(arn)));
  const confirm = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!lacksCa) void submit();
  };

  return (
    <ContentLayout header={<Header variant="h1">Create trust store</Header>}>
      <form onSubmit={confirm}>
        <Form actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" href={ofList}>Cancel</Button>
            <Button variant="primary" formAction="submit" loading={pending}>Create trust store</Button>
          </SpaceBetween>}>
          <SpaceBetween size="l">
            <Failure failure={failure} />
            <Container>
              <SpaceBetween size="l">
                <FormField label="Name" constraintText="Letters, digits and hyphens, at most 32.">
                  <Input value={name} onChange={({ detail }) => setName(detail.value)} spellcheck={false} />
                </FormField>
                <Toggle checked={follows} onChange={({ detail }) => setFollows(detail.checked)}
                  description="Its certificate is trusted, and what it revokes is refused within a second. This cannot be changed afterwards.">
                  Follow a private CA
                </Toggle>
                {follows
                  ? <CaField arn={ca} onChange={setCa} error={tried && lacksCa ? "Choose the private CA to follow." : undefined} />
                  : <FileFields file={file} onChange={setFile} />}
              </SpaceBetween>
            </Container>
          </SpaceBetween>
        </Form>
      </form>
    </ContentLayout>
  );
}
