import type { AgreementReport } from "../contract/AgreementReport";
import type { PanelReport } from "../contract/PanelReport";
import type { StudyAgreement } from "../contract/StudyAgreement";

/** Something of a study's agreement to look at. */
export interface Comparison {
  id: string;
  /** The kind of comparison. */
  group: string;
  label: string;
  /** Where in the study's agreement it is. */
  within: string;
  report: AgreementReport | PanelReport;
}

/** Everything there is to look at: all raters first, then each two, then each with themselves. */
export function choicesOf({ panel, pairs, repeats }: StudyAgreement): Comparison[] {
  const all = panel ? [{ id: "panel", group: "All raters", label: panel.raters.join(", "), within: "panel/", report: panel }] : [];
  const two = pairs.map((report, place) => {
    return { id: `pair-${place}`, group: "Two raters", label: `${report.first} and ${report.second}`, within: `pairs/${place}/`, report };
  });
  const self = repeats.map(({ rater, report }, place) => {
    return { id: `repeat-${place}`, group: "A rater with themselves", label: `${rater}, first and second time`, within: `repeats/${place}/report/`, report };
  });
  return [...all, ...two, ...self];
}
