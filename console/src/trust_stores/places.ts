import { hrefOf } from "../places";

export const path = "trust-stores";
export const creating = "create"; // no ARN reads so

export const ofList = hrefOf(path);
export const ofCreating = hrefOf(path, creating);
export const ofStore = (arn: string) => hrefOf(path, arn);
