import type { PanelAxis } from "../contract/PanelAxis";
import type { PanelCoefficients } from "../contract/PanelCoefficients";
import { COEFFICIENT, SHARE } from "../words/measure";
import type { Row } from "../words/rows";

/** Every measure of all raters together; the correlation takes only the `complete` ones of the items that count. */
export function panelRows(found: PanelCoefficients, { complete, pairable }: Pick<PanelAxis, "complete" | "pairable">): Row[] {
  const n = complete === pairable ? "" : `, n = ${complete}`;
  return [
    { name: "Krippendorff’s alpha, ordinal", measure: found.alpha_ordinal, limits: COEFFICIENT },
    { name: "Gwet’s AC2, quadratic", measure: found.ac2, limits: COEFFICIENT },
    { name: "Fleiss’s kappa, quadratic", measure: found.fleiss_kappa_quadratic, limits: COEFFICIENT },
    { name: "Fleiss’s kappa, unweighted", measure: found.fleiss_kappa, limits: COEFFICIENT },
    { name: `Intraclass correlation, ICC(2,1)${n}`, measure: found.icc, limits: COEFFICIENT },
    { name: "Agreement of pairs of ratings", measure: found.exact, limits: SHARE },
  ];
}
