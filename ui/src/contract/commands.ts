import type { ListPackets } from "./ListPackets";
import type { Library } from "./Library";
import type { OpenPacket } from "./OpenPacket";
import type { Session } from "./Session";
import type { OpenExample } from "./OpenExample";
import type { ResumePacket } from "./ResumePacket";
import type { NameRater } from "./NameRater";
import type { ShowItem } from "./ShowItem";
import type { ItemView } from "./ItemView";
import type { RateItem } from "./RateItem";
import type { Saved } from "./Saved";
import type { UndoChange } from "./UndoChange";
import type { Undone } from "./Undone";
import type { ExportRatings } from "./ExportRatings";
import type { Exported } from "./Exported";
import type { CompareRaters } from "./CompareRaters";
import type { AgreementReport } from "./AgreementReport";
import type { MakePackets } from "./MakePackets";
import type { PacketsMade } from "./PacketsMade";
import type { RunExample } from "./RunExample";
import type { ExampleRun } from "./ExampleRun";

export interface Commands {
  list_packets: { arguments: ListPackets; reply: Library };
  open_packet: { arguments: OpenPacket; reply: Session };
  open_example: { arguments: OpenExample; reply: Session };
  resume_packet: { arguments: ResumePacket; reply: Session };
  name_rater: { arguments: NameRater; reply: Session };
  show_item: { arguments: ShowItem; reply: ItemView };
  rate_item: { arguments: RateItem; reply: Saved };
  undo_change: { arguments: UndoChange; reply: Undone };
  export_ratings: { arguments: ExportRatings; reply: Exported };
  compare_raters: { arguments: CompareRaters; reply: AgreementReport };
  make_packets: { arguments: MakePackets; reply: PacketsMade };
  run_example: { arguments: RunExample; reply: ExampleRun };
}
