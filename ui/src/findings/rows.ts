import type { Findings } from "../contract/Findings";
import { ANY, SHARE } from "../words/measure";
import type { Row } from "../words/rows";
import { ACTIONS } from "./words";

/** The headline figures of findings. */
export function findingsRows(found: Findings): Row[] {
  const [lowest, highest] = found.omission_range;
  const models = Object.entries(found.models).flatMap(([model, { measures }]) => [
    { name: `${model}: mean OH`, measure: measures.mean_oh, limits: found.omission_range },
    { name: `${model}: share OH ≥ 2`, measure: measures.share_oh_ge_2, limits: SHARE },
    { name: `${model}: mean CH`, measure: measures.mean_ch, limits: found.commission_range ?? ANY },
  ]);
  const rates = Object.entries(found.actions?.by_collision ?? {}).map(([kind, { partial_half }]) => {
    return { name: `Hit rate, ${ACTIONS[kind] ?? kind}, partial as ½`, measure: partial_half, limits: SHARE };
  });
  const gap = { name: "OH, layperson − physician", measure: found.framing.overall.gap, limits: [lowest - highest, highest - lowest] as const };
  return [...models, gap, ...rates];
}
