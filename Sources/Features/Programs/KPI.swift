import Web

/// The figures of a program, each with its one definition. Pages, CSV and API read their names and formulas here.
enum KPI: String, Choice {
  case completion, quality, applied, advancement, retention
  case timeToHelp = "time_to_help"
  case coverage

  var name: String {
    switch self {
    case .completion: "Completion rate"
    case .quality: "Feedback quality"
    case .applied: "Applied skills"
    case .advancement: "Advancement"
    case .retention: "Retention"
    case .timeToHelp: "Time to help"
    case .coverage: "Coverage"
    }
  }

  var formula: String {
    switch self {
    case .completion: "Assigned lessons that were finished, divided by lessons that were assigned, in the window."
    case .quality:
      "Mean of the ratings 1 to 5 given to sessions of the window, with a 95 % interval by Student's t and the number of ratings n."
    case .applied: "Uses at work that another person confirmed in the window."
    case .advancement: "Changes of role, title or pay band recorded in the window and linked to at least one skill."
    case .retention: "Mean predicted recall of all cards answered at least once: today, and in 30 days if nothing were reviewed."
    case .timeToHelp:
      "Time from an ask's opening to its meeting or written answer: half and nine in ten, by Kaplan and Meier; asks still waiting count."
    case .coverage: "Asks opened in the window that were met or answered in writing since, divided by all asks opened in the window."
    }
  }

  /// What its number counts in a file.
  var unit: String {
    switch self {
    case .completion, .retention, .coverage: "%"
    case .quality: "points of 5"
    case .applied: "uses"
    case .advancement: "changes"
    case .timeToHelp: "minutes"
    }
  }
}
