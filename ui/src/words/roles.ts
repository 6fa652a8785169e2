import type { Role } from "../contract/Role";

/** Who speaks in a conversation, as `Role::label` has it. */
export const ROLE: Record<Role, string> = { system: "System", user: "User", assistant: "Assistant" };
