import Kit
import Web

/// What a manager should look at, the most pressing first.
struct Attention: Output, Hashable {
  var text: String
  var remedy: String
  /// Of the button; nil where there is nothing to open.
  var label: String?
  var href: String?

  struct Facts: Sendable {
    var unanswered = 0
    var vetting = 0
    var disputes = 0
    var expired = 0
    var overloaded = 0
    var silent = 0
    /// Sessions that are over and of which nobody said whether they took place.
    var unsettled = 0
    var noShows = 0
    var toConfirm = 0
    /// What is asked about most.
    var topics: [String] = []
  }

  static func all(_ facts: Facts, _ window: ReportSpan) -> [Attention] { people(facts, window) + meetings(facts, window) }

  private static func people(_ facts: Facts, _ window: ReportSpan) -> [Attention] {
    let wanted =
      facts.topics.isEmpty
      ? "More mentors for the topics asked for help most." : "More mentors help. Asked about most: \(listed(facts.topics))."
    var needs: [Attention] = []
    if facts.unanswered > 0 {
      needs.append(
        Attention(
          text: "\(counted(facts.unanswered, "ask")) unanswered for 2 days or more", remedy: wanted, label: "Invite mentors",
          href: "/invites/new"))
    }
    if facts.vetting > 0 {
      needs.append(
        Attention(
          text: "\(counted(facts.vetting, "application")) to become a mentor \(facts.vetting == 1 ? "waits" : "wait")",
          remedy: "Each decided one is a new face in the list.", label: "Decide", href: "/vetting"))
    }
    if facts.expired > 0 {
      // The line of unanswered asks has named the topics.
      let remedy = "Nobody could take them in time." + (facts.unanswered > 0 ? "" : " \(wanted)")
      needs.append(
        Attention(
          text: "\(counted(facts.expired, "ask")) ended without help in the last \(window.words)", remedy: remedy, label: "Invite mentors",
          href: "/invites/new"))
    }
    if facts.overloaded > 0 {
      needs.append(
        Attention(
          text: "\(counted(facts.overloaded, "mentor")) over 90 % of the time they offered",
          remedy: "Their next requests go to others first.", label: "See the load", href: "/programs?window=\(window.rawValue)#load"))
    }
    if facts.silent > 0 {
      // Their mail says that nobody is told why they get no requests, so no names stand here.
      needs.append(
        Attention(
          text: "\(counted(facts.silent, "mentor")) silent on three requests in a row",
          remedy: "Each got a mail: one click brings them back, and nobody is told. So no names stand here; write to all mentors.",
          label: "See all mentors", href: "/members?role=mentor"))
    }
    return needs
  }

  private static func meetings(_ facts: Facts, _ window: ReportSpan) -> [Attention] {
    var needs: [Attention] = []
    if facts.disputes > 0 {
      needs.append(
        Attention(
          text: "\(counted(facts.disputes, "no-show")) \(facts.disputes == 1 ? "is" : "are") disputed",
          remedy: "Until it is settled it counts for nobody.", label: "Settle", href: "/sessions/disputes"))
    }
    if facts.unsettled > 0 {
      needs.append(
        Attention(
          text: "\(counted(facts.unsettled, "session")) \(facts.unsettled == 1 ? "has" : "have") no outcome",
          remedy: "More than a day is past and nobody said whether the two met. A word to all mentors helps."))
    }
    if facts.noShows > 0 {
      needs.append(
        Attention(
          text: "\(counted(facts.noShows, "session")) nobody came to, or only one",
          remedy: "Only those who were to meet see which. Shorter notice and a reminder by phone help."))
    }
    if facts.toConfirm > 0 {
      needs.append(
        Attention(
          text: "\(counted(facts.toConfirm, "use", "uses")) at work unconfirmed for a week", remedy: "Those asked were written to once.",
          label: "See applied skills", href: "/programs?window=\(window.rawValue)#kpis"))
    }
    return needs
  }
}
