extension Wording {
  /// A line of a score in English, as told to the asker.
  public func sentence(_ reason: Reason) -> String {
    switch reason.fact {
    case .skill(let skill, let offered, let mentorLevel, let learnerLevel) where skill == offered:
      "Level \(mentorLevel) in \(self.skill(skill)), you are at \(learnerLevel)."
    case .skill(let skill, let offered, let mentorLevel, let learnerLevel):
      "Level \(mentorLevel) in \(self.skill(offered)), close to \(self.skill(skill)), where you are at \(learnerLevel)."
    case .noSkill: "Not above you in a skill you asked for."
    case .slots(_, count: 0): "No common free slot."
    case .slots(let first, let count): "First common slot in \(WaitEstimate.whole(first)), \(Count.of(count, "common slot")) in time."
    case .written: "Answers in writing, no common slot needed."
    case .load(let shortfall) where shortfall > 0: "Has given less than a fair part of the time lately."
    case .load(let shortfall) where shortfall < 0: "Has given more than a fair part of the time lately."
    case .load: "Has given a fair part of the time lately."
    case .hiddenLoad: "Asks are shared fairly among mentors."
    case .answers(_, offered: 0): "No offers yet in the last 90 days."
    case .answers(let answered, let offered): "Answered \(answered) of \(Count.of(offered, "offer")) in time in the last 90 days."
    case .rated(let mean, let count): "Rated \(Self.tenths(mean)) of 5 in \(count) sessions."
    case .new: "New: fewer than 3 ratings."
    case .language(let code, let place, let overlap):
      "Speaks \(language(code))\(place == 0 ? "" : ", your choice number \(place + 1)")\(Self.overlap(overlap))."
    case .noLanguage: "No language in common."
    case .crossing(met: true): "From another department, as you wished."
    case .crossing(met: false): "Not known to be from another department."
    case .noCrossingWish: "You did not ask for another department."
    case .lastMet(days: nil): "You have not met before."
    case .lastMet(let days?): "You last met \(Count.of(days, "day")) ago."
    case .lastOffered(days: nil): "Was never offered an ask."
    case .lastOffered(let days?): "Was last offered an ask \(Count.of(days, "day")) ago."
    case .passedOn(let times): "This ask was passed on \(Count.of(times, "time"))."
    }
  }

  /// Why a mentor is asked, in English, as told to the mentor: nothing about who asks, and nothing that time alone makes untrue.
  public func whyYou(_ ranked: Ranked) -> String {
    var parts: [String] = []
    if case .skill(let skill, let offered, let level, _) = ranked.line(.skillFit)?.fact {
      let near = skill == offered ? "" : ", close to \(self.skill(skill)), which is needed"
      parts.append("You are at level \(level) in \(self.skill(offered))\(near).")
    }
    if case .slots(_, let count) = ranked.line(.soon)?.fact, count > 0 { parts.append("You both have time for it.") }
    return parts.joined(separator: " ")
  }

  /// How long an ask has waited, in English; nil while that is no news.
  public static func waited(minutes: Int) -> String? {
    minutes < 60 ? nil : "The ask has waited \(WaitEstimate.whole(minutes))."
  }

  /// Thousandths as a number with one decimal, rounded half up. Whatever names a mean rating names it by this.
  public static func tenths(_ thousandths: Int) -> String {
    let tenths = (thousandths + 50) / 100
    return "\(tenths / 10).\(tenths % 10)"
  }

  private static func overlap(_ minutes: Int?) -> String {
    minutes.map { ", working hours overlap by \(WaitEstimate.whole($0)) a day" } ?? ""
  }
}
