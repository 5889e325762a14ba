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
    .asks,
    .requests,
    .mail,
    .mentors,
    .lessons,
    .tracks,
    .reviews,
    .learn,
    .availability,
    .sessions,
    .reminders,
    .actions,
    .insights,
    .today,
    .goals,
    .growth,
    .programs,
    .search,
    .help,
    .calendar,
  ]

  public static var endpoints: [Endpoint] {
    let own = all.flatMap(\.endpoints)
    return own + SystemRoutes.endpoints(describing: own)
  }

  public static var migrations: [Migration] {
    SystemRoutes.migrations + Queue.migrations + SearchIndex.migrations + all.flatMap(\.migrations)
  }

  /// Five entries for everybody; more by role.
  static func navigation(_ viewer: Viewer) -> [NavigationItem] {
    var items = [
      NavigationItem("Today", "/", icon: "today"),
      NavigationItem("Learn", "/learn", icon: "learn", covers: ["lessons", "tracks", "reviews"]),
      NavigationItem("Mentors", "/mentors", icon: "mentors", covers: ["asks", "requests", "sessions", "insights", "actions"]),
      NavigationItem("Goals", "/goals", icon: "goals", covers: ["growth"]),
      NavigationItem("You", "/you", icon: "you", covers: ["availability", "calendar", "skills"]),
    ]
    if Permission.manager.allows(viewer.roles) {
      items.append(NavigationItem("Programs", "/programs", icon: "programs", isMore: true, covers: ["vetting"]))
    }
    if Permission.admin.allows(viewer.roles) {
      items.append(NavigationItem("Admin", "/admin", icon: "admin", isMore: true, covers: ["members", "invites"]))
    }
    return items
  }
}
