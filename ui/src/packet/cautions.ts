import type { PacketCaution } from "../contract/PacketCaution";
import { m } from "../messages/language.svelte";

/** What to know before one goes on with a packet. */
export function cautionWords(caution: PacketCaution): string {
  if (caution.kind === "read_only") return m.remarks.readOnly(caution.reason);
  const { moments } = m.remarks;
  const at = (moment: string) => m.locale.day(moment);
  return m.remarks.clock(moments[caution.earlier](at(caution.before)), moments[caution.later](at(caution.after)));
}
