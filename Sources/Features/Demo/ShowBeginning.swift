import Kit
import Store
import Web

/// The last step of the setup: own people at once, or a demo to look around in first. Later the place where the demo is removed.
struct ShowBeginning: UseCase {
  struct Page: Output {
    let isAlone: Bool
    let demo: Demo?
    /// Makes a demo; absent while there is one or none is offered.
    let form: Form?
    /// Why none is offered.
    let refusal: String?
    let members: Int
    let days: Int
  }

  struct Demo: Output {
    let name: String
    let state: String
    let chip: String
    let isReady: Bool
    let isRunning: Bool
    let progress: Progress?
    let people: [Somebody]
    let remove: Form?
  }

  struct Progress: Output {
    let label: String
    let done: Int
    let total: Int
    let percent: Int
  }

  /// Somebody as whom to look around.
  struct Somebody: Output {
    let part: LookAround.Part
    let name: String
    let sees: String
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    let installed = try InstalledDemo.of(viewer.org, tx)
    let refusal = try StartDemo.refusal(viewer, tx)
    let isOffered = refusal == nil && (installed.map { $0.state == .failed } ?? true)
    return Page(
      isAlone: try Member.isAlone(viewer, tx),
      demo: installed.map(demo), form: isOffered ? Form("/admin/demo", button: "Make the demo organisation", id: "demo", []) : nil,
      refusal: installed == nil ? refusal : nil, members: InstalledDemo.members, days: InstalledDemo.days)
  }

  private func demo(_ installed: InstalledDemo) -> Demo {
    let words: (String, String) =
      switch installed.state {
      case .waiting: ("Waiting", "info")
      case .running: ("Being made", "info")
      case .ready: ("Ready", "good")
      case .failed: ("Could not be made", "bad")
      }
    let isReady = installed.state == .ready
    return Demo(
      name: InstalledDemo.name, state: words.0, chip: words.1, isReady: isReady, isRunning: installed.isRunning,
      progress: installed.isRunning
        ? Progress(
          label: "Days played", done: installed.played, total: InstalledDemo.days, percent: installed.played * 100 / InstalledDemo.days)
        : nil,
      people: isReady ? ShowBeginning.people : [],
      remove: isReady ? Form("/admin/demo/remove", button: "Remove the demo organisation", id: "remove", danger: true, []) : nil)
  }

  private static let people = DemoCast.northwind.compactMap { lead in
    LookAround.Part(rawValue: lead.key).map { Somebody(part: $0, name: lead.name, sees: $0.sees) }
  }.sorted { LookAround.Part.allCases.firstIndex(of: $0.part) ?? 0 < LookAround.Part.allCases.firstIndex(of: $1.part) ?? 0 }
}

extension LookAround.Part {
  /// What somebody with this part meets first.
  var sees: String {
    switch self {
    case .mentee: "Mentee: a session on Monday, cards to review, a goal reached."
    case .mentor: "Mentor: requests, hours, a promise that is due."
    case .manager: "Program manager: figures, programs, who needs help."
    }
  }
}

extension InstalledDemo {
  static let endpoints: [Endpoint] = [
    .page(
      "/admin/start/people", ShowBeginning.self, allow: .admin, "admin/people", "The last step of the setup: own people, or a demo first"),
    .act(.post, "/admin/demo", StartDemo.self, allow: .admin, "Make a demo organisation", form: "/admin/start/people") { _ in
      Destination("/admin/start/people", say: "The demo is being made.")
    },
    .act(.post, "/admin/demo/remove", RemoveDemo.self, allow: .admin, "Remove the demo organisation", form: "/admin/start/people") { _ in
      Destination("/admin/start/people", say: "The demo is removed.")
    },
    LookAround.endpoint, LeaveDemo.endpoint,
  ]
}
