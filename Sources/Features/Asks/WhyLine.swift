import Kit
import Matching

/// The reasons of a card in one line: the skill, then what sets this mentor apart.
struct WhyLine {
  let text: String

  init(_ ranked: Ranked, _ person: Mentor, _ all: RankedAsk) {
    var parts: [String] = []
    if case .skill(_, let offered, let level, _)? = ranked.line(.skillFit)?.fact {
      parts.append("level \(level) in \(all.wording.skill(offered))")
    }
    if case .crossing(met: true)? = ranked.line(.crossing)?.fact { parts.append("from another department") }
    if case .rated(let mean, let count)? = ranked.line(.rating)?.fact {
      parts.append("rated \(Wording.tenths(mean)) in \(count) sessions")
    }
    if case .answers(let answered, let offered)? = ranked.line(.answers)?.fact, offered >= 3, answered * 10 >= offered * 8 {
      parts.append("answered \(answered) of \(offered) requests")
    }
    if case .slots(_, let count)? = ranked.line(.soon)?.fact, count > 0 {
      parts.append("\(counted(count, "time")) \(WhyLine.span(all.ask))")
    }
    if case .lastMet(let days?)? = ranked.line(.newFaces)?.fact { parts.append("you met \(counted(max(days, 1), "day")) ago") }
    text = parts.prefix(3).joined(separator: "; ").capitalisedFirst
  }

  /// Within what the times are counted: how soon help is wanted.
  private static func span(_ ask: Ask) -> String {
    switch ask.urgency {
    case .now: "in the next day"
    case .week: "in the next week"
    case .later: "in the next four weeks"
    }
  }
}
