import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Form from "@cloudscape-design/components/form";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type FormEvent, useEffect, useState } from "react";
import { Failure } from "./failures";
import { type Session, signIn } from "./session";

export function SignIn({ onSignedIn }: { onSignedIn: (session: Session) => void }) {
  const [typed, setTyped] = useState({ accessKeyId: "", secretAccessKey: "", sessionToken: "", region: "us-east-1" });
  const [failure, setFailure] = useState<unknown>();
  const [pending, setPending] = useState(false);
  const field = (name: keyof typeof typed) => ({
    value: typed[name],
    onChange: ({ detail }: { detail: { value: string } }) => setTyped((all) => ({ ...all, [name]: detail.value })),
  });
  useEffect(() => { document.title = "Sign in – Everseal"; }, []);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setPending(true);
    try {
      const { region, sessionToken, ...key } = typed;
      onSignedIn(await signIn(sessionToken ? { ...key, sessionToken } : key, region));
    } catch (failed) {
      setFailure(failed);
      setPending(false);
    }
  };

  return (
    <Box padding="xxl">
      <main className="sign-in">
        <form onSubmit={submit}>
          <Form
            header={<Header variant="h1" description="With the credentials that everseal env shows, or those of an IAM user.">
              Sign in to Everseal</Header>}
            actions={<Button variant="primary" formAction="submit" loading={pending}>Sign in</Button>}>
            <Container>
              <SpaceBetween size="l">
                <Failure failure={failure} />
                <FormField label="Access key ID">
                  <Input {...field("accessKeyId")} autoFocus autoComplete="off" spellcheck={false} />
                </FormField>
                <FormField label="Secret access key">
                  <Input {...field("secretAccessKey")} type="password" autoComplete="off" />
                </FormField>
                <FormField label="Session token" description="Only with credentials of a role.">
                  <Input {...field("sessionToken")} type="password" autoComplete="off" />
                </FormField>
                <FormField label="Region">
                  <Input {...field("region")} spellcheck={false} />
                </FormField>
              </SpaceBetween>
            </Container>
          </Form>
        </form>
      </main>
    </Box>
  );
}
