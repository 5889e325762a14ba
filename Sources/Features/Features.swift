import Jobs
import Kit
import Logging
import Outside
import Store
import Web

/// The parts of the product. A new feature is its folder and a line here.
public enum Features {
  public static let all: [Feature] = [
    .accounts,
    .members,
    .admin,
    .letters,
    .skills,
    .vetting,
    .you,
    .blocks,
    .asks,
    .requests,
    .mail,
    .mentors,
    .lessons,
    .tracks,
    .reviews,
    .learn,
    .memory,
    .decks,
    .availability,
    .sessions,
    .reminders,
    .groups,
    .actions,
    .insights,
    .today,
    .goals,
    .growth,
    .programs,
    .search,
    .help,
    .calendar,
    .learningTime,
  ]

  public static var endpoints: [Endpoint] {
    let own = all.flatMap(\.endpoints)
    return own + SystemRoutes.endpoints(describing: own)
  }

  public static var migrations: [Migration] {
    SystemRoutes.migrations + Queue.migrations + SearchIndex.migrations + all.flatMap(\.migrations)
      + PersonTimeTables.migrations
  }

  /// Five entries for everybody; more by role.
  static func navigation(_ viewer: Viewer) -> [NavigationItem] {
    let runsPrograms = Permission.manager.allows(viewer.roles)
    let isAdmin = Permission.admin.allows(viewer.roles)
    var items = [
      NavigationItem("Today", "/", icon: "today"),
      NavigationItem(
        "Learn", "/learn", icon: "learn", covers: ["lessons", "tracks", "reviews"],
        sections: [
          ("Learn", "/learn"), ("Lessons", "/lessons"), ("Tracks", "/tracks"), ("Cards", "/reviews/cards"), ("Memory", "/learn/memory"),
          ("Decks", "/learn/decks"),
        ]),
      NavigationItem(
        "Mentors", "/mentors", icon: "mentors", covers: ["asks", "requests", "sessions", "groups", "insights", "actions"],
        sections: [
          ("Mentors", "/mentors"), ("Sessions", "/sessions"), ("Asks", "/asks"), ("Requests", "/requests"), ("Actions", "/actions"),
          ("Insights", "/insights"),
        ]),
      NavigationItem(
        "Goals", "/goals", icon: "goals", covers: ["applications", "advancement"],
        sections: [("Goals", "/goals"), ("Used at work", "/applications")]),
      NavigationItem(
        "You", "/you", icon: "you", covers: Set(["availability", "calendar", "skills"]).union(runsPrograms ? [] : ["vetting"])),
    ]
    if runsPrograms {
      let people: Set = ["members", "invites"]
      items.append(
        NavigationItem("Programs", "/programs", icon: "programs", isMore: true, covers: isAdmin ? ["vetting"] : people.union(["vetting"])))
    }
    if isAdmin {
      items.append(NavigationItem("Admin", "/admin", icon: "admin", isMore: true, covers: ["members", "invites"]))
    }
    return items
  }
}
