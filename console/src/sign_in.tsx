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
import { useSubmission } from "./submission";
import { type Typed, errorsOf, trimmed } from "./typed";

export function SignIn({ onSignedIn }: { onSignedIn: (session: Session) => void }) {
  const [typed, setTyped] = useState<Typed>({ accessKeyId: "", secretAccessKey: "", sessionToken: "", region: "us-east-1" });
  const [tried, setTried] = useState(false);
  const errors = errorsOf(trimmed(typed));
  const errorOf = (name: keyof Typed) => tried ? errors[name] : undefined;
  const field = (name: keyof Typed) => ({
    value: typed[name],
    onChange: ({ detail }: { detail: { value: string } }) => setTyped((all) => ({ ...all, [name]: detail.value })),
  });
  useEffect(() => { document.title = "Sign in – Everseal"; }, []);

  const { submit, pending, failure } = useSubmission(() => {
    const { region, sessionToken, ...key } = trimmed(typed);
    return signIn(sessionToken ? { ...key, sessionToken } : key, region);
  }, onSignedIn);
  const confirm = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!Object.values(errors).some(Boolean)) void submit();
  };

  return (
    <Box padding="xxl">
      <main className="sign-in">
        <form onSubmit={confirm}>
          <Form
            header={<Header variant="h1" description="With the credentials that everseal env shows, or those of an IAM user.">
              Sign in to Everseal</Header>}
            actions={<Button variant="primary" formAction="submit" loading={pending}>Sign in</Button>}>
            <Container>
              <SpaceBetween size="l">
                <Failure failure={failure} />
                <FormField label="Access key ID" errorText={errorOf("accessKeyId")}>
                  <Input {...field("accessKeyId")} autoFocus autoComplete="off" spellcheck={false} />
                </FormField>
                <FormField label="Secret access key" errorText={errorOf("secretAccessKey")}>
                  <Input {...field("secretAccessKey")} type="password" autoComplete="new-password" />
                </FormField>
                <FormField label="Session token" description="Only with credentials of a role." errorText={errorOf("sessionToken")}>
                  <Input {...field("sessionToken")} type="password" autoComplete="new-password" />
                </FormField>
                <FormField label="Region" errorText={errorOf("region")}>
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
